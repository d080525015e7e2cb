/**
 * The report of an incident in Markdown: when it began, what likely caused it and on which evidence, and what happened in
 * the order of time. Every statement names the file and line that it rests on, for the report is read without the case.
 */
import type { CallOutput, CaseInfo } from "../../shared/contract.ts";
import type { SuspectInfo, VerdictInfo } from "../../shared/contract/suspects.ts";
import { formatCountOf } from "../../shared/text/number.ts";
import { formatMoment, formatRange } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { formatOffset } from "../../shared/text/duration.ts";
import { headingOf, KIND_NAME, likelihood, percent } from "../suspects/words.ts";
import { EVENT_NAME } from "../ui/event-kind.ts";

type Event = CallOutput<"events.list">["items"][number];

export interface ReportFacts {
  readonly info: CaseInfo;
  readonly zone: string;
  /** Null where the search for causes has not ended. */
  readonly verdict: VerdictInfo | null;
  /** Notes, and what was changed or alerted around the incident. */
  readonly events: readonly Event[];
  /** "app.jsonl:119" by the ref of a record. */
  readonly places: ReadonlyMap<string, string>;
}

/** Suspects whose evidence is told; the others are named. */
const TOLD = 3;

/** Text of a log is no Markdown: what would be markup, or end the cell of a table, is escaped. */
export const plain = (text: string): string =>
  visibleLine(text).replaceAll(/[\\`*[\]<>|#~]|(?<!\w)_|_(?!\w)/gu, String.raw`\$&`);

export function reportOf(facts: ReportFacts): string {
  return [
    `# Incident: ${plain(facts.info.title)}`,
    ...summary(facts),
    "## Suspects, likeliest first",
    ...causes(facts),
    "## What happened",
    ...timeline(facts),
    "## What it rests on",
    ...basis(facts),
  ].join("\n\n");
}

function summary({ verdict, zone }: ReportFacts): string[] {
  const onset = verdict?.onset ?? null;
  if (onset === null) return ["When it began cannot be told from this data."];
  const at = onset.service === null ? "" : ` at **${plain(onset.service)}**`;
  const began = `It began **${formatMoment(onset.time, zone)}**${at} (confidence ${percent(onset.confidence)}).`;
  return [`${began} ${plain(onset.reason)}`];
}

function causes({ verdict, zone, places }: ReportFacts): string[] {
  if (verdict === null) return ["The search for causes has not ended."];
  const { abstained, abstainedBecause, suspects, windows } = verdict;
  const compared =
    windows === null
      ? []
      : [
          `Compared: ${formatRange(windows.baseline.from, windows.baseline.to, zone)} before, ${formatRange(windows.incident.from, windows.incident.to, zone)} since.`,
        ];
  const list = suspects.map((suspect, at) =>
    [
      `${at + 1}. **${plain(headingOf(suspect))}**: ${aboutOf(suspect, zone)}`,
      ...(at < TOLD ? evidenceOf(suspect, places) : []),
    ].join("\n"),
  );
  return [
    ...(abstained ? [plain(abstainedBecause)] : []),
    ...compared,
    list.length === 0 ? "Nobody is suspected." : list.join("\n"),
  ];
}

function aboutOf(suspect: SuspectInfo, zone: string): string {
  const { kind, service, since, confidence, object } = suspect;
  const heading = headingOf(suspect);
  return [
    KIND_NAME[kind].toLowerCase(),
    ...(object === null || object === heading || object === service ? [] : [plain(object)]),
    ...(service === null || service === heading ? [] : [`at ${plain(service)}`]),
    `${likelihood(confidence)} (${percent(confidence)})`,
    ...(since === null ? [] : [`since ${formatMoment(since, zone)}`]),
  ].join(", ");
}

function evidenceOf({ evidence, missing }: SuspectInfo, places: ReportFacts["places"]): string[] {
  const said = evidence.map(({ for: speaksFor, text, place }) => {
    const where = place === null ? undefined : places.get(place.record);
    return `   - ${speaksFor ? "For" : "Against"}: ${plain(text)}${where === undefined ? "" : ` (${plain(where)})`}`;
  });
  return [...said, ...missing.map((what) => `   - Missing: ${plain(what)}`)];
}

function timeline({ events, verdict, zone }: ReportFacts): string[] {
  const onset = verdict?.onset?.time ?? null;
  const rows = events.map((event) => ({ time: event.time, cells: cellsOf(event) }));
  if (onset !== null) rows.push({ time: onset, cells: ["**Onset**", plain(verdict?.onset?.service ?? ""), ""] });
  if (rows.length === 0) return ["No note was written, and no change or alert stands around the incident."];
  const sorted = rows.toSorted((a, b) => a.time - b.time);
  const relative = (time: number): string => (onset === null || time === onset ? "" : formatOffset(time - onset));
  return [
    [
      "| Time | From the onset | What | Service | |",
      "| --- | --- | --- | --- | --- |",
      ...sorted.map(
        ({ time, cells: [what, service, said] }) =>
          `| ${formatMoment(time, zone)} | ${relative(time)} | ${what} | ${service} | ${said} |`,
      ),
    ].join("\n"),
  ];
}

function cellsOf({ kind, tags, service, title, description }: Event): [what: string, service: string, said: string] {
  const isPinned = kind === "note" && tags.includes("pinned");
  const more = description === "" || description === title ? "" : ` (${plain(description)})`;
  return [isPinned ? "Evidence" : EVENT_NAME[kind], plain(service ?? ""), `${plain(title)}${more}`];
}

function basis({ info, zone }: ReportFacts): string[] {
  const { from, to, main } = info;
  const span = from === null || to === null ? "" : ` of ${formatRange(main?.from ?? from, main?.to ?? to, zone)}`;
  const unread =
    info.deadLetters === 0 ? "Everything was read." : `${formatCountOf(info.deadLetters, "part")} could not be read.`;
  return [
    `${formatCountOf(info.records, "record")} from ${formatCountOf(info.sources, "source")}${span}. ${unread}`,
    "Confidences are those of Faultline's search for causes, not proof.\n",
  ];
}
