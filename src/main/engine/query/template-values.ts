// What stands where a template has wildcards: of one record, and of a sample of many.
import type { CallOutput } from "../../../shared/contract.ts";
import type { ParameterType } from "../../../shared/model/template.ts";
import { parametersOf } from "../templates/parameters.ts";
import { detailOf } from "./detail.ts";
import type { OpenCase } from "./open-case.ts";
import type { Ordinals } from "./ordinals.ts";
import { noSuchRecord, ordinalOf, recordRef } from "./record-ref.ts";
import type { Selected } from "./selected.ts";

/** Records that are read to learn values: a tenth of a second of decompression. */
const MOST_SAMPLED = 400;
const MOST_EXAMPLES = 5;
const MOST_TOP = 8;
/** Characters of a value that cross to the window. */
const LONGEST_VALUE = 200;

const shortened = (value: string): string =>
  value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;

/** Fails with "not-found". */
export function templateOfRecord(
  open: OpenCase,
  ref: string,
  checkpoint: () => void,
): CallOutput<"templates.ofRecord"> {
  const ordinal = ordinalOf(open.index, ref);
  if (ordinal === null) throw noSuchRecord(ref);
  const segment = open.index.segmentAt(ordinal);
  const fit = open.templates.fit(segment, ordinal - segment.first, checkpoint);
  if (fit === undefined) return null;
  const { id, text, muted } = fit.template;
  const parameters = parametersOf(detailOf(open, ordinal).message, fit).map(({ name, value, type }) => ({
    name,
    value: shortened(value),
    type,
  }));
  return { id, text, muted, parameters };
}

/** Values at one wildcard. */
interface Values {
  name: string;
  readonly types: Map<ParameterType, number>;
  readonly counts: Map<string, number>;
}

/** Null when no record of the selection has the template. The sample is spread over all of them. */
export function templateValues(
  open: OpenCase,
  id: string,
  selected: Selected,
  checkpoint: () => void,
): CallOutput<"templates.values"> {
  open.templates.templates(checkpoint);
  const number = open.templates.number(id);
  if (number === undefined) return null;
  const ordinals = ordinalsOf(open, number, selected.ordinals);
  if (ordinals.length === 0) return null;
  const wanted = Math.min(ordinals.length, MOST_SAMPLED);
  const shown = new Set<string>();
  const parameters: Values[] = [];
  const examples: { ref: string; message: string }[] = [];
  let sampled = 0;
  for (let at = 0; at < wanted; at += 1) {
    checkpoint();
    const ordinal = ordinals[Math.floor((at * ordinals.length) / wanted)] ?? 0;
    const segment = open.index.segmentAt(ordinal);
    const fit = open.templates.fit(segment, ordinal - segment.first, checkpoint);
    if (fit === undefined) continue;
    const { message } = detailOf(open, ordinal);
    sampled += 1;
    if (examples.length < MOST_EXAMPLES && !shown.has(message))
      examples.push({ ref: recordRef(segment, ordinal), message: shortened(message) });
    shown.add(message);
    for (const [place, { name, value, type }] of parametersOf(message, fit).entries()) {
      const values = (parameters[place] ??= { name, types: new Map(), counts: new Map() });
      values.types.set(type, (values.types.get(type) ?? 0) + 1);
      values.counts.set(value, (values.counts.get(value) ?? 0) + 1);
    }
  }
  return {
    sampled,
    count: ordinals.length,
    parameters: parameters.map(({ name, types, counts }) => ({
      name,
      type: mostFrequent(types)[0]?.[0] ?? "text",
      distinct: counts.size,
      top: mostFrequent(counts)
        .slice(0, MOST_TOP)
        .map(([value, count]) => ({ value: shortened(value), count })),
    })),
    examples,
  };
}

function ordinalsOf(open: OpenCase, wanted: number, ordinals: Ordinals): number[] {
  const { segmentOf, segments } = open.index;
  const bySegment = segments.map((segment) => open.templates.ofSegment(segment));
  const found: number[] = [];
  for (const part of ordinals.parts()) {
    for (const ordinal of part) {
      const segment = segmentOf.at(ordinal);
      const templates = bySegment[segment];
      if (templates === undefined || templates === null) continue;
      const code = templates.codes[ordinal - (segments[segment]?.first ?? 0)] ?? 0;
      if (templates.numbers[code] === wanted) found.push(ordinal);
    }
  }
  return found;
}

const mostFrequent = <T extends string>(counts: ReadonlyMap<T, number>): [T, number][] =>
  [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
