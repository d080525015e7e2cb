/** What a finding says, in words with its figures. */
import { methodOf } from "../../../../shared/model/anomaly-method.ts";
import type { Candidate, Finding } from "../../series/rank.ts";
import type { SeriesAnomaly } from "../../series/stretch.ts";

type Told = Candidate & { readonly anomaly: SeriesAnomaly };

/** Series that a description lists. */
const MOST_LISTED = 8;

export function titleOfFinding({ lead, members }: Finding<Told>): string {
  if (lead.anomaly.method === "missing-data" && lead.anomaly.end === lead.anomaly.start) {
    return `${lead.service ?? lead.series} fell silent: no more samples while others go on`;
  }
  const name = lead.service === null ? lead.series : `${lead.service} ${lead.series}`;
  const others = members.length - 1;
  const more = others === 0 ? "" : `, and ${others} more series`;
  return `${name} ${valueText(lead.anomaly)}${more}`;
}

export function describeFinding({ members, strength }: Finding<Told>): string {
  const lines = members.slice(0, MOST_LISTED).map(({ series, anomaly, evidence }) => {
    const { title, saw } = methodOf(anomaly.method);
    return `${series} ${valueText(anomaly)}: ${saw} (${title}, evidence ${short(evidence)}).`;
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
