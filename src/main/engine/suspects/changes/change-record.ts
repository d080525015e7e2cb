/** What the records of commits and deploys say, in the spellings of lists, of GitHub's API and of deploy logs. */
import type { FieldValue } from "../../../../shared/model/record.ts";
import type { ChangeSignal } from "../signals.ts";
import { isElsewhere } from "./paths.ts";

/** Git's own abbreviation is 7 at the least; so many digits tell the commits of any repository apart. */
const SHA_DIGITS = 12;
const SHA = /^[0-9a-f]{7,64}$/iu;

const MESSAGES = new Set(["message", "commit.message", "subject", "title", "description", "summary"]);
const DIFFS = new Set(["diff", "patch"]);
const FILES = new Set(["files_changed", "files", "paths", "changed_files", "filenames"]);
const SHAS = new Set(["commit_sha", "commitSha", "sha", "revision", "commit", "git_sha", "gitSha"]);
const PLACES = new Set(["environment", "env", "stage", "cluster", "namespace"]);

function textField({ fields }: ChangeSignal, keys: ReadonlySet<string>): string | null {
  for (const [key, value] of fields) {
    if (typeof value === "string" && value !== "" && keys.has(key)) return value;
  }
  return null;
}

export const messageOf = (change: ChangeSignal): string => textField(change, MESSAGES) ?? change.message;
/** What a person could have read; the rest of a longer one is left aside. */
const LONGEST_DIFF = 100_000;
export const diffOf = (change: ChangeSignal): string | null => textField(change, DIFFS)?.slice(0, LONGEST_DIFF) ?? null;
/** Whether it was made where nobody's customers are. */
export const isMadeElsewhere = (change: ChangeSignal): boolean => isElsewhere(textField(change, PLACES) ?? "");

export function filesOf({ fields }: ChangeSignal): string[] {
  for (const [key, value] of fields) {
    if (FILES.has(key) && typeof value === "string") return listOf(value);
  }
  return [];
}

/** A JSON array of paths or of objects with a name, or lines. */
function listOf(value: string): string[] {
  if (value.startsWith("[")) {
    try {
      const parsed: unknown = JSON.parse(value);
      if (Array.isArray(parsed)) return parsed.flatMap(nameOfFile);
    } catch {
      return [];
    }
  }
  return value
    .split(/[\n,]/u)
    .map((path) => path.trim())
    .filter((path) => path !== "");
}

function nameOfFile(item: unknown): string[] {
  if (typeof item === "string") return [item];
  if (typeof item !== "object" || item === null) return [];
  const { filename, path } = item as { filename?: unknown; path?: unknown };
  const name = filename ?? path;
  return typeof name === "string" ? [name] : [];
}

/** The same for every abbreviation of a commit of {@link SHA_DIGITS} digits or more. */
const keyOf = (sha: string): string => sha.slice(0, SHA_DIGITS).toLowerCase();

/** Commits by their id. One that stands in several lists is there once, with what each knows of it. */
export class Commits {
  readonly all: readonly ChangeSignal[];
  readonly #byKey = new Map<string, ChangeSignal>();

  constructor(commits: readonly ChangeSignal[]) {
    for (const commit of commits) {
      const key = keyOf(commit.object);
      const known = this.#byKey.get(key);
      this.#byKey.set(key, known === undefined ? commit : richer(known, commit));
    }
    this.all = [...this.#byKey.values()];
  }

  /** The commit that a deploy names. */
  of(deploy: ChangeSignal): ChangeSignal | undefined {
    const sha = textField(deploy, SHAS) ?? deploy.object;
    if (!SHA.test(sha)) return undefined;
    const key = keyOf(sha);
    const exact = this.#byKey.get(key);
    if (exact !== undefined || key.length === SHA_DIGITS) return exact ?? this.#shorter(key);
    return this.all.find(({ object }) => object.toLowerCase().startsWith(key));
  }

  /** A list may abbreviate what the deploy spells out. */
  #shorter(key: string): ChangeSignal | undefined {
    return this.all.find(({ object }) => object.length < SHA_DIGITS && key.startsWith(object.toLowerCase()));
  }
}

/** The one that says more is kept, with the fields of both. */
function richer(one: ChangeSignal, other: ChangeSignal): ChangeSignal {
  const [more, less] = other.fields.length > one.fields.length ? [other, one] : [one, other];
  const keys = new Set(more.fields.map(([key]) => key));
  const extra = less.fields.filter(([key]) => !keys.has(key)) as (readonly [string, FieldValue])[];
  return { ...more, service: more.service ?? less.service, fields: [...more.fields, ...extra] };
}
