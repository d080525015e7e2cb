// A read-only connection to a case. It sees every commit of the writer at once, and never the half of one.
import type { SegmentColumns } from "../../../shared/model/segment.ts";
import { FailureError } from "../../../shared/failure.ts";
import { CASE_MIGRATIONS } from "./case-migrations.ts";
import { checkHeader, checkThere } from "./case-file.ts";
import { checksum } from "./compression.ts";
import { damagedCase, guarded } from "./failures.ts";
import { readOverview, type Overview } from "./overview.ts";
import { BLOCK_BYTES, cutRange, decompressBlock, decompressBlockInto } from "./raw-block.ts";
import { prepareSegmentQueries, type SegmentQueries, segmentOf, type BlockRow } from "./segments.ts";
import { decodeColumns, unpacked } from "./segment/codec.ts";
import { PACKED } from "./segment/column-pack.ts";
import { type ColumnRow, type PackQueries, preparePackQueries } from "./shared-packs.ts";
import { SharedColumns } from "./shared-columns.ts";
import { decodeBins } from "./segment/time-bins.ts";
import { listSources, sumSources, type StoredSource } from "./sources.ts";
import { openReader, type Connection } from "./sqlite.ts";
import type { CaseReader, ColumnName, EncodedColumn, RawBlock, RawPlace, SegmentRow, SourceSums } from "./protocol.ts";

/** Blocks kept decompressed, for a page of a list reads the same ones for every row. */
const CACHED_BLOCKS = 16;
/** Packs kept decompressed, of 32 KiB at most: whoever asks for one column of a segment mostly asks for others next. */
const CACHED_PACKS = 64;
/** Texts that small sources share, of some 64 KiB. */
const CACHED_TEXTS = 64;
/** Far more than is written; a length that lies must not make anybody reserve what was never written. */
const LARGEST_BLOCK = 64 * BLOCK_BYTES;

/** Also hands out its connection, for the typed functions over events, traces, anomalies and dead letters. */
export interface OpenCaseReader extends CaseReader {
  readonly db: Connection;
  sources(): readonly StoredSource[];
}

/** Fails with "not-a-case", "newer-case", "older-case", "damaged-case" or "unreadable". */
export function openCaseReader(file: string): OpenCaseReader {
  return guarded(file, () => {
    checkThere(file);
    const db = openReader(file);
    try {
      const version = checkHeader(db, file, CASE_MIGRATIONS);
      if (version < CASE_MIGRATIONS.length) {
        throw new FailureError(
          "older-case",
          `${file} was written by an older Faultline. Open it for writing once to bring it up to date.`,
        );
      }
      return new Reader(file, db);
    } catch (thrown) {
      db.close();
      throw thrown;
    }
  });
}

class Reader implements OpenCaseReader {
  readonly db: Connection;
  readonly #file: string;
  readonly #queries: SegmentQueries;
  readonly #revision;
  readonly #title;
  readonly #blocks = new Map<number, Uint8Array>();
  readonly #packs = new Map<number, readonly EncodedColumn[]>();
  readonly #packQueries: PackQueries;
  readonly #shared: SharedColumns;
  readonly #texts = new Map<number, Uint8Array>();

  constructor(file: string, db: Connection) {
    this.#file = file;
    this.db = db;
    this.#queries = prepareSegmentQueries(db);
    const packs = preparePackQueries(db);
    this.#packQueries = packs;
    this.#shared = new SharedColumns(
      (packId) => packs.rows.get(packId)?.rows ?? 0,
      (packId, names) => {
        const whole = packs.column.get(packId, PACKED);
        if (whole !== undefined) return unpacked(checked(whole)).filter(({ column }) => names.includes(column));
        return names.flatMap((name) => packs.column.all(packId, name).map(checked));
      },
    );
    this.#revision = db.prepare<[], { revision: number }>(`SELECT revision FROM case_info`);
    this.#title = db.prepare<[], { title: string }>(`SELECT title FROM case_info`);
  }

  revision(): number {
    return guarded(this.#file, () => this.#revision.get()?.revision ?? 0);
  }

  title(): string {
    return guarded(this.#file, () => this.#title.get()?.title ?? "");
  }

  sources(): readonly StoredSource[] {
    return guarded(this.#file, () => listSources(this.db));
  }

  sourceSums(): SourceSums {
    return guarded(this.#file, () => sumSources(this.db));
  }

  segments(after = 0): readonly SegmentRow[] {
    return guarded(this.#file, () => this.#queries.segments.all(after).map(segmentOf));
  }

  timeBins(after = 0): ReturnType<CaseReader["timeBins"]> {
    return guarded(this.#file, () =>
      this.#queries.bins.all(after).map(({ segmentId, ...encoded }) => ({
        segmentId,
        samples: encoded.samples,
        decode: () => {
          try {
            return decodeBins(encoded);
          } catch (cause) {
            const what = cause instanceof Error ? cause.message : String(cause);
            throw damagedCase(this.#file, `segment ${segmentId}, its counts ${what}`, cause);
          }
        },
      })),
    );
  }

  overview(): Overview | null {
    return guarded(this.#file, () => readOverview(this.db));
  }

  columns(segmentId: number, names?: readonly ColumnName[]): SegmentColumns {
    return guarded(this.#file, () => {
      const segment = this.#queries.place.get(segmentId);
      if (segment === undefined) throw new FailureError("not-found", `${this.#file} has no segment ${segmentId}.`);
      try {
        const { count, packId, row } = segment;
        if (packId !== null) return this.#shared.columns({ packId, row: row ?? 0, count }, names);
        return decodeColumns(segment.count, this.#encoded(segmentId, names));
      } catch (cause) {
        const what = cause instanceof Error ? cause.message : String(cause);
        throw damagedCase(this.#file, `segment ${segmentId}, ${what}`, cause);
      }
    });
  }

  #encoded(segmentId: number, names?: readonly ColumnName[]): readonly EncodedColumn[] {
    const packed = this.#packed(segmentId);
    if (packed !== null) {
      return names === undefined ? packed : packed.filter(({ column }) => names.some((name) => name === column));
    }
    if (names === undefined) return this.#queries.columns.all(segmentId).map(checked);
    return names.flatMap((name) => this.#queries.column.all(segmentId, name).map(checked));
  }

  /** The columns of a small segment, which are read one by one, but decompressed together; null of a larger one. */
  #packed(segmentId: number): readonly EncodedColumn[] | null {
    const kept = this.#packs.get(segmentId);
    if (kept !== undefined) return kept;
    const row = this.#queries.column.get(segmentId, PACKED);
    if (row === undefined) return null;
    const columns = unpacked(checked(row));
    keep(this.#packs, segmentId, columns, CACHED_PACKS);
    return columns;
  }

  raw(sourceId: number, offset: number, length: number): Uint8Array {
    return guarded(this.#file, () => cutRange(this.#range(sourceId, offset, offset + length), offset, length));
  }

  rawBlocks(
    sourceId: number,
    from = 0,
    to = Number.MAX_SAFE_INTEGER,
  ): Iterable<{ readonly offset: number; readonly bytes: Uint8Array }> {
    return this.#range(sourceId, from, to);
  }

  *#range(
    sourceId: number,
    from: number,
    to: number,
  ): Generator<{ readonly offset: number; readonly bytes: Uint8Array }> {
    if (from >= to) return;
    for (const { id, offset } of this.rawPlaces(sourceId, from, to)) {
      const bytes = guarded(this.#file, () => this.#block(id));
      if (bytes !== null) yield { offset, bytes };
    }
  }

  rawPlaces(sourceId: number, from: number, to: number): readonly RawPlace[] {
    const places = guarded(this.#file, () => this.#queries.blockPlaces.all({ sourceId, from, to }));
    const wrong = places.find(({ length }) => length < 0 || length > LARGEST_BLOCK);
    if (wrong === undefined) return places;
    const what = `the text of source ${sourceId} at byte ${wrong.offset} says that it is ${wrong.length} bytes long`;
    throw damagedCase(this.#file, what);
  }

  rawInto({ id }: RawPlace, target: Uint8Array): boolean {
    return guarded(this.#file, () => {
      const row = this.#queries.block.get(id);
      if (row === undefined) return false;
      this.#checked(row, () => {
        const shared = this.#sharedText(row);
        if (shared === null) decompressBlockInto(blockOf(row), target);
        else target.set(shared);
      });
      return true;
    });
  }

  /** Null when the source was cleared meanwhile. */
  #block(id: number): Uint8Array | null {
    const cached = this.#blocks.get(id);
    if (cached !== undefined) return cached;
    const row = this.#queries.block.get(id);
    if (row === undefined) return null;
    const bytes = this.#checked(row, () => this.#sharedText(row) ?? decompressBlock(blockOf(row)));
    keep(this.#blocks, id, bytes, CACHED_BLOCKS);
    return bytes;
  }

  /** The bytes of a block in the text that it shares with others; null of a block that has bytes of its own. */
  #sharedText({ pack_id: id, pack_offset: at, byte_length: length }: BlockRow): Uint8Array | null {
    if (id === null || at === null) return null;
    const text = this.#texts.get(id) ?? this.#packedText(id);
    keep(this.#texts, id, text, CACHED_TEXTS);
    if (at < 0 || at + length > text.length)
      throw new RangeError(`it lies at bytes ${at} to ${at + length} of ${text.length}`);
    return text.subarray(at, at + length);
  }

  #packedText(id: number): Uint8Array {
    const row = this.#packQueries.text.get(id);
    if (row === undefined) throw new RangeError(`it lies in pack ${id}, which is not there`);
    const { byte_length: length, codec, data, checksum: expected } = row;
    if (length < 0 || length > LARGEST_BLOCK) throw new RangeError(`its pack says that it is ${length} bytes long`);
    if (checksum(data) !== expected) throw new RangeError("its checksum is wrong");
    return decompressBlock({ offset: 0, length, codec, data });
  }

  #checked<T>({ source_id, byte_offset, data, checksum: expected }: BlockRow, read: () => T): T {
    try {
      if (checksum(data) !== expected) throw new RangeError("its checksum is wrong");
      return read();
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : String(cause);
      throw damagedCase(
        this.#file,
        `the text of source ${source_id} at byte ${byte_offset} cannot be read, ${what}`,
        cause,
      );
    }
  }

  [Symbol.dispose](): void {
    this.#blocks.clear();
    this.#packs.clear();
    this.#texts.clear();
    this.#shared.clear();
    this.db.close();
  }
}

/** The one that was kept longest makes room. */
function keep<T>(kept: Map<number, T>, id: number, value: T, most: number): void {
  kept.delete(id);
  const oldest = kept.keys().next();
  if (kept.size >= most && oldest.done !== true) kept.delete(oldest.value);
  kept.set(id, value);
}

const blockOf = ({ byte_offset, byte_length, codec, data }: BlockRow): RawBlock => ({
  offset: byte_offset,
  length: byte_length,
  codec,
  data,
});

function checked({ name, codec, checksum: expected, data }: ColumnRow): EncodedColumn {
  if (checksum(data) !== expected) throw new RangeError(`column ${name} has a wrong checksum`);
  return { column: name, codec, data };
}
