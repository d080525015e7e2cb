/**
 * One candidate a thing that was done: a commit with the deploys that brought it into use, a deploy whose commit is not
 * here, a flag. What counts is when it took effect, not when it was written.
 */
import type { FieldValue } from "../../../../shared/model/record.ts";
import type { Micros } from "../../../../shared/units.ts";
import type { ChangeKind, ChangeSignal } from "../signals.ts";
import { bareService, isElsewhere, isInert, isShared, ownersOf } from "./paths.ts";

/** How a change came into use. */
export type Activation = "deployed" | "carried" | "flag" | "written";

export interface Candidate {
  readonly kind: ChangeKind;
  /** Sha where one is known; else deploy id or flag. */
  readonly object: string;
  readonly title: string;
  /** When it took effect: its deploy, a later deploy of the service that includes it, its flag, or when it was written. */
  readonly time: Micros;
  readonly activation: Activation;
  /** Whether there are deploys in the case, none of which brought it. */
  readonly isUndeployed: boolean;
  /** How many commits that can alter anything came into use by the same deploy without being named; 0 for others. */
  readonly companions: number;
  /** Where it was brought into use, and what its paths name. */
  readonly services: readonly string[];
  /** A service that its paths name and the case does not know. */
  readonly stranger: string | null;
  readonly isShared: boolean;
  readonly isElsewhere: boolean;
  readonly message: string;
  readonly files: readonly string[];
  readonly diff: string | null;
  /** The record that tells of it, and the one that brought it into use. */
  readonly change: ChangeSignal;
  readonly by: ChangeSignal | null;
}

/** Git's own abbreviation is 7 at the least; so many digits tell the commits of any repository apart. */
const SHA_DIGITS = 12;
const SHORTEST_SHA = 7;
const SHA = /^[0-9a-f]{7,64}$/iu;

export const textField = ({ fields }: ChangeSignal, keys: readonly string[]): string | null => {
  for (const [key, value] of fields) {
    if (typeof value === "string" && value !== "" && keys.includes(key)) return value;
  }
  return null;
};

/** In the order of the changes. A commit that stands in several lists is one candidate, with what each knows of it. */
export function candidatesOf(changes: readonly ChangeSignal[], serviceNames: Iterable<string>): Candidate[] {
  const services = new Map<string, string>();
  for (const name of serviceNames) services.set(bareService(name), name);
  for (const { service, kind } of changes) {
    if (service !== null && kind !== "commit" && !services.has(bareService(service)))
      services.set(bareService(service), service);
  }
  const named = (service: string | null): string | null =>
    service === null ? null : (services.get(bareService(service)) ?? service);
  const commits = mergedCommits(changes.filter(({ kind }) => kind === "commit"));
  const deploys = changes.filter(({ kind }) => kind === "deploy").toSorted((a, b) => a.time - b.time);
  const drafts = commits.map((commit) => draftOf(commit, services));
  const byWords: Candidate[] = [];
  for (const flag of changes.filter(({ kind }) => kind === "flag" || kind === "config" || kind === "migration")) {
    const guarded = drafts.filter((draft) => mentions(draft, flag.object));
    const [only] = guarded;
    const draft = guarded.length === 1 && only !== undefined ? only : draftOf(flag, services);
    const service = named(flag.service);
    byWords.push({
      ...draft,
      kind: flag.kind,
      object: guarded.length === 1 && only !== undefined ? only.object : flag.object,
      title: flag.message,
      time: flag.time,
      activation: "flag",
      isUndeployed: false,
      companions: 0,
      services: [...new Set([...(service === null ? [] : [service]), ...draft.services])],
      isElsewhere: draft.isElsewhere || isElsewhereBy(flag),
      change: guarded.length === 1 && only !== undefined ? only.change : flag,
      by: flag,
    });
  }
  const strays = deploys.filter((deploy) => commitOf(deploy, commits) === undefined);
  const active = drafts.flatMap((draft) => activated(draft, deploys, commits, named));
  return [
    ...active.map((one) => ({ ...one, companions: companionsOf(one, active) })),
    ...strays.map((deploy): Candidate => {
      const draft = draftOf(deploy, services);
      const service = named(deploy.service);
      return {
        ...draft,
        activation: "deployed",
        services: service === null ? draft.services : [service],
        isElsewhere: isElsewhereBy(deploy),
        by: deploy,
      };
    }),
    ...byWords,
  ];
}

function draftOf(change: ChangeSignal, services: ReadonlyMap<string, string>): Candidate {
  const files = filesOf(change);
  const owned = files.map((file) => ownersOf(file, services));
  const named = new Set(owned.flatMap(({ known }) => known));
  const scope = /^\w+\((?<scope>[^)]+)\)/u.exec(change.message)?.groups?.["scope"];
  const scoped = scope === undefined ? undefined : services.get(bareService(scope));
  if (scoped !== undefined) named.add(scoped);
  const own = change.service === null ? undefined : (services.get(bareService(change.service)) ?? undefined);
  if (own !== undefined) named.add(own);
  return {
    kind: change.kind,
    object: change.object,
    title: firstLineOf(textField(change, MESSAGES) ?? change.message),
    time: change.time,
    activation: "written",
    isUndeployed: false,
    companions: 0,
    services: [...named],
    stranger: owned.find(({ stranger }) => stranger !== null)?.stranger ?? null,
    isShared: files.some((file) => isShared(file)),
    isElsewhere: files.length > 0 && files.every((file) => isElsewhere(file)),
    message: textField(change, MESSAGES) ?? change.message,
    files,
    diff: textField(change, ["diff", "patch"]),
    change,
    by: null,
  };
}

const MESSAGES = ["message", "commit.message", "subject", "title", "description", "summary"];
const firstLineOf = (text: string): string => text.split("\n", 1)[0]?.trim() ?? "";

const FILES = ["files_changed", "files", "paths", "changed_files", "filenames"];

function filesOf({ fields }: ChangeSignal): string[] {
  for (const [key, value] of fields) {
    if (FILES.includes(key) && typeof value === "string") return listOf(value);
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
  const name = (item as { filename?: unknown; path?: unknown }).filename ?? (item as { path?: unknown }).path;
  return typeof name === "string" ? [name] : [];
}

const isElsewhereBy = (change: ChangeSignal): boolean =>
  isElsewhere(textField(change, ["environment", "env", "stage", "cluster", "namespace"]) ?? "");

function mergedCommits(commits: readonly ChangeSignal[]): ChangeSignal[] {
  const bySha = new Map<string, ChangeSignal>();
  for (const commit of commits) {
    const key = commit.object.slice(0, SHA_DIGITS).toLowerCase();
    const known = bySha.get(key);
    bySha.set(key, known === undefined ? commit : richer(known, commit));
  }
  return [...bySha.values()];
}

/** The one that says more is kept, with the fields of both. */
function richer(one: ChangeSignal, other: ChangeSignal): ChangeSignal {
  const [more, less] = other.fields.length > one.fields.length ? [other, one] : [one, other];
  const keys = new Set(more.fields.map(([key]) => key));
  const extra = less.fields.filter(([key]) => !keys.has(key)) as (readonly [string, FieldValue])[];
  return { ...more, service: more.service ?? less.service, fields: [...more.fields, ...extra] };
}

function companionsOf({ activation, by }: Candidate, all: readonly Candidate[]): number {
  if (activation !== "carried") return 0;
  return all.filter(
    (other) => other.activation === "carried" && other.by === by && !other.files.every((file) => isInert(file)),
  ).length;
}

const SHA_FIELDS = ["commit_sha", "commitSha", "sha", "revision", "commit", "git_sha", "gitSha"];

function commitOf(deploy: ChangeSignal, commits: readonly ChangeSignal[]): ChangeSignal | undefined {
  const sha = textField(deploy, SHA_FIELDS) ?? (SHA.test(deploy.object) ? deploy.object : null);
  if (sha === null || sha.length < SHORTEST_SHA) return undefined;
  const short = sha.slice(0, SHA_DIGITS).toLowerCase();
  return commits.find(({ object }) => {
    const own = object.toLowerCase();
    return own.startsWith(short) || (own.length >= SHORTEST_SHA && short.startsWith(own.slice(0, SHA_DIGITS)));
  });
}

/** A name of a flag stands in a commit as it is, or in another case: `mode-v2`, `MODE_V2`, `modeV2`. */
function mentions({ message, diff, files }: Candidate, flag: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
  const name = bare(flag);
  return name.length >= 6 && bare(`${message} ${files.join(" ")} ${diff ?? ""}`).includes(name);
}

function activated(
  draft: Candidate,
  deploys: readonly ChangeSignal[],
  commits: readonly ChangeSignal[],
  named: (service: string | null) => string | null,
): Candidate[] {
  const own = deploys.filter((deploy) => commitOf(deploy, commits)?.object === draft.object);
  if (own.length > 0) {
    return own.map((deploy) => {
      const service = named(deploy.service);
      return {
        ...draft,
        time: deploy.time,
        activation: "deployed" as const,
        services: [...new Set([...(service === null ? [] : [service]), ...draft.services])],
        isElsewhere: draft.isElsewhere || isElsewhereBy(deploy),
        by: deploy,
      };
    });
  }
  if (deploys.length === 0) return [draft];
  const carrier = deploys.find((deploy) => {
    const service = named(deploy.service);
    const head = commitOf(deploy, commits);
    if (service === null || (head ?? deploy).time < draft.change.time || isElsewhereBy(deploy)) return false;
    return (
      draft.services.includes(service) || (draft.services.length === 0 && draft.stranger === null && draft.isShared)
    );
  });
  if (carrier === undefined) return [{ ...draft, isUndeployed: true }];
  const service = named(carrier.service);
  return [
    {
      ...draft,
      time: carrier.time,
      activation: "carried",
      services: [...new Set([...(service === null ? [] : [service]), ...draft.services])],
      by: carrier,
    },
  ];
}
