/** The text of a settings file: read with all that people get wrong in one, and changed one value at a time. */
import { SETTINGS, settingAt, type Setting } from "./catalogue.ts";
import type { SettingValue } from "./value.ts";
import { nearest } from "./nearest.ts";

/** Of a file that cannot be read: what that means, unless it could be read before. */
export const NONE_COUNTS = "none of its settings count";

type Group = Readonly<Record<string, unknown>>;

export interface ParsedFile {
  /** Empty when the text is no object. */
  readonly content: Group;
  /** At most one. */
  readonly problems: readonly string[];
}

export function parseSettingsFile({ path, text }: { readonly path: string; readonly text: string | null }): ParsedFile {
  if (text === null || text.trim() === "") return { content: {}, problems: [] };
  try {
    const content: unknown = JSON.parse(text.replace(/^\uFEFF/u, ""));
    if (isGroup(content)) return { content, problems: [] };
    return {
      content: {},
      problems: [`${path} is no JSON object, so ${NONE_COUNTS}. Write {"group": {"key": value}}.`],
    };
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return {
      content: {},
      problems: [`${path} is not JSON (${why}), so ${NONE_COUNTS}. Mend or remove it.`],
    };
  }
}

/** More of them say nothing new. */
const MOST_PROBLEMS = 20;

interface Mistake {
  readonly name: string;
  readonly isGroup: boolean;
}

/** Names that are none, and groups that are no groups. */
export function fileProblems(content: Group, path: string): readonly string[] {
  const mistakes = [...mistakesOf(content, [])];
  // A guess what was meant takes a moment, which a file of nothing but mistakes has thousands of.
  const problems = mistakes.slice(0, MOST_PROBLEMS).map((mistake) => sentenceOf(mistake, path));
  const more = mistakes.length - problems.length;
  return more === 0 ? problems : [...problems, `${path} has ${more} more such mistakes.`];
}

function* mistakesOf(content: Group, above: readonly string[]): Generator<Mistake> {
  for (const [key, value] of Object.entries(content)) {
    const keys = [...above, key];
    const name = keys.join(".");
    if (settingAt(name) !== undefined) continue;
    if (!GROUPS.has(name)) yield { name, isGroup: false };
    else if (isGroup(value)) yield* mistakesOf(value, keys);
    else yield { name, isGroup: true };
  }
}

function sentenceOf({ name, isGroup: isNamedGroup }: Mistake, path: string): string {
  if (isNamedGroup) return `${path} has a value for "${name}", which is a group of settings: write {…} there.`;
  const close = nearest(name, [...GROUPS, ...SETTINGS.map((setting) => setting.path)]);
  return `${path} has "${shortened(name)}", which is no setting${close === null ? "." : `; did you mean "${close}"?`}`;
}

const LONGEST_NAME = 100;
const shortened = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name);

const GROUPS: ReadonlySet<string> = new Set(
  SETTINGS.flatMap(({ keys }) => keys.slice(0, -1).map((_, index) => keys.slice(0, index + 1).join("."))),
);

export function valueAt(content: unknown, keys: readonly string[]): unknown {
  let value = content;
  for (const key of keys) value = isGroup(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** The text with one value set, or taken out by null; all else that stands in it stays. */
export function changedFileText(text: string | null, setting: Setting, value: SettingValue | null): string {
  const { content } = parseSettingsFile({ path: "", text });
  return `${JSON.stringify(changed(content, setting.keys, value), null, 2)}\n`;
}

function changed(content: Group, [key = "", ...rest]: readonly string[], value: SettingValue | null): Group {
  const inside = valueAt(content, [key]);
  const next = rest.length === 0 ? value : changed(isGroup(inside) ? inside : {}, rest, value);
  const { [key]: _, ...others } = content;
  const isGone = next === null || (isGroup(next) && Object.keys(next).length === 0);
  if (isGone) return others;
  return Object.hasOwn(content, key) ? { ...content, [key]: next } : { ...others, [key]: next };
}

const isGroup = (value: unknown): value is Group =>
  typeof value === "object" && value !== null && !Array.isArray(value);
