// How far the clocks of the sources of a case differ, from the ids that their records share.
import type { CallOutput } from "../../../../shared/contract.ts";
import { clocksOf, type Clock, type PairOffset } from "../../correlation/clocks.ts";
import { boundOf, boundWithin, offsetOf, together, type Bound, type Stretch } from "../../correlation/skew.ts";
import type { OpenCase } from "../open-case.ts";
import { ID_COLUMNS, resolutions, sharedIds, type Extent, type Extents } from "./shared-ids.ts";
import { childrenWithin, holdsSpans, recordsWithin } from "./span-bounds.ts";
import type { StoredRows } from "./stored-rows.ts";

type Row = CallOutput<"clocks.list">["clocks"][number];

/** Ids that are looked at of a pair of sources: more make the offset no surer. */
const MOST_IDS = 5_000;
/** Sources of one id that are held against each other. */
const MOST_SOURCES = 8;
/**
 * What clocks that agree may differ by, microseconds: machines by a millisecond; and what two sources write about one
 * request without saying what lies within what, by the time that the request takes from one to the other.
 */
const TOLERANCE = { spans: 1_000, records: 250_000 } as const;

/** By what the case held then: segments are only added, unless a source goes. */
const kept = new WeakMap<OpenCase, { readonly held: string; readonly clocks: readonly Clock[] }>();

/** Reads the case segment by segment: of its index it needs no more than which there are. */
export function listClocks(open: OpenCase, checkpoint: () => void): CallOutput<"clocks.list"> {
  const { epoch, known: segments } = open.index;
  const held = `${epoch} ${segments.length}`;
  let known = kept.get(open);
  if (known === undefined || known.held !== held) {
    known = { held, clocks: clocksOf(pairsOf({ segments, reader: open.reader }, checkpoint)) };
    kept.set(open, known);
  }
  const pathOf = (id: number): string => open.source(id)?.path ?? "";
  return {
    revision: open.revision,
    clocks: known.clocks.map((clock) => rowOf(clock, pathOf)),
  };
}

/** Bounds of one pair of sources by id, those that spans gave and those of records alone. */
interface Pair {
  readonly source: number;
  readonly other: number;
  readonly spans: Map<string, Bound[]>;
  readonly records: Map<string, Bound[]>;
}

function pairsOf(rows: StoredRows, checkpoint: () => void): PairOffset[] {
  const steps = resolutions(rows);
  const stepOf = (source: number): number => steps.get(source) ?? 1;
  const pairs = new Map<string, Pair>();
  const add = (
    id: string,
    [source, other]: readonly [number, number],
    bound: Bound,
    basis: PairOffset["basis"],
  ): void => {
    if (source > other) return add(id, [other, source], { low: -bound.high, high: -bound.low }, basis);
    const key = `${source} ${other}`;
    const pair = pairs.get(key) ?? { source, other, spans: new Map(), records: new Map() };
    pairs.set(key, pair);
    const known = pair[basis].get(id);
    if (known !== undefined) known.push(bound);
    else if (pair[basis].size < MOST_IDS) pair[basis].set(id, [bound]);
    return undefined;
  };
  // A time is the beginning of what its source calls one moment.
  const within = (id: string, source: number, inner: Stretch, outerSource: number, outer: Stretch): void => {
    const from = { start: inner.start + stepOf(source), end: inner.end };
    const of = { start: outer.start, end: outer.end + stepOf(outerSource) };
    add(id, [source, outerSource], boundWithin(from, of), "spans");
  };

  for (const name of ID_COLUMNS) {
    const ids = sharedIds(rows, name, false, checkpoint);
    if (name === "traceId" && ids.size > 0 && rows.segments.some(holdsSpans)) tracesBound(ids);
    for (const [id, extents] of ids)
      for (const [one, other] of pairsIn(extents)) recordBounds(`${name} ${id}`, one, other);
  }
  checkpoint();
  return [...pairs.values()].flatMap((pair) => estimate(pair) ?? []);

  function tracesBound(traces: ReadonlyMap<string, Extents>): void {
    childrenWithin(rows, within, checkpoint);
    recordsWithin(rows, (id) => traces.has(id), within, checkpoint);
    for (const [whose, extents] of sharedIds(rows, "traceId", true, checkpoint)) {
      const id = whose.slice(0, whose.lastIndexOf(" "));
      for (const [one, other] of pairsIn(extents))
        if (pairs.get(`${one.source} ${other.source}`)?.spans.has(id) !== true) spanBounds(id, one, other);
    }
  }

  function spanBounds(id: string, a: Extent, b: Extent): void {
    const [spansOfA, spansOfB] = [spanStretch(a), spanStretch(b)];
    const [recordsOfA, recordsOfB] = [recordStretch(a), recordStretch(b)];
    if (spansOfA !== null && spansOfB !== null) add(id, [a.source, b.source], boundOf(spansOfA, spansOfB), "spans");
    else if (spansOfB !== null && recordsOfA !== null) within(id, a.source, recordsOfA, b.source, spansOfB);
    else if (spansOfA !== null && recordsOfB !== null) within(id, b.source, recordsOfB, a.source, spansOfA);
  }

  function recordBounds(id: string, a: Extent, b: Extent): void {
    const [of, and] = [recordStretch(a), recordStretch(b)];
    if (of === null || and === null) return;
    const bound = boundOf(longer(of, stepOf(a.source)), longer(and, stepOf(b.source)));
    add(id, [a.source, b.source], bound, "records");
  }
}

const longer = ({ start, end }: Stretch, by: number): Stretch => ({ start, end: end + by });
const recordStretch = ({ first, last }: Extent): Stretch | null => (first > last ? null : { start: first, end: last });
const spanStretch = ({ spansFrom, spansTo }: Extent): Stretch | null =>
  spansFrom > spansTo ? null : { start: spansFrom, end: spansTo };

/** Of ascending sources. */
function pairsIn(extents: Extents): (readonly [Extent, Extent])[] {
  const ascending = extents.toSorted((a, b) => a.source - b.source).slice(0, MOST_SOURCES);
  return ascending.flatMap((one, at) => ascending.slice(at + 1).map((other) => [one, other] as const));
}

/** Spans where there are enough, for they say what lies within what. */
function estimate({ source, other, spans, records }: Pair): PairOffset | null {
  for (const [basis, byId] of [["spans", spans] as const, ["records", records] as const]) {
    const offset = offsetOf([...byId.values()].map(together), TOLERANCE[basis]);
    if (offset !== null) return { ...offset, source, other, basis };
  }
  return null;
}

function rowOf(clock: Clock, pathOf: (id: number) => string): Row {
  const { source, reference, offset, low, high, ids, agreement, basis } = clock;
  return {
    sourceId: source,
    path: pathOf(source),
    referenceId: reference,
    referencePath: pathOf(reference),
    offset,
    low,
    high,
    ids,
    agreement,
    basis,
    differs: low > 0 || high < 0,
  };
}
