// Templates of a selection with their counts, when they were met, and how their rates changed.
import type { CallOutput, Selection } from "../../../shared/contract.ts";
import { kindCode } from "../../../shared/model/record.ts";
import { micros } from "../../../shared/units.ts";
import { rateChange } from "../templates/rate-change.ts";
import type { SegmentTemplates } from "./case-templates.ts";
import type { OpenCase } from "./open-case.ts";
import type { Ordinals } from "./ordinals.ts";
import type { Selected } from "./selected.ts";

type TemplateList = CallOutput<"templates.list">;

const BARS = 24;
const LOG_KINDS: ReadonlySet<number> = new Set((["log", "json", "text"] as const).map(kindCode));

/** Counts by the number of the template. */
class Tally {
  readonly count: Uint32Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly level: Uint8Array;
  records = 0;
  without = 0;

  constructor(templates: number) {
    this.count = new Uint32Array(templates);
    this.first = new Float64Array(templates).fill(Infinity);
    this.last = new Float64Array(templates).fill(-Infinity);
    this.level = new Uint8Array(templates);
  }
}

/** `all` is the same filter without a range. */
export function listTemplates(
  open: OpenCase,
  { from, to }: Selection,
  { selected, all }: { readonly selected: Selected; readonly all: Selected },
  checkpoint: () => void,
): TemplateList {
  const templates = open.templates.templates(checkpoint);
  const bySegment = open.index.segments.map((segment) => open.templates.ofSegment(segment));
  const whole = tallyOf(open, all.ordinals, bySegment, templates.length);
  const isRange = from !== null || to !== null;
  const chosen = isRange ? tallyOf(open, selected.ordinals, bySegment, templates.length) : whole;
  const span = spanOf(whole);
  const chosenSpan = spanOf(chosen);
  const start = from ?? chosenSpan.first;
  const end = to ?? chosenSpan.last + 1;
  const bars = barsOf(open, selected.ordinals, bySegment, { templates: templates.length, start, end });
  const later = isRange
    ? { from: start, to: end }
    : { from: span.first + (span.last - span.first) / 2, to: span.last + 1 };
  const compared = span.last > span.first && later.to > later.from;
  const after = isRange ? chosen.count : lateCounts(open, all.ordinals, bySegment, templates.length, later.from);
  const laterTime = Math.max(0, Math.min(later.to, span.last + 1) - Math.max(later.from, span.first));
  const earlierTime = span.last + 1 - span.first - laterTime;
  const rows = templates.flatMap((template, number) => {
    const count = chosen.count[number] ?? 0;
    if (count === 0) return [];
    const late = after[number] ?? 0;
    const early = (whole.count[number] ?? 0) - late;
    const { id, text, muted, merged, splitFrom, words } = template;
    const firstOfAll = whole.first[number] ?? Infinity;
    return [
      {
        id,
        text,
        count,
        first: timeOf(chosen.first[number]),
        last: timeOf(chosen.last[number]),
        level: chosen.level[number] ?? 0,
        bars: [...bars.subarray(number * BARS, (number + 1) * BARS)],
        before: early,
        after: late,
        change: compared ? rateChange(early, earlierTime, late, laterTime) : 0,
        isNew: compared && firstOfAll !== Infinity && firstOfAll >= later.from && firstOfAll < later.to,
        muted,
        merged,
        splitFrom,
        words,
      },
    ];
  });
  return {
    revision: open.revision,
    templates: rows.sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1)),
    records: chosen.records,
    without: chosen.without,
    compared: compared
      ? {
          what: isRange ? "selection" : "halves",
          from: micros(Math.floor(later.from)),
          to: micros(Math.floor(later.to)),
        }
      : null,
  };
}

const timeOf = (time: number | undefined): ReturnType<typeof micros> | null =>
  time === undefined || !Number.isFinite(time) ? null : micros(time);

type BySegment = readonly (SegmentTemplates | null)[];

/** Calls with each log record's ordinal and the number of its template, -1 for none. */
function visit(
  { index }: OpenCase,
  ordinals: Ordinals,
  bySegment: BySegment,
  take: (ordinal: number, number: number) => void,
): void {
  const { segmentOf, kind, segments } = index;
  for (const part of ordinals.parts()) {
    for (const ordinal of part) {
      if (!LOG_KINDS.has(kind.at(ordinal))) continue;
      const segment = segmentOf.at(ordinal);
      const found = bySegment[segment] ?? null;
      const code = found?.codes[ordinal - (segments[segment]?.first ?? 0)] ?? 0;
      take(ordinal, found?.numbers[code] ?? -1);
    }
  }
}

function tallyOf(open: OpenCase, ordinals: Ordinals, bySegment: BySegment, templates: number): Tally {
  const tally = new Tally(templates);
  const { time, level } = open.index;
  visit(open, ordinals, bySegment, (ordinal, number) => {
    tally.records += 1;
    if (number < 0) {
      tally.without += 1;
      return;
    }
    tally.count[number] = (tally.count[number] ?? 0) + 1;
    if (level.at(ordinal) > (tally.level[number] ?? 0)) tally.level[number] = level.at(ordinal);
    const at = time.at(ordinal);
    if (at === Infinity) return;
    if (at < (tally.first[number] ?? Infinity)) tally.first[number] = at;
    if (at > (tally.last[number] ?? -Infinity)) tally.last[number] = at;
  });
  return tally;
}

function spanOf({ first, last }: Tally): { readonly first: number; readonly last: number } {
  let least = Infinity;
  let most = -Infinity;
  for (const at of first) if (at < least) least = at;
  for (const at of last) if (at > most) most = at;
  return least <= most ? { first: least, last: most } : { first: 0, last: 0 };
}

function lateCounts(
  open: OpenCase,
  ordinals: Ordinals,
  bySegment: BySegment,
  templates: number,
  from: number,
): Uint32Array {
  const counts = new Uint32Array(templates);
  const { time } = open.index;
  visit(open, ordinals, bySegment, (ordinal, number) => {
    const at = time.at(ordinal);
    if (number >= 0 && at >= from && at !== Infinity) counts[number] = (counts[number] ?? 0) + 1;
  });
  return counts;
}

function barsOf(
  open: OpenCase,
  ordinals: Ordinals,
  bySegment: BySegment,
  { templates, start, end }: { readonly templates: number; readonly start: number; readonly end: number },
): Uint32Array {
  const bars = new Uint32Array(templates * BARS);
  const { time } = open.index;
  const width = Math.max(end - start, 1) / BARS;
  visit(open, ordinals, bySegment, (ordinal, number) => {
    const at = time.at(ordinal);
    if (number < 0 || at < start || at >= end) return;
    const cell = number * BARS + Math.min(BARS - 1, Math.floor((at - start) / width));
    bars[cell] = (bars[cell] ?? 0) + 1;
  });
  return bars;
}
