/**
 * The report of an incident: when it began, what likely caused it and on which evidence, and what happened in the order
 * of time. Every statement names the file and line that it rests on, for the report is read without the case. Texts are
 * as their sources wrote them: whoever writes a report out escapes them for the form it has.
 */
import type { CaseInfo } from "../contract.ts";
import type { SuspectInfo, VerdictInfo } from "../contract/suspects.ts";
import { EVENT_NAME } from "../text/event-name.ts";
import { fileName } from "../text/path.ts";
import { decisionOf, decisionsIn, suspectKey, type Decided, type Decision } from "./decisions.ts";
import type { Place, ReportFacts } from "./facts.ts";
import type { Note } from "./notes.ts";
import { pinsIn, type PinnedEvidence } from "./pins.ts";

export interface ToldPlace extends Place {
  /** "logs/app.jsonl:119": without the folder that all sources lie in. */
  readonly shown: string;
}

export interface ToldEvidence {
  readonly for: boolean;
  readonly text: string;
  readonly place: ToldPlace | null;
  /** By a person, not found by the search. */
  readonly pinned: boolean;
}

export interface ToldSuspect extends Pick<
  SuspectInfo,
  "kind" | "service" | "object" | "title" | "confidence" | "since" | "missing"
> {
  readonly evidence: readonly ToldEvidence[];
  /** What people concluded of it; null where they did not. */
  readonly decision: Decision | null;
  /** Their reasons; empty when they gave none. */
  readonly why: string;
}

/** What is to be done, or was found, as a person wrote it. */
export interface Told {
  readonly text: string;
  readonly more: string;
}

/** One line of what happened. */
export interface Moment {
  readonly time: number;
  /** Microseconds from the onset; null where the onset is not known. */
  readonly fromOnset: number | null;
  readonly isOnset: boolean;
  /** "Deploy", "Note", "Evidence". */
  readonly what: string;
  readonly service: string | null;
  readonly text: string;
  /** More than the line says; empty when there is no more. */
  readonly more: string;
  readonly place: ToldPlace | null;
}

export interface Report {
  readonly title: string;
  readonly zone: string;
  /** Notes with the tag "summary", in the order of time. */
  readonly summary: readonly Told[];
  readonly onset:
    | (Pick<NonNullable<VerdictInfo["onset"]>, "time" | "service" | "confidence" | "reason"> & {
        readonly place: ToldPlace | null;
      })
    | null;
  /** False where the search for causes has not ended. */
  readonly searched: boolean;
  /** Why no change is blamed; null where one is. */
  readonly abstainedBecause: string | null;
  readonly windows: VerdictInfo["windows"];
  /** In the order of the search. */
  readonly suspects: readonly ToldSuspect[];
  /** In the order of time. */
  readonly moments: readonly Moment[];
  /** Notes with the tag "follow-up", in the order of time. */
  readonly followUps: readonly Told[];
  readonly basis: Pick<CaseInfo, "from" | "to" | "records" | "sources" | "deadLetters" | "skipped"> & {
    /** "1 source failed", of sources of which not all was read. */
    readonly unread: readonly string[];
  };
}

export function makeReport(facts: ReportFacts): Report {
  const { info, zone, verdict } = facts;
  const { records, sources, deadLetters, skipped, main } = info;
  const onset = verdict?.onset ?? null;
  const decisions = decisionsIn(facts.events);
  const pins = pinsIn(facts.events);
  return {
    title: info.title,
    zone,
    summary: taggedWith(facts, SUMMARY),
    onset:
      onset === null
        ? null
        : {
            time: onset.time,
            service: onset.service,
            confidence: onset.confidence,
            reason: onset.reason,
            place: placeOf(facts, onset.place?.record),
          },
    searched: verdict !== null,
    abstainedBecause: verdict?.abstained === true ? verdict.abstainedBecause : null,
    windows: verdict?.windows ?? null,
    suspects: (verdict?.suspects ?? []).map((suspect) =>
      toldSuspect(facts, suspect, {
        decided: decisions.get(suspectKey(suspect)) ?? null,
        pins: pins.get(suspectKey(suspect)) ?? [],
      }),
    ),
    moments: momentsOf(facts),
    followUps: taggedWith(facts, FOLLOW_UP),
    basis: {
      from: main?.from ?? info.from,
      to: main?.to ?? info.to,
      records,
      sources,
      deadLetters,
      skipped,
      unread: facts.unread,
    },
  };
}

/** Tags of notes that have a place of their own in the report. */
export const SUMMARY = "summary";
export const FOLLOW_UP = "follow-up";

const isTagged = ({ source, tags }: Note, tag: string): boolean => source === "MANUAL" && tags.includes(tag);

const taggedWith = ({ events }: ReportFacts, tag: string): readonly Told[] =>
  events
    .filter((event) => isTagged(event, tag))
    .map(({ title, description }) => ({ text: title, more: description === title ? "" : description }));

interface Concluded {
  readonly decided: Decided | null;
  readonly pins: readonly PinnedEvidence[];
}

const toldSuspect = (facts: ReportFacts, suspect: SuspectInfo, { decided, pins }: Concluded): ToldSuspect => ({
  kind: suspect.kind,
  service: suspect.service,
  object: suspect.object,
  title: suspect.title,
  confidence: suspect.confidence,
  since: suspect.since,
  missing: suspect.missing,
  evidence: [
    ...suspect.evidence.map((evidence) => ({
      for: evidence.for,
      text: evidence.text,
      place: placeOf(facts, evidence.place?.record),
      pinned: false,
    })),
    ...pins.map((pin) => ({
      for: pin.for,
      text: pin.note.title,
      place: placeOf(facts, pin.note.reference?.record),
      pinned: true,
    })),
  ],
  decision: decided?.decision ?? null,
  why: decided?.why ?? "",
});

function placeOf({ places, folder }: ReportFacts, ref: string | null | undefined): ToldPlace | null {
  const place = ref === null || ref === undefined ? undefined : places.get(ref);
  if (place === undefined) return null;
  const { path, line } = place;
  const within = path.startsWith(folder) ? path.slice(folder.length) : path;
  return { path, line, shown: `${within === "" ? fileName(path) : within}:${line}` };
}

function momentsOf(facts: ReportFacts): readonly Moment[] {
  const onset = facts.verdict?.onset ?? null;
  const told = new Set((facts.verdict?.suspects ?? []).map(suspectKey));
  // What a suspect or a section of its own says is not said twice.
  const isToldElsewhere = (event: Note): boolean =>
    isTagged(event, SUMMARY) || isTagged(event, FOLLOW_UP) || told.has(decisionOf(event)?.suspect ?? "");
  const events = facts.events.filter((event) => !isToldElsewhere(event));
  const moments: Moment[] = events.map((event) => momentOf(facts, event, onset?.time ?? null));
  if (onset !== null) {
    const { time, service, reason, place } = onset;
    const began = { what: "Onset", service, text: reason, more: "", place: placeOf(facts, place?.record) };
    moments.push({ ...began, time, fromOnset: 0, isOnset: true });
  }
  return moments.toSorted((a, b) => a.time - b.time);
}

function momentOf(facts: ReportFacts, event: Note, onset: number | null): Moment {
  const { time, kind, tags, service, title, description, reference } = event;
  const place = placeOf(facts, reference?.record);
  const isPinned = kind === "note" && tags.includes("pinned");
  // A pin says where it was found, which is told better by its place.
  const isPlace = place !== null && description === `${fileName(place.path)}:${place.line}`;
  return {
    time,
    fromOnset: onset === null ? null : time - onset,
    isOnset: false,
    what: decisionOf(event) !== null ? "Conclusion" : isPinned ? "Evidence" : EVENT_NAME[kind],
    service,
    text: title,
    more: description === title || isPlace ? "" : description,
    place,
  };
}
