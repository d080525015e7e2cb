// The counts of a whole case by time and level, kept in one row. They are a copy of what the segments say: one that is
// damaged or out of date is passed over, and made anew.
import { checksum } from "./compression.ts";
import { decodeBins, type EncodedBins, type TimeBins } from "./segment/time-bins.ts";
import { prepared, type Connection } from "./sqlite.ts";

/** Which segments are counted: all with an id up to `lastSegment`, which are `segments` many. */
export interface Covered {
  readonly lastSegment: number;
  readonly segments: number;
}

export interface Overview extends Covered {
  readonly bins: TimeBins;
}

export interface EncodedOverview extends Covered {
  readonly bins: EncodedBins;
}

type OverviewRow = Covered & EncodedBins & { readonly checksum: number };

/** Null where there is none, or one that cannot be read. */
export function readOverview(db: Connection): Overview | null {
  const row = prepared<[], OverviewRow>(
    db,
    `SELECT last_segment AS lastSegment, segments, micros, first_bin AS first, samples, codec, bytes, checksum, data
       FROM overview`,
  ).get();
  if (row === undefined) return null;
  const { lastSegment, segments, checksum: expected, ...encoded } = row;
  if (checksum(encoded.data) !== expected) return null;
  try {
    return { lastSegment, segments, bins: decodeBins(encoded) };
  } catch {
    return null;
  }
}

export function writeOverview(db: Connection, { lastSegment, segments, bins }: EncodedOverview): void {
  prepared<[number, number, number, number, number, string, number, number, Uint8Array]>(
    db,
    `INSERT OR REPLACE INTO overview (id, last_segment, segments, micros, first_bin, samples, codec, bytes, checksum, data)
       VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    lastSegment,
    segments,
    bins.micros,
    bins.first,
    bins.samples,
    bins.codec,
    bins.bytes,
    checksum(bins.data),
    bins.data,
  );
}
