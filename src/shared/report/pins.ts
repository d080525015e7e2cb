/**
 * Evidence that people pinned to a suspect, for it or against it. A pin is a note like any other, so that it lies in the
 * case and stands on the timeline; its metadata say which suspect it speaks of.
 */
import type { SuspectInfo } from "../contract/suspects.ts";
import { headingOf } from "../text/suspect-words.ts";
import { suspectKey } from "./decisions.ts";
import type { Note } from "./notes.ts";

export interface PinnedEvidence {
  readonly for: boolean;
  readonly note: Note;
}

type Identity = Pick<SuspectInfo, "kind" | "service" | "object" | "title">;

const SIDES = { for: true, against: false } as const;

export const pinMetadata = (suspect: Identity, speaksFor: boolean): Note["metadata"] => ({
  evidenceFor: suspectKey(suspect),
  suspectTitle: headingOf(suspect),
  speaks: speaksFor ? "for" : "against",
});

/** What a note is evidence of; null for every other note. */
export function pinnedTo({ source, metadata }: Pick<Note, "source" | "metadata">): {
  readonly suspect: string;
  readonly title: string;
  readonly for: boolean;
} | null {
  const { evidenceFor: suspect, suspectTitle: title, speaks } = metadata;
  // A file cannot pin anything: only what people did counts.
  if (source !== "MANUAL" || typeof suspect !== "string" || (speaks !== "for" && speaks !== "against")) return null;
  return { suspect, title: typeof title === "string" ? title : "", for: SIDES[speaks] };
}

/** By the key of the suspect, in the order of the notes. */
export function pinsIn(notes: readonly Note[]): ReadonlyMap<string, readonly PinnedEvidence[]> {
  const pins = new Map<string, PinnedEvidence[]>();
  for (const note of notes) {
    const about = pinnedTo(note);
    if (about === null) continue;
    const known = pins.get(about.suspect) ?? [];
    pins.set(about.suspect, [...known, { for: about.for, note }]);
  }
  return pins;
}
