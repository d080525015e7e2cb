/**
 * What people concluded of the suspects. A conclusion is a note like any other, so that it lies in the case, stands on
 * the timeline and can be given its reasons; its metadata say which suspect it is about.
 */
import type { SuspectInfo } from "../contract/suspects.ts";
import { headingOf } from "../text/suspect-words.ts";
import type { Note } from "./notes.ts";

const DECISIONS = ["cause", "ruled-out"] as const;
export type Decision = (typeof DECISIONS)[number];

export const DECISION_WORDS: Readonly<Record<Decision, string>> = { cause: "Cause", "ruled-out": "Ruled out" };

export interface Decided {
  readonly decision: Decision;
  /** The reasons that people gave; empty when they gave none. */
  readonly why: string;
  readonly note: Note;
}

type Identity = Pick<SuspectInfo, "kind" | "service" | "object" | "title">;

/** Names the same suspect in every search: its place and its confidence may change. */
export const suspectKey = (suspect: Identity): string =>
  JSON.stringify([suspect.kind, suspect.service, suspect.object ?? suspect.title]);

export const titleOfDecision = (suspect: Identity, decision: Decision): string =>
  `${DECISION_WORDS[decision]}: ${headingOf(suspect)}`;

export const metadataOf = (suspect: Identity, decision: Decision): Note["metadata"] => ({
  suspect: suspectKey(suspect),
  decision,
});

/** The suspect and the conclusion that a note is about; null for every other note. */
export function decisionOf({
  source,
  metadata,
}: Pick<Note, "source" | "metadata">): { readonly suspect: string; readonly decision: Decision } | null {
  const { suspect, decision: said } = metadata;
  const decision = DECISIONS.find((one) => one === said);
  // A file cannot conclude anything: only what people wrote counts.
  if (source !== "MANUAL" || decision === undefined || typeof suspect !== "string") return null;
  return { suspect, decision };
}

/** By {@link suspectKey}. */
export function decisionsIn(notes: readonly Note[]): ReadonlyMap<string, Decided> {
  const decided = new Map<string, Decided>();
  for (const note of notes) {
    const about = decisionOf(note);
    if (about !== null) decided.set(about.suspect, { decision: about.decision, why: note.description, note });
  }
  return decided;
}
