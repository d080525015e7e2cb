/** A note is an event that a person made: its first line is the title, the rest its description. */
import type { CallInput, CallOutput } from "../../shared/contract.ts";
import type { Severity } from "../../shared/model/severity.ts";
import { isPlausibleTime } from "../../shared/units.ts";
import { readMoment } from "./moment.ts";

export type Note = CallOutput<"events.list">["items"][number];
export type NewNote = CallInput<"events.create">["event"];

/** What the editor holds: text as it is typed. */
export interface Draft {
  readonly text: string;
  readonly time: string;
  readonly severity: Severity;
  readonly service: string;
  readonly tags: string;
}

export const textOf = ({ title, description }: Pick<Note, "title" | "description">): string =>
  description === "" ? title : `${title}\n${description}`;

export const splitTags = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
  ),
];

type Changed = Pick<NewNote, "time" | "severity" | "service" | "title" | "description" | "tags">;
export type ReadDraft =
  | { readonly ok: true; readonly note: Changed }
  | { readonly ok: false; readonly field: "text" | "time"; readonly message: string };

/** @param day a moment of the day that a clock alone belongs to. */
export function readDraft(draft: Draft, zone: string, day: number): ReadDraft {
  const [title = "", ...rest] = draft.text.trim().split(/\r?\n/u);
  if (title.trim() === "") return { ok: false, field: "text", message: "A note needs some text." };
  const time = readMoment(draft.time, zone, day);
  if (time === null || !isPlausibleTime(time)) {
    return { ok: false, field: "time", message: "Write the time as 14:03, 14:03:11.207 or 2026-06-20 14:03." };
  }
  return {
    ok: true,
    note: {
      time,
      severity: draft.severity,
      service: draft.service.trim() === "" ? null : draft.service.trim(),
      title: title.trim(),
      description: rest.join("\n").trim(),
      tags: splitTags(draft.tags),
    },
  };
}

/** @param fingerprint makes two notes of the same words two notes. */
export const newNote = (changed: Changed, fingerprint: string): NewNote => ({
  ...changed,
  endTime: null,
  source: "MANUAL",
  kind: "note",
  traceId: null,
  spanId: null,
  requestId: null,
  correlationId: null,
  reference: null,
  confidence: 1,
  fingerprint,
  metadata: {},
});

/** All of a note but its id, to bring a deleted one back. */
export function withoutId(note: Note): NewNote {
  const { id: _, ...event } = note;
  return event;
}
