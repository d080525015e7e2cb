/** The report in Markdown, for a wiki, an issue or a chat (https://github.github.com/gfm/). */
import { formatOffset } from "../text/duration.ts";
import { headingOf, percent } from "../text/suspect-words.ts";
import { formatMoment } from "../text/time.ts";
import { visibleLine } from "../text/visible.ts";
import type { Moment, Report, Told, ToldPlace, ToldSuspect } from "./report.ts";
import {
  aboutText,
  basisTexts,
  causesOf,
  comparedText,
  HEADINGS,
  isTold,
  NO_MOMENT,
  NO_ONSET,
  NO_SUSPECT,
  NOT_SEARCHED,
  sideText,
} from "./sentences.ts";

/** What would be markup, the end of a table's cell or a link; a colon and an at only where a link would begin. */
const MARKUP = /[\\`*[\]<>|#~&@]|(?<!\w)_|_(?!\w)|:(?=\/\/)|(?<=\bwww)\./giu;

/** Text of a log is no Markdown. */
export const plain = (text: string): string => visibleLine(text).replaceAll(MARKUP, String.raw`\$&`);

export const reportAsMarkdown = (report: Report): string =>
  [
    `# Incident: ${plain(report.title)}`,
    ...report.summary.map(paragraph),
    summary(report),
    ...concluded(report),
    `## ${HEADINGS.suspects}`,
    ...causes(report),
    `## ${HEADINGS.moments}`,
    moments(report),
    ...followUps(report),
    `## ${HEADINGS.basis}`,
    `${basisTexts(report).join("\n\n")}\n`,
  ].join("\n\n");

const withMore = ({ text, more }: Told, between: string): string =>
  more === "" ? plain(text) : `${plain(text)}${between}${plain(more)}`;

const paragraph = (told: Told): string => withMore(told, "\n\n");

/** What people hold for the cause, with its reasons; nothing where they have not decided. */
function concluded(report: Report): readonly string[] {
  const blamed = causesOf(report);
  if (blamed.length === 0) return [];
  const said = blamed.map((cause) => {
    const why = cause.why === "" ? "" : `\n\n${plain(cause.why)}`;
    return `**${plain(headingOf(cause))}**: ${aboutText(cause, report.zone, plain)}${why}\n\n${evidenceOf(cause, "").join("\n")}`;
  });
  return [`## ${HEADINGS.cause}`, ...said.map((text) => text.trimEnd())];
}

const followUps = ({ followUps: told }: Report): readonly string[] =>
  told.length === 0 ? [] : [`## ${HEADINGS.followUps}`, told.map((one) => `- [ ] ${withMore(one, ": ")}`).join("\n")];

function summary({ onset, zone }: Report): string {
  if (onset === null) return NO_ONSET;
  const at = onset.service === null ? "" : ` at **${plain(onset.service)}**`;
  const began = `It began **${formatMoment(onset.time, zone)}**${at} (confidence ${percent(onset.confidence)})`;
  return `${began}: ${plain(onset.reason)}${inBrackets(onset.place)}`;
}

function causes(report: Report): readonly string[] {
  const { searched, abstainedBecause, suspects, zone } = report;
  if (!searched) return [NOT_SEARCHED];
  const compared = comparedText(report);
  const list = suspects.map((suspect, at) =>
    [
      `${at + 1}. **${plain(headingOf(suspect))}**: ${aboutText(suspect, zone, plain)}`,
      ...(suspect.why === "" || suspect.decision === "cause" ? [] : [`   - Reasons: ${plain(suspect.why)}`]),
      // The cause has told it already.
      ...(isTold(suspect, at) && suspect.decision !== "cause" ? evidenceOf(suspect, "   ") : []),
    ].join("\n"),
  );
  return [
    ...(abstainedBecause === null ? [] : [plain(abstainedBecause)]),
    ...(compared === null ? [] : [compared]),
    list.length === 0 ? NO_SUSPECT : list.join("\n"),
  ];
}

const evidenceOf = ({ evidence, missing }: ToldSuspect, indent: string): readonly string[] => [
  ...evidence.map((one) => `${indent}- ${sideText(one)}: ${plain(one.text)}${inBrackets(one.place)}`),
  ...missing.map((what) => `${indent}- Missing: ${plain(what)}`),
];

const inBrackets = (place: ToldPlace | null): string => (place === null ? "" : ` (${plain(place.shown)})`);

function moments({ moments: told, zone }: Report): string {
  if (told.length === 0) return NO_MOMENT;
  return [
    "| Time | From the onset | What | Service | |",
    "| --- | --- | --- | --- | --- |",
    ...told.map((moment) => `| ${cells(moment, zone).join(" | ")} |`),
  ].join("\n");
}

function cells({ time, fromOnset, isOnset, what, service, text, more, place }: Moment, zone: string): string[] {
  const said = more === "" ? plain(text) : `${plain(text)} (${plain(more)})`;
  return [
    formatMoment(time, zone),
    fromOnset === null || isOnset ? "" : formatOffset(fromOnset),
    isOnset ? `**${what}**` : what,
    plain(service ?? ""),
    isOnset ? "" : `${said}${inBrackets(place)}`,
  ];
}
