/**
 * Settings come in layers: default < file < environment < command line. A value that is refused falls back to the layer
 * below with a sentence; nothing that anybody wrote keeps Faultline from starting.
 */
import { z } from "zod";
import { settingsSchema, type Settings } from "../settings.ts";
import { SETTINGS, checkSetting, settingAt, type Setting } from "./catalogue.ts";
import type { SettingValue } from "./value.ts";
import { fileProblems, parseSettingsFile, valueAt } from "./file.ts";
import { nearest } from "./nearest.ts";
import { settingFromText, showNumber, showSetting } from "./text.ts";

const SETTING_SOURCES = ["default", "file", "environment", "command line"] as const;

export interface SettingsLayers {
  /** Null text: there is no such file. */
  readonly file: { readonly path: string; readonly text: string | null };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** "key=value", the last of a key counts. */
  readonly commandLine: readonly string[];
}

const originSchema = z.object({
  source: z.enum(SETTING_SOURCES),
  /** The file, the variable or the switch; empty for a default. */
  detail: z.string(),
});
const valueSchema = z.union([z.number(), z.string(), z.array(z.number()).readonly()]);

export const resolvedSettingsSchema = z.object({
  values: settingsSchema,
  /** By path. */
  origins: z.record(z.string(), originSchema).readonly(),
  /** What the file validly says, also where a higher layer hides it; by path. */
  inFile: z.record(z.string(), valueSchema).readonly(),
  file: z.string(),
  /** Sentences on what was refused. */
  problems: z.array(z.string()).readonly(),
});
export type ResolvedSettings = z.infer<typeof resolvedSettingsSchema>;
export type SettingOrigin = z.infer<typeof originSchema>;

interface Candidate {
  readonly value: unknown;
  readonly origin: SettingOrigin;
}

export function resolveSettings(layers: SettingsLayers): ResolvedSettings {
  const { path } = layers.file;
  const file = parseSettingsFile(layers.file);
  const switches = parseSwitches(layers.commandLine);
  const problems = [...file.problems, ...fileProblems(file.content, path), ...switches.problems];
  const resolved = SETTINGS.map((setting) => {
    const found = [
      fileCandidate(setting, file.content, path),
      environmentCandidate(setting, layers.environment),
      switches.candidates.get(setting.path),
    ];
    return resolveOne(
      setting,
      found.filter((one) => one !== undefined),
    );
  });
  return {
    values: settingsSchema.parse(tree(resolved)),
    origins: Object.fromEntries(resolved.map(({ setting, origin }) => [setting.path, origin])),
    inFile: Object.fromEntries(
      resolved.flatMap(({ setting, inFile }) => (inFile === null ? [] : [[setting.path, inFile]])),
    ),
    file: path,
    problems: [...problems, ...resolved.flatMap((one) => one.problems)],
  };
}

/** The value of one setting in a tree of all. */
export function settingIn(values: Settings, setting: Setting): SettingValue {
  return valueAt(values, setting.keys) as SettingValue;
}

interface Resolved {
  readonly setting: Setting;
  readonly value: SettingValue;
  readonly origin: SettingOrigin;
  readonly inFile: SettingValue | null;
  readonly problems: readonly string[];
}

function resolveOne(setting: Setting, candidates: readonly Candidate[]): Resolved {
  let value = setting.default;
  let origin: SettingOrigin = { source: "default", detail: "" };
  let inFile: SettingValue | null = null;
  const refused: Candidate[] = [];
  const problems: string[] = [];
  for (const candidate of candidates) {
    const checked = checkSetting(setting, candidate.value);
    const clamped = checked.ok ? null : nearestWithin(setting, candidate.value);
    if (clamped !== null) problems.push(clampedSentence(setting, candidate, clamped));
    const taken = checked.ok ? checked.value : clamped;
    if (taken === null) refused.push(candidate);
    else {
      value = taken;
      origin = candidate.origin;
      if (origin.source === "file") inFile = taken;
    }
  }
  for (const candidate of refused) {
    const used = `${showSetting(value, setting.unit)} is used instead (${originInWords(origin)}).`;
    problems.push(`${named(setting, candidate)}; it must be ${setting.range}. ${used}`);
  }
  return { setting, value, origin, inFile, problems };
}

function nearestWithin({ clamped, bounds }: Setting, value: unknown): number | null {
  if (clamped === undefined || bounds === null || typeof value !== "number" || Number.isNaN(value)) return null;
  return Math.min(Math.max(value, bounds.min), bounds.max);
}

const clampedSentence = (setting: Setting, candidate: Candidate, taken: number): string =>
  `${named(setting, candidate)}; it must be ${setting.range}, so it is taken as ${showNumber(taken)} ${setting.unit ?? ""}.`;

const LONGEST_SHOWN = 60;

/** "detection.burstGapSeconds is -1 in /data/settings.json". */
function named({ path }: Setting, { value, origin }: Candidate): string {
  const text = JSON.stringify(value) ?? String(value);
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  if (origin.source === "environment") return `${origin.detail} is ${shown} in the environment (${path})`;
  return `${path} is ${shown} ${origin.source === "file" ? `in ${origin.detail}` : "on the command line"}`;
}

export function originInWords({ source, detail }: SettingOrigin): string {
  if (source === "default") return "the default";
  if (source === "environment") return `from ${detail} in the environment`;
  return source === "file" ? `from ${detail}` : "from the command line";
}

function fileCandidate({ keys }: Setting, content: unknown, file: string): Candidate | undefined {
  const value = valueAt(content, keys);
  return value === undefined ? undefined : { value, origin: { source: "file", detail: file } };
}

function environmentCandidate(setting: Setting, environment: SettingsLayers["environment"]): Candidate | undefined {
  const name = setting.environment;
  const text = name === undefined ? undefined : environment[name];
  // A variable that is set to nothing is how shells and unit files take one away.
  if (name === undefined || text === undefined || text.trim() === "") return undefined;
  return { value: settingFromText(setting, text), origin: { source: "environment", detail: name } };
}

function parseSwitches(switches: readonly string[]): {
  readonly candidates: ReadonlyMap<string, Candidate>;
  readonly problems: readonly string[];
} {
  const candidates = new Map<string, Candidate>();
  const problems: string[] = [];
  for (const text of switches) {
    const equals = text.indexOf("=");
    const path = (equals === -1 ? text : text.slice(0, equals)).trim();
    const setting = settingAt(path);
    if (equals === -1) problems.push(`--set ${text} says no value; write it as --set key=value.`);
    else if (setting === undefined) problems.push(`--set ${text}: ${unknownSetting(path)}`);
    else {
      const origin: SettingOrigin = { source: "command line", detail: `--set ${text}` };
      candidates.set(path, { value: settingFromText(setting, text.slice(equals + 1)), origin });
    }
  }
  return { candidates, problems };
}

/** A sentence for a path that names no setting. */
export function unknownSetting(path: string): string {
  const close = nearest(
    path,
    SETTINGS.map((setting) => setting.path),
  );
  return `there is no setting "${path}"${close === null ? "." : `; did you mean "${close}"?`}`;
}

function tree(resolved: readonly Resolved[]): unknown {
  const root: Record<string, unknown> = {};
  for (const { setting, value } of resolved) {
    let place = root;
    for (const key of setting.keys.slice(0, -1)) place = (place[key] ??= {}) as Record<string, unknown>;
    place[setting.keys.at(-1) ?? ""] = value;
  }
  return root;
}
