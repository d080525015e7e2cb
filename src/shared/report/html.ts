/**
 * The report as one page that needs nothing beside it: no script, no picture, no address, and a policy that forbids them
 * all, so that a log line which slipped through could still do nothing. It prints on paper as it is.
 */
import { formatOffset } from "../text/duration.ts";
import { headingOf, percent } from "../text/suspect-words.ts";
import { formatMoment } from "../text/time.ts";
import { visibleLine, visibleText } from "../text/visible.ts";
import { PAGE_STYLE } from "./page-style.ts";
import type { Moment, Report, Told, ToldEvidence, ToldPlace, ToldSuspect } from "./report.ts";
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

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/gu, (character) => ENTITIES[character] ?? "");

/** Text of a log is no markup; it is one line, or keeps its lines. */
const line = (text: string): string => escaped(visibleLine(text));
const lines = (text: string): string => escaped(visibleText(text));

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export const reportAsHtml = (report: Report): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Incident: ${line(report.title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>Incident: ${line(report.title)}</h1>
${report.summary.map((told) => `<p>${withMore(told)}</p>\n`).join("")}${summary(report)}
${concluded(report)}<h2>${HEADINGS.suspects}</h2>
${causes(report)}
<h2>${HEADINGS.moments}</h2>
${moments(report)}
${followUps(report)}<h2>${HEADINGS.basis}</h2>
${basisTexts(report)
  .map((text) => `<p>${line(text)}</p>`)
  .join("\n")}
</main>
</body>
</html>
`;

const withMore = ({ text, more }: Told): string => `${line(text)}${more === "" ? "" : `<br>${lines(more)}`}`;

/** What people hold for the cause, with its reasons; nothing where they have not decided. */
function concluded(report: Report): string {
  const blamed = causesOf(report);
  if (blamed.length === 0) return "";
  const items = blamed.map((cause) => suspectItem(cause, report.zone, true)).join("\n");
  return `<h2>${HEADINGS.cause}</h2>\n<ul class="suspects">\n${items}\n</ul>\n`;
}

function followUps({ followUps: told }: Report): string {
  if (told.length === 0) return "";
  const items = told.map((one) => `<li>${withMore(one)}</li>`).join("\n");
  return `<h2>${HEADINGS.followUps}</h2>\n<ul class="follow-ups">\n${items}\n</ul>\n`;
}

function summary({ onset, zone }: Report): string {
  if (onset === null) return `<p>${NO_ONSET}</p>`;
  const at = onset.service === null ? "" : ` at <strong>${line(onset.service)}</strong>`;
  return `<p class="onset">It began <strong>${formatMoment(onset.time, zone)}</strong>${at} (confidence ${percent(onset.confidence)}): ${line(onset.reason)}${cited(onset.place)}</p>`;
}

function causes(report: Report): string {
  const { searched, abstainedBecause, suspects, zone } = report;
  if (!searched) return `<p>${NOT_SEARCHED}</p>`;
  const compared = comparedText(report);
  return [
    ...(abstainedBecause === null ? [] : [`<p>${line(abstainedBecause)}</p>`]),
    ...(compared === null ? [] : [`<p class="quiet">${line(compared)}</p>`]),
    suspects.length === 0
      ? `<p>${NO_SUSPECT}</p>`
      : `<ol class="suspects">\n${suspects.map((suspect, at) => suspectItem(suspect, zone, isTold(suspect, at) && suspect.decision !== "cause")).join("\n")}\n</ol>`,
  ].join("\n");
}

function suspectItem(suspect: ToldSuspect, zone: string, isWhole: boolean): string {
  const about = `<strong>${line(headingOf(suspect))}</strong><br><span class="quiet">${aboutText(suspect, zone, line)}</span>`;
  const { evidence, missing, why } = suspect;
  const told = [
    ...evidence.map(evidenceItem),
    ...missing.map((what) => `<li><span class="side">Missing</span>${line(what)}</li>`),
  ];
  const list = isWhole && told.length > 0 ? `\n<ul>\n${told.join("\n")}\n</ul>` : "";
  const reasons = isWhole && why !== "" ? `<p class="why">${lines(why)}</p>` : "";
  return `<li${suspect.decision === "ruled-out" ? ' class="ruled-out"' : ""}>${about}${reasons}${list}</li>`;
}

const evidenceItem = (evidence: ToldEvidence): string =>
  `<li class="${evidence.for ? "for" : "against"}"><span class="side">${sideText(evidence)}</span>${line(evidence.text)}${cited(evidence.place)}</li>`;

const cited = (place: ToldPlace | null): string =>
  place === null ? "" : ` <code title="${line(`${place.path}:${place.line}`)}">${line(place.shown)}</code>`;

const COLUMNS = ["Time", "From the onset", "What", "Service", "Said"] as const;

function moments({ moments: told, zone }: Report): string {
  if (told.length === 0) return `<p>${NO_MOMENT}</p>`;
  return `<table>
<thead><tr>${COLUMNS.map((title) => `<th scope="col">${title}</th>`).join("")}</tr></thead>
<tbody>
${told.map((moment) => momentRow(moment, zone)).join("\n")}
</tbody>
</table>`;
}

function momentRow({ time, fromOnset, isOnset, what, service, text, more, place }: Moment, zone: string): string {
  const said = isOnset ? line(text) : lines(text);
  const cells = [
    `<td class="time">${formatMoment(time, zone)}</td>`,
    `<td class="offset">${fromOnset === null || isOnset ? "" : formatOffset(fromOnset)}</td>`,
    `<td>${what}</td>`,
    `<td>${line(service ?? "")}</td>`,
    `<td class="said">${said}${cited(place)}${more === "" ? "" : `<div class="quiet">${lines(more)}</div>`}</td>`,
  ];
  return `<tr${isOnset ? ' class="onset"' : ""}>${cells.join("")}</tr>`;
}
