/** What a report says in sentences, the same in every form of it. Names within are escaped by the form's own `say`. */
import { headingOf, KIND_NAME, likelihood, percent, shortObject } from "../text/suspect-words.ts";
import { formatCountOf } from "../text/number.ts";
import { formatMoment, formatRange } from "../text/time.ts";
import type { Decision } from "./decisions.ts";
import type { Report, ToldEvidence, ToldSuspect } from "./report.ts";

const TOLD_SUSPECTS = 3;

export function comparedText({ windows, zone }: Report): string | null {
  if (windows === null) return null;
  const { baseline, incident } = windows;
  return `Compared: ${formatRange(baseline.from, baseline.to, zone)} before, ${formatRange(incident.from, incident.to, zone)} since.`;
}

/** "change, 47d8230a1b, at pay, very likely (84 %), since 10:29": all but the heading. */
export function aboutText(suspect: ToldSuspect, zone: string, say: (text: string) => string): string {
  const { kind, service, since, confidence, object, decision } = suspect;
  const heading = headingOf(suspect);
  return [
    ...(decision === null ? [] : [CONCLUDED[decision]]),
    KIND_NAME[kind].toLowerCase(),
    ...(object === null || object === heading || object === service ? [] : [say(shortObject(object))]),
    ...(service === null || service === heading ? [] : [`at ${say(service)}`]),
    `${likelihood(confidence)} (${percent(confidence)})`,
    ...(since === null ? [] : [`since ${formatMoment(since, zone)}`]),
  ].join(", ");
}

export function basisTexts({ basis, zone }: Report): readonly string[] {
  const { from, to, records, sources, deadLetters, unread: cut } = basis;
  const span = from === null || to === null ? "" : ` of ${formatRange(from, to, zone)}`;
  const lost = [...(deadLetters === 0 ? [] : [`${formatCountOf(deadLetters, "part")} could not be read`]), ...cut];
  const unread = lost.length === 0 ? "Everything was read." : `${lost.join(", ")}.`;
  return [
    `${formatCountOf(records, "record")} from ${formatCountOf(sources, "source")}${span}. ${unread}`,
    "Confidences are those of Faultline's search for causes, not proof.",
  ];
}

export const NO_ONSET = "When it began cannot be told from this data.";
export const NOT_SEARCHED = "The search for causes has not ended.";
export const NO_SUSPECT = "Nobody is suspected.";
export const NO_MOMENT = "No note was written, and no change or alert stands around the incident.";
const CONCLUDED: Readonly<Record<Decision, string>> = { cause: "the cause", "ruled-out": "ruled out" };

/** Suspects whose evidence is told: the likeliest, and all that people concluded something of or pinned something to. */
export const isTold = ({ decision, evidence }: ToldSuspect, place: number): boolean =>
  place < TOLD_SUSPECTS || decision !== null || evidence.some(({ pinned }) => pinned);

/** "For", "Against, pinned". */
export const sideText = ({ for: speaksFor, pinned }: ToldEvidence): string =>
  `${speaksFor ? "For" : "Against"}${pinned ? ", pinned" : ""}`;

/** What people hold for the cause, in the order of the search. */
export const causesOf = ({ suspects }: Report): readonly ToldSuspect[] =>
  suspects.filter(({ decision }) => decision === "cause");

export const HEADINGS = {
  cause: "Cause",
  followUps: "Follow-ups",
  suspects: "Suspects, likeliest first",
  moments: "What happened",
  basis: "What it rests on",
} as const;
