// How far the clocks of the sources of a case differ, from the ids that their records share.
import type { CallOutput } from "../../../../shared/contract.ts";
import { clocksOf, type Clock, type PairOffset } from "../../correlation/clocks.ts";
import { boundOf, boundWithin, offsetOf, together, type Bound, type Stretch } from "../../correlation/skew.ts";
import type { OpenCase } from "../open-case.ts";
import type { QueryContext } from "../query-context.ts";
import type { RecordIndex } from "../record-index.ts";
import { ID_COLUMNS, resolutions, sharedIds, type Extent, type ExtentsBySource } from "./shared-ids.ts";
import { childrenWithin, recordsWithin } from "./span-bounds.ts";

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

/** One a case, for an index belongs to one. */
const kept = new WeakMap<RecordIndex, { readonly version: number; readonly clocks: readonly Clock[] }>();

export function listClocks(open: OpenCase, checkpoint: () => void): CallOutput<"clocks.list"> {
  let known = kept.get(open.index);
  if (known === undefined || known.version !== open.index.version) {
    known = { version: open.index.version, clocks: clocksOf(pairsOf(open, checkpoint)) };
    kept.set(open.index, known);
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

function pairsOf(open: QueryContext, checkpoint: () => void): PairOffset[] {
  const steps = resolutions(open);
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

  const traces = sharedIds(open, "traceId", false, checkpoint);
  if (traces.size > 0) {
    childrenWithin(open, within, checkpoint);
    recordsWithin(open, (id) => traces.has(id), within, checkpoint);
    for (const [whose, bySource] of sharedIds(open, "traceId", true, checkpoint)) {
      const id = whose.slice(0, whose.lastIndexOf(" "));
      for (const [one, other] of pairsIn(bySource))
        if (pairs.get(`${one[0]} ${other[0]}`)?.spans.has(id) !== true) spanBounds(id, one, other);
    }
  }
  for (const name of ID_COLUMNS) {
    const ids = name === "traceId" ? traces : sharedIds(open, name, false, checkpoint);
    for (const [id, bySource] of ids)
      for (const [one, other] of pairsIn(bySource)) recordBounds(`${name} ${id}`, one, other);
  }
  checkpoint();
  return [...pairs.values()].flatMap((pair) => estimate(pair) ?? []);

  function spanBounds(id: string, [source, a]: Entry, [other, b]: Entry): void {
    const [spansOfA, spansOfB] = [spanStretch(a), spanStretch(b)];
    const [recordsOfA, recordsOfB] = [recordStretch(a), recordStretch(b)];
    if (spansOfA !== null && spansOfB !== null) add(id, [source, other], boundOf(spansOfA, spansOfB), "spans");
    else if (spansOfB !== null && recordsOfA !== null) within(id, source, recordsOfA, other, spansOfB);
    else if (spansOfA !== null && recordsOfB !== null) within(id, other, recordsOfB, source, spansOfA);
  }

  function recordBounds(id: string, [source, a]: Entry, [other, b]: Entry): void {
    const [of, and] = [recordStretch(a), recordStretch(b)];
    if (of === null || and === null) return;
    add(id, [source, other], boundOf(longer(of, stepOf(source)), longer(and, stepOf(other))), "records");
  }
}

const longer = ({ start, end }: Stretch, by: number): Stretch => ({ start, end: end + by });
const recordStretch = ({ first, last }: Extent): Stretch | null => (first > last ? null : { start: first, end: last });
const spanStretch = ({ spansFrom, spansTo }: Extent): Stretch | null =>
  spansFrom > spansTo ? null : { start: spansFrom, end: spansTo };

type Entry = readonly [source: number, extent: Extent];

/** Of ascending sources. */
function pairsIn(bySource: ExtentsBySource): (readonly [Entry, Entry])[] {
  const entries = [...bySource].sort(([a], [b]) => a - b).slice(0, MOST_SOURCES);
  return entries.flatMap((one, at) => entries.slice(at + 1).map((other) => [one, other] as const));
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
