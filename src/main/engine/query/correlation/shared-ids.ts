// Which ids stand in records of more than one source, and from when to when, by the clock of each.
import { kindCode } from "../../../../shared/model/record.ts";
import { entriesOf, entryTexts } from "../../../../shared/model/segment.ts";
import type { QueryContext } from "../query-context.ts";

const SPAN = kindCode("span");
const SAMPLE = kindCode("sample");
export const ID_COLUMNS = ["traceId", "requestId", "correlationId"] as const;

/** Of one id in one source; microseconds, −Infinity and Infinity where there is none. */
export interface Extent {
  first: number;
  last: number;
  /** The same of its spans alone, their ends included. */
  spansFrom: number;
  spansTo: number;
}

export type ExtentsBySource = ReadonlyMap<number, Extent>;

const emptyExtent = (): Extent => ({ first: Infinity, last: -Infinity, spansFrom: Infinity, spansTo: -Infinity });

/**
 * Extents of the ids of a column by source; just those in two sources at least. With `byService` an id is one of one
 * service: what a service writes stands in its own spans, and in those of another perhaps not.
 */
export function sharedIds(
  { index, columns }: QueryContext,
  name: (typeof ID_COLUMNS)[number],
  byService: boolean,
  checkpoint: () => void,
): Map<string, ExtentsBySource> {
  const found = new Map<string, Map<number, Extent>>();
  let distinct = 0;
  for (const segment of index.segments) {
    checkpoint();
    const ids = columns.get(segment.id, name);
    if (ids !== null) distinct += entriesOf(ids);
  }
  const step = Math.max(1, Math.ceil(distinct / MOST_LOOKED_AT));
  for (const segment of index.segments) {
    checkpoint();
    const ids = columns.get(segment.id, name);
    if (ids === null) continue;
    const texts = entryTexts(ids);
    const isLookedAt = Uint8Array.from([0, ...texts.map((id) => (hashOf(id) % step === 0 ? 1 : 0))]);
    const durations = columns.get(segment.id, "duration");
    const extents = new Map<number, Extent>();
    const services = byService ? index.services.length : 1;
    for (let row = 0; row < segment.count; row += 1) {
      const code = ids.index[row] ?? 0;
      if (isLookedAt[code] !== 1) continue;
      const ordinal = segment.first + row;
      const time = index.time.at(ordinal);
      const kind = index.kind.at(ordinal);
      const service = byService ? index.service.at(ordinal) : 0;
      if (time === Infinity || kind === SAMPLE || (byService && service === 0)) continue;
      const key = code * services + service;
      let extent = extents.get(key);
      if (extent === undefined) extents.set(key, (extent = emptyExtent()));
      if (kind === SPAN) {
        const took = durations?.[row] ?? 0;
        extent.spansFrom = Math.min(extent.spansFrom, time);
        extent.spansTo = Math.max(extent.spansTo, time + (took > 0 ? took : 0));
      } else {
        extent.first = Math.min(extent.first, time);
        extent.last = Math.max(extent.last, time);
      }
    }
    for (const [key, extent] of extents) {
      const id = texts[Math.floor(key / services) - 1];
      if (id === undefined) continue;
      const whose = byService ? `${id} ${key % services}` : id;
      const bySource = found.get(whose) ?? new Map<number, Extent>();
      found.set(whose, bySource);
      const known = bySource.get(segment.sourceId);
      bySource.set(segment.sourceId, known === undefined ? extent : joined(known, extent));
    }
  }
  for (const [id, bySource] of found) if (bySource.size < 2) found.delete(id);
  return found;
}

/** Ids that are looked at of all: a sample by their own text, so that every source shows the same ones. */
const MOST_LOOKED_AT = 60_000;

/** FNV-1a over the end, where ids differ. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = Math.max(0, id.length - 12); at < id.length; at += 1)
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

const joined = (a: Extent, b: Extent): Extent => ({
  first: Math.min(a.first, b.first),
  last: Math.max(a.last, b.last),
  spansFrom: Math.min(a.spansFrom, b.spansFrom),
  spansTo: Math.max(a.spansTo, b.spansTo),
});

/** What the times of a source are whole numbers of, microseconds: a source that writes minutes says nothing of seconds. */
const STEPS = [60_000_000, 1_000_000, 100_000, 10_000, 1_000] as const;
/** Records that are looked at for it, from the beginning. */
const LOOKED_AT = 10_000;

export function resolutions({ index }: QueryContext): Map<number, number> {
  const steps = new Map<number, number>();
  const looked = new Map<number, number>();
  for (const segment of index.segments) {
    const { sourceId } = segment;
    let at = steps.get(sourceId) ?? 0;
    let left = looked.get(sourceId) ?? LOOKED_AT;
    for (let row = 0; row < segment.count && left > 0; row += 1, left -= 1) {
      const time = index.time.at(segment.first + row);
      if (time === Infinity) continue;
      const fitting = STEPS.findIndex((step, place) => place >= at && time % step === 0);
      at = fitting === -1 ? STEPS.length : fitting;
    }
    steps.set(sourceId, at);
    looked.set(sourceId, left);
  }
  return new Map([...steps].map(([source, at]) => [source, STEPS[at] ?? 1]));
}
