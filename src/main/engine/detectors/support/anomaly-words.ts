/** What a finding says, in words with its figures. */
import type { Candidate, Finding } from "../../series/rank.ts";
import type { Method } from "../../series/detector.ts";
import type { SeriesAnomaly } from "../../series/stretch.ts";

type Told = Candidate & { readonly anomaly: SeriesAnomaly };

/** What each method saw. */
const SAW: Readonly<Record<Method, string>> = {
  "z-score": "far from its slow mean",
  spike: "far from the samples just before",
  "level-shift": "at another level than before",
  "change-of-trend": "on another slope than before",
  "change-of-variance": "unsteadier, or steadier, than before",
  "broken-seasonality": "unlike the same time of its period",
  "flat-line": "resting longer than it ever did",
  "missing-data": "silent longer than it ever was",
};

/** Series that a description lists. */
const MOST_LISTED = 8;

export function titleOfFinding({ lead, members }: Finding<Told>): string {
  const name = lead.service === null ? lead.series : `${lead.service} ${lead.series}`;
  const others = members.length - 1;
  const more = others === 0 ? "" : `, and ${others} more series`;
  return `${name} ${valueText(lead.anomaly)}${more}`;
}

export function describeFinding({ members, strength }: Finding<Told>): string {
  const lines = members.slice(0, MOST_LISTED).map(({ series, anomaly, evidence }) => {
    const saw = `${SAW[anomaly.method]} (${anomaly.method}, evidence ${short(evidence)})`;
    return `${series} ${valueText(anomaly)}: ${saw}.`;
  });
  const left = members.length - lines.length;
  if (left > 0) lines.push(`And ${left} more series.`);
  if (members.length > 1) lines.push(`${members.length} series agree, strength ${short(strength)}.`);
  return lines.join("\n");
}

function valueText({ band, peakValue, perSecond, method }: SeriesAnomaly): string {
  if (method === "missing-data") return "had no samples";
  const rate = perSecond ? "/s" : "";
  const expected = band === null ? "" : `, expected ${short(band.low)} to ${short(band.high)}`;
  return `${short(peakValue)}${rate}${expected}`;
}

const short = (value: number): string =>
  Number(value.toPrecision(4)).toLocaleString("en-US", { maximumSignificantDigits: 4 });
