/**
 * One candidate a thing that was done: a commit with the deploys that brought it into use, a deploy whose commit is not
 * here, a flag. What counts is when it took effect, not when it was written.
 */
import type { Micros } from "../../../../shared/units.ts";
import type { ChangeKind, ChangeSignal } from "../signals.ts";
import { type Activation, type Deployed, Deployments } from "./activation.ts";
import { Commits, diffOf, filesOf, isMadeElsewhere, messageOf } from "./change-record.ts";
import { WHOLE, wordsOf } from "./words.ts";
import { bareService, isElsewhere, isInert, isShared, ownersOf } from "./paths.ts";

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
  /** It is shared, and its paths name no service at all. */
  readonly isAnybodys: boolean;
  readonly isElsewhere: boolean;
  readonly message: string;
  readonly files: readonly string[];
  readonly diff: string | null;
  /** The record that tells of it, and the one that brought it into use. */
  readonly change: ChangeSignal;
  readonly by: ChangeSignal | null;
}

/** A commit may be several candidates: one a deploy, and one for the flag that woke it. */
export function candidatesOf(changes: readonly ChangeSignal[], serviceNames: Iterable<string>): Candidate[] {
  const services = servicesByBareName(changes, serviceNames);
  const named = (service: string | null): string | null =>
    service === null ? null : (services.get(bareService(service)) ?? service);
  const commits = new Commits(changes.filter(({ kind }) => kind === "commit"));
  const deployments = new Deployments(
    changes.filter(({ kind }) => kind === "deploy"),
    commits,
    named,
  );
  const drafts = commits.all.map((commit) => draftOf(commit, services));
  const switches = changes.filter(({ kind }) => kind === "flag" || kind === "config" || kind === "migration");
  return [
    ...withCompanions(drafts.flatMap((draft) => activated(draft, deployments))),
    ...deployments.strays.map((stray) => deployed(draftOf(stray.deploy, services), stray, "deployed")),
    ...switches.map((change) => switched(change, drafts, draftOf(change, services), named(change.service))),
  ];
}

function servicesByBareName(changes: readonly ChangeSignal[], names: Iterable<string>): Map<string, string> {
  const services = new Map<string, string>();
  for (const name of names) services.set(bareService(name), name);
  for (const { service, kind } of changes) {
    if (service === null || kind === "commit") continue;
    const bare = bareService(service);
    if (!services.has(bare)) services.set(bare, service);
  }
  return services;
}

const LONGEST_TITLE = 160;

function draftOf(change: ChangeSignal, services: ReadonlyMap<string, string>): Candidate {
  const files = filesOf(change);
  const message = messageOf(change);
  const owned = files.map((file) => ownersOf(file, services));
  const scope = /^\w+\((?<scope>[^)]+)\)/u.exec(message)?.groups?.["scope"];
  const named = [...owned.flatMap(({ known }) => known), scope, change.service]
    .map((name) => (name === null || name === undefined ? undefined : services.get(bareService(name))))
    .filter((name) => name !== undefined);
  const stranger = owned.find((one) => one.stranger !== null)?.stranger ?? null;
  const isOfMany = files.some((file) => isShared(file));
  return {
    kind: change.kind,
    object: change.object,
    title: message.split("\n", 1)[0]?.trim().slice(0, LONGEST_TITLE) ?? "",
    time: change.time,
    activation: "written",
    isUndeployed: false,
    companions: 0,
    services: [...new Set(named)],
    stranger,
    isShared: isOfMany,
    isAnybodys: isOfMany && named.length === 0 && stranger === null,
    isElsewhere: (files.length > 0 && files.every((file) => isElsewhere(file))) || isMadeElsewhere(change),
    message,
    files,
    diff: diffOf(change),
    change,
    by: null,
  };
}

function activated(draft: Candidate, deployments: Deployments): Candidate[] {
  const own = deployments.of(draft.change);
  if (own.length > 0) return own.map((one) => deployed(draft, one, "deployed"));
  if (deployments.isEmpty) return [draft];
  const carrier = deployments.carrierOf(
    draft.change,
    (service) => draft.isAnybodys || draft.services.includes(service),
  );
  return carrier === undefined ? [{ ...draft, isUndeployed: true }] : [deployed(draft, carrier, "carried")];
}

const deployed = (draft: Candidate, { deploy, service }: Deployed, activation: Activation): Candidate => ({
  ...draft,
  time: deploy.time,
  activation,
  services: joined(service, draft.services),
  isElsewhere: draft.isElsewhere || isMadeElsewhere(deploy),
  by: deploy,
});

const joined = (service: string | null, services: readonly string[]): string[] => [
  ...new Set([...(service === null ? [] : [service]), ...services]),
];

/** What wakes a commit that guards its code by this name is that commit, from then on. */
function switched(
  change: ChangeSignal,
  drafts: readonly Candidate[],
  own: Candidate,
  service: string | null,
): Candidate {
  const named = drafts.filter((draft) => mentions(draft, change.object));
  const guarded = named.length > 0 ? named : drafts.filter((draft) => speaksOf(draft, change));
  const [only] = guarded;
  const draft = guarded.length === 1 && only !== undefined ? only : own;
  return {
    ...draft,
    kind: change.kind,
    title: draft === own ? change.message : `${change.message}: ${draft.title}`,
    time: change.time,
    activation: "flag",
    services: joined(service, draft.services),
    isElsewhere: draft.isElsewhere || isMadeElsewhere(change),
    by: change,
  };
}

/** A shorter name stands in texts that do not mean it. */
const LEAST_NAME = 6;
const letters = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

/** What a commit says, cut once for however many flags ask. */
interface Text {
  readonly letters: string;
  readonly words: ReadonlySet<string>;
}
const texts = new WeakMap<Candidate, Text>();

function textOf(draft: Candidate): Text {
  let text = texts.get(draft);
  if (text === undefined) {
    const whole = `${draft.message}\n${draft.files.join("\n")}\n${draft.diff ?? ""}`;
    text = { letters: letters(whole), words: wordsOf(whole) };
    texts.set(draft, text);
  }
  return text;
}

/** A name of a flag stands in a commit as it is, or in another case: `mode-v2`, `MODE_V2`, `modeV2`. */
function mentions(draft: Candidate, flag: string): boolean {
  const name = letters(flag);
  return name.length >= LEAST_NAME && textOf(draft).letters.includes(name);
}

/** Share of the words of a flag that the commit of its code has, and how many at least. */
const MOST_WORDS = 0.75;
const LEAST_WORDS = 2;

/** `orders_replica_routing` and "feat(orders): route reads to a replica": names of services are no words of their own. */
function speaksOf(draft: Candidate, { object, service, time }: ChangeSignal): boolean {
  if (draft.time > time) return false;
  const names = wordsOf([service ?? "", ...draft.services].join(" "));
  const wanted = [...wordsOf(object)].filter((word) => !names.has(word) && !word.startsWith(WHOLE));
  if (wanted.length < LEAST_WORDS) return false;
  const { words } = textOf(draft);
  const shared = wanted.filter((word) => words.has(word)).length;
  return shared >= LEAST_WORDS && shared >= MOST_WORDS * wanted.length;
}

function withCompanions(candidates: readonly Candidate[]): Candidate[] {
  const counts = new Map<ChangeSignal | null, number>();
  const isCounted = ({ activation, files }: Candidate): boolean =>
    activation === "carried" && !files.every((file) => isInert(file));
  for (const one of candidates) if (isCounted(one)) counts.set(one.by, (counts.get(one.by) ?? 0) + 1);
  return candidates.map((one) =>
    one.activation === "carried" ? Object.assign({}, one, { companions: counts.get(one.by) ?? 0 }) : one,
  );
}
