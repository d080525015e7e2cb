// The bytes of a segment's records, block after block, for whoever looks at many of them. Blocks that hold none of the
// records asked for are not read; a record that goes on in the next block is joined.
import type { CaseReader } from "../store/protocol.ts";
import type { ColumnCache } from "./segment-columns.ts";

/** One record's bytes lie at `start … end` of `bytes`; cut short where the stored text ends before. */
export type VisitRecord = (row: number, start: number, end: number) => void;
/** Called once for every stretch of text, before its records are visited. */
export type VisitText = (bytes: Buffer) => VisitRecord;

/** Records further apart than this are read as separate stretches. */
const GAP_BYTES = 512 * 1024;

interface Places {
  readonly offset: Float64Array;
  readonly length: Uint32Array;
}

/** Visits the rows that are set in `mask`, in the order of their offset. */
export function visitText(
  reader: CaseReader,
  columns: ColumnCache,
  segment: { readonly id: number; readonly sourceId: number },
  mask: Uint8Array,
  checkpoint: () => void,
  visit: VisitText,
): void {
  const places = { offset: columns.get(segment.id, "offset"), length: columns.get(segment.id, "length") };
  const rows = rowsByOffset(mask, places.offset);
  let from = 0;
  while (from < rows.length) {
    let end = endOf(places, rows[from] ?? 0);
    let to = from + 1;
    while (to < rows.length && (places.offset[rows[to] ?? 0] ?? 0) <= end + GAP_BYTES) {
      end = Math.max(end, endOf(places, rows[to] ?? 0));
      to += 1;
    }
    const begin = places.offset[rows[from] ?? 0] ?? 0;
    visitStretch(reader.rawBlocks(segment.sourceId, begin, end), places, rows.subarray(from, to), checkpoint, visit);
    from = to;
  }
}

function visitStretch(
  blocks: Iterable<{ readonly offset: number; readonly bytes: Uint8Array }>,
  places: Places,
  rows: Uint32Array,
  checkpoint: () => void,
  visit: VisitText,
): void {
  let parts: Uint8Array[] = [];
  let base = 0;
  let end = 0;
  let next = 0;
  const show = (bytes: Buffer, stop: number): void => {
    const visitRecord = visit(bytes);
    for (; next < stop; next += 1) {
      const row = rows[next] ?? 0;
      const start = (places.offset[row] ?? 0) - base;
      visitRecord(row, Math.min(start, bytes.length), Math.min(start + (places.length[row] ?? 0), bytes.length));
    }
  };
  for (const block of blocks) {
    checkpoint();
    const waiting = rows[next];
    if (waiting === undefined) return;
    if (parts.length === 0) base = block.offset;
    end = block.offset + block.bytes.length;
    if (end <= startOf(places, waiting)) {
      parts = [];
      continue;
    }
    parts.push(block.bytes);
    if (endOf(places, waiting) > end) continue;
    if (parts.length > 1) {
      // Only what goes on from the block before is copied together; the rest is looked at where it lies.
      let stop = next;
      let reach = block.offset;
      for (; stop < rows.length && startOf(places, rows[stop] ?? 0) < block.offset; stop += 1) {
        if (endOf(places, rows[stop] ?? 0) > end) break;
        reach = Math.max(reach, endOf(places, rows[stop] ?? 0));
      }
      const head = block.bytes.subarray(0, reach - block.offset);
      if (stop > next) show(joined([...parts.slice(0, -1), head]), stop);
      if (startOf(places, rows[next] ?? -1) >= block.offset) {
        parts = [block.bytes];
        base = block.offset;
      }
    }
    let stop = next;
    while (stop < rows.length && endOf(places, rows[stop] ?? 0) <= end) stop += 1;
    const bytes = joined(parts);
    if (stop > next) show(bytes, stop);
    const kept = next < rows.length ? Math.max(0, startOf(places, rows[next] ?? 0) - base) : bytes.length;
    parts = kept < bytes.length ? [bytes.subarray(kept)] : [];
    base += kept;
  }
  // The text ends before these records do: a source that was cleared meanwhile, or damage.
  const bytes = joined(parts);
  if (parts.length === 0) base = places.offset[rows[next] ?? -1] ?? 0;
  if (next < rows.length) show(bytes, rows.length);
}

function joined(parts: readonly Uint8Array[]): Buffer {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return Buffer.from(only.buffer, only.byteOffset, only.byteLength);
  return Buffer.concat(parts);
}

const startOf = ({ offset }: Places, row: number): number => offset[row] ?? Infinity;
const endOf = ({ offset, length }: Places, row: number): number => (offset[row] ?? 0) + (length[row] ?? 0);

/** The rows that are set in `mask`. Formats write records in the order of their offset, nearly always. */
export function rowsByOffset(mask: Uint8Array, offset: Float64Array): Uint32Array {
  const rows = new Uint32Array(mask.length);
  let count = 0;
  let last = -Infinity;
  let sorted = true;
  for (let row = 0; row < mask.length; row += 1) {
    if (mask[row] === 0) continue;
    const at = offset[row] ?? 0;
    if (at < last) sorted = false;
    last = at;
    rows[count] = row;
    count += 1;
  }
  const found = rows.subarray(0, count);
  return sorted ? found : found.sort((a, b) => (offset[a] ?? 0) - (offset[b] ?? 0));
}
