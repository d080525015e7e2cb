// Which ids stand in records of more than one source, and from when to when, by the clock of each.
import { kindCode } from "../../../../shared/model/record.ts";
import { entriesOf, entryAt } from "../../../../shared/model/segment.ts";
import { sampledCodes, ownText, ServiceNumbers, type StoredRows } from "./stored-rows.ts";

const SPAN = kindCode("span");
const SAMPLE = kindCode("sample");
export const ID_COLUMNS = ["traceId", "requestId", "correlationId"] as const;

/** Of one id in one source; microseconds, −Infinity and Infinity where there is none. */
export interface Extent {
  readonly source: number;
  first: number;
  last: number;
  /** The same of its spans alone, their ends included. */
  spansFrom: number;
  spansTo: number;
}

/** One a source. */
export type Extents = readonly Extent[];

const emptyExtent = (source: number): Extent => ({
  source,
  first: Infinity,
  last: -Infinity,
  spansFrom: Infinity,
  spansTo: -Infinity,
});

/**
 * Extents of the ids of a column by source; just those in two sources at least. With `byService` an id is one of one
 * service: what a service writes stands in its own spans, and in those of another perhaps not.
 */
export function sharedIds(
  { segments, reader }: StoredRows,
  name: (typeof ID_COLUMNS)[number],
  byService: boolean,
  checkpoint: () => void,
): Map<string, Extents> {
  const found = new Map<string, Extent[]>();
  const services = new ServiceNumbers();
  let distinct = 0;
  const holding = segments.filter(({ id }) => {
    checkpoint();
    const ids = reader.columns(id, [name])[name];
    distinct += ids === null ? 0 : entriesOf(ids);
    return ids !== null;
  });
  const step = Math.max(1, Math.ceil(distinct / MOST_LOOKED_AT));
  for (const segment of holding) {
    checkpoint();
    const columns = reader.columns(segment.id, [name, "time", "kind", "duration", "service"]);
    const ids = columns[name];
    if (ids === null) continue;
    const isLookedAt = sampledCodes(ids, step);
    const serviceOf = services.of(columns.service);
    const extents = new Map<number, Extent>();
    const numbers = byService ? services.size : 1;
    for (let row = 0; row < segment.count; row += 1) {
      const code = ids.index[row] ?? 0;
      if (isLookedAt[code] !== 1) continue;
      const time = columns.time[row] ?? Number.NaN;
      const kind = columns.kind[row];
      const service = byService ? serviceOf(row) : 0;
      if (Number.isNaN(time) || kind === SAMPLE || (byService && service === 0)) continue;
      const key = code * numbers + service;
      let extent = extents.get(key);
      if (extent === undefined) extents.set(key, (extent = emptyExtent(segment.sourceId)));
      if (kind === SPAN) {
        const took = columns.duration?.[row] ?? 0;
        extent.spansFrom = Math.min(extent.spansFrom, time);
        extent.spansTo = Math.max(extent.spansTo, time + (took > 0 ? took : 0));
      } else {
        extent.first = Math.min(extent.first, time);
        extent.last = Math.max(extent.last, time);
      }
    }
    for (const [key, extent] of extents) {
      const id = entryAt(ids, Math.floor(key / numbers) - 1);
      const whose = byService ? `${id} ${key % numbers}` : id;
      const known = found.get(whose);
      // A source's segments mostly follow each other.
      const at = known?.findLastIndex(({ source }) => source === segment.sourceId) ?? -1;
      const own = known?.[at];
      if (known === undefined) found.set(ownText(whose), [extent]);
      else if (own === undefined) known.push(extent);
      else known[at] = joined(own, extent);
    }
  }
  for (const [id, extents] of found) if (extents.length < 2) found.delete(id);
  return found;
}

/** Ids that are looked at of all: a sample by their own text, so that every source shows the same ones. */
const MOST_LOOKED_AT = 60_000;

const joined = (a: Extent, b: Extent): Extent => ({
  source: a.source,
  first: Math.min(a.first, b.first),
  last: Math.max(a.last, b.last),
  spansFrom: Math.min(a.spansFrom, b.spansFrom),
  spansTo: Math.max(a.spansTo, b.spansTo),
});

/** What the times of a source are whole numbers of, microseconds: a source that writes minutes says nothing of seconds. */
const STEPS = [60_000_000, 1_000_000, 100_000, 10_000, 1_000] as const;
/** Records that are looked at for it, from the beginning. */
const LOOKED_AT = 10_000;

export function resolutions({ segments, reader }: StoredRows): Map<number, number> {
  const steps = new Map<number, number>();
  const looked = new Map<number, number>();
  for (const { id, sourceId, count } of segments) {
    let at = steps.get(sourceId) ?? 0;
    let left = looked.get(sourceId) ?? LOOKED_AT;
    if (left === 0) continue;
    const times = reader.columns(id, ["time"]).time;
    for (let row = 0; row < count && left > 0; row += 1, left -= 1) {
      const time = times[row] ?? Number.NaN;
      if (Number.isNaN(time)) continue;
      const fitting = STEPS.findIndex((step, place) => place >= at && time % step === 0);
      at = fitting === -1 ? STEPS.length : fitting;
    }
    steps.set(sourceId, at);
    looked.set(sourceId, left);
  }
  return new Map([...steps].map(([source, at]) => [source, STEPS[at] ?? 1]));
}
