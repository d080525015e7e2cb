/** A verdict for people: when, then each suspect with what speaks for and against it. */
import type { Suspect, Verdict } from "../engine/suspects/signals.ts";
import { isoMicros } from "./iso-time.ts";
import { printable } from "./printable.ts";
import type { Sources } from "./suspects-json.ts";
import { table } from "./table.ts";

const SHOWN_SUSPECTS = 5;
const SHOWN_EVIDENCE = 6;
const SHOWN_SERVICES = 10;

export function verdictText(
  { onset, abstained, abstainedBecause, suspects, services }: Verdict,
  pathOf: Sources["pathOf"],
): string {
  const lines: string[] = [];
  if (onset === null) lines.push("When it began cannot be told: no error, latency or other series leaves its normal.");
  else {
    const who = onset.service === null ? "" : ` at ${onset.service}`;
    lines.push(`It began ${isoMicros(onset.time)}${who} (confidence ${percent(onset.confidence)}).`, onset.reason);
  }
  lines.push("");
  if (abstained) lines.push(abstainedBecause, "");
  for (const [index, suspect] of suspects.slice(0, SHOWN_SUSPECTS).entries())
    lines.push(...suspectLines(suspect, index + 1, pathOf), "");
  const shown = services.slice(0, SHOWN_SERVICES);
  const ranking =
    shown.length === 0
      ? ""
      : table(
          ["rank", "service", "score", "since"],
          shown.map(({ service, score, since }, index) => [
            index + 1,
            service,
            Math.round(score * 100) / 100,
            since === null ? null : isoMicros(since),
          ]),
        );
  const rest = services.length - shown.length;
  const more = rest > 0 ? `and ${rest} more; --json ranks all.\n` : "";
  return `${printable(lines.join("\n"))}\n${ranking}${more}`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function suspectLines(
  { kind, service, object, title, confidence, since, evidence, missing }: Suspect,
  rank: number,
  pathOf: Sources["pathOf"],
): string[] {
  const name = [object === service ? null : object, service].filter((part) => part !== null).join(" at ");
  const when = since === null ? "" : `, since ${isoMicros(since)}`;
  return [
    `${rank}. ${kind} ${name} (confidence ${percent(confidence)}${when})`,
    ...(title === null ? [] : [`   ${title}`]),
    ...evidence.slice(0, SHOWN_EVIDENCE).map((one) => {
      const path = one.place === null ? undefined : pathOf.get(one.place.sourceId);
      const where = one.place === null || path === undefined ? "" : `  [${path}:${one.place.offset}]`;
      return `   ${one.for ? "+" : "−"} ${one.text}${where}`;
    }),
    ...missing.map((what) => `   ? ${what}`),
  ];
}
