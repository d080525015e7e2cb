/** What the records of commits and deploys say, in the spellings of lists, of GitHub's API and of deploy logs. */
import type { FieldValue } from "../../../../shared/model/record.ts";
import type { ChangeSignal } from "../signals.ts";
import { isElsewhere } from "./paths.ts";

/** Git's own abbreviation is 7 at the least; so many digits tell the commits of any repository apart. */
const SHA_DIGITS = 12;
const SHORTEST = 7;
const SHA = /^[0-9a-f]{7,64}$/iu;
/** "web:git-3f9c2a1", "v2.4.0-12-g3f9c2a1" (as `git describe` writes it), "deployed 3f9c2a1". */
const SPOKEN_SHA = /(?<![\p{L}\p{N}])g?(?<sha>[0-9a-f]{7,40})(?![\p{L}\p{N}])/giu;
/** Fields that name what was in use until then. */
const OF_BEFORE = /prev|from|old|base|before|parent|rollback/iu;
/** Sentences about a commit that is taken back. */
const TAKES_BACK = /\brevert|\broll(?:ed|ing)?[ -]?back/iu;

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
const startOf = (sha: string): string => sha.slice(0, SHORTEST).toLowerCase();

/** Commits by their id. One that stands in several lists is there once, with what each knows of it. */
export class Commits {
  readonly all: readonly ChangeSignal[];
  readonly #byKey = new Map<string, ChangeSignal>();
  /** By what every abbreviation of theirs begins with. */
  readonly #byStart = new Map<string, ChangeSignal[]>();

  constructor(commits: readonly ChangeSignal[]) {
    for (const commit of commits) {
      const key = keyOf(commit.object);
      const known = this.#byKey.get(key);
      this.#byKey.set(key, known === undefined ? commit : richer(known, commit));
    }
    this.all = [...this.#byKey.values()];
    for (const commit of this.all) {
      const start = startOf(commit.object);
      const known = this.#byStart.get(start);
      if (known === undefined) this.#byStart.set(start, [commit]);
      else known.push(commit);
    }
  }

  /** The commit that a deploy names, in a field of its own, or within the tag of an image, a version or a sentence. */
  of(deploy: ChangeSignal): ChangeSignal | undefined {
    const sha = textField(deploy, SHAS) ?? deploy.object;
    return SHA.test(sha) ? this.#called(sha) : this.#spoken(deploy);
  }

  /** A list may abbreviate what the deploy spells out, and the other way round. */
  #called(sha: string): ChangeSignal | undefined {
    const key = keyOf(sha);
    return (
      this.#byKey.get(key) ??
      this.#byStart
        .get(startOf(sha))
        ?.find(({ object }) => keyOf(object).startsWith(key) || key.startsWith(object.toLowerCase()))
    );
  }

  /** Undefined where it speaks of several: one of them may be what was in use before. */
  #spoken({ message, fields }: ChangeSignal): ChangeSignal | undefined {
    const texts = fields.flatMap(([key, value]) => (typeof value === "string" && !OF_BEFORE.test(key) ? [value] : []));
    const named = new Set<ChangeSignal>();
    for (const text of [message, ...texts].filter((one) => !TAKES_BACK.test(one))) {
      for (const { groups } of text.matchAll(SPOKEN_SHA)) {
        const commit = this.#called(groups?.["sha"] ?? "");
        if (commit !== undefined) named.add(commit);
      }
    }
    const [only] = named;
    return named.size === 1 ? only : undefined;
  }
}

/** The one that says more is kept, with the fields of both. */
function richer(one: ChangeSignal, other: ChangeSignal): ChangeSignal {
  const [more, less] = other.fields.length > one.fields.length ? [other, one] : [one, other];
  const keys = new Set(more.fields.map(([key]) => key));
  const extra = less.fields.filter(([key]) => !keys.has(key)) as (readonly [string, FieldValue])[];
  return { ...more, service: more.service ?? less.service, fields: [...more.fields, ...extra] };
}
