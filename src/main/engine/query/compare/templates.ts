// Templates of log messages that are new, gone, more or less frequent.
import { printTerm } from "../../../../shared/query/print.ts";
import { kindCode } from "../../../../shared/model/record.ts";
import type { Difference } from "../../compare/difference.ts";
import type { OpenCase } from "../open-case.ts";
import { countCodes, frequencies, sliceCodes } from "./counts.ts";
import type { Sides } from "./sides.ts";

const LOG_KINDS: ReadonlySet<number> = new Set((["log", "json", "text"] as const).map(kindCode));

/** Muted templates are no news to whoever muted them. */
export function comparedTemplates(open: OpenCase, sides: Sides, checkpoint: () => void): Difference[] {
  const templates = open.templates.templates(checkpoint);
  const { segmentOf, kind, segments } = open.index;
  const bySegment = segments.map((segment) => open.templates.ofSegment(segment));
  const codeOf = (ordinal: number): number => {
    if (!LOG_KINDS.has(kind.at(ordinal))) return -1;
    const segment = segmentOf.at(ordinal);
    const found = bySegment[segment] ?? null;
    return found?.numbers[found.codes[ordinal - (segments[segment]?.first ?? 0)] ?? 0] ?? -1;
  };
  const a = countCodes(open, sides.a.records, templates.length, codeOf);
  checkpoint();
  const b = countCodes(open, sides.b.records, templates.length, codeOf);
  checkpoint();
  const frequency = frequencies(sides, a, b, sliceCodes(open, sides.a, templates.length, codeOf));
  return templates.flatMap(({ id, text, muted }, code) => {
    if (muted !== null || (a.count[code] ?? 0) + (b.count[code] ?? 0) === 0) return [];
    return [
      {
        kind: "template",
        field: null,
        name: text,
        unit: null,
        ...frequency(code),
        level: Math.max(a.level[code] ?? 0, b.level[code] ?? 0),
        term: printTerm("template", id),
      },
    ];
  });
}
