// What every question asks of every record (time, level, kind, service, segment), resident for the whole case and
// appended to as the writer commits: 3 bytes a record of most logs, and for its place in the list none or two.
// An ordinal is a record's place in these columns: segments in order of their id.
import { FailureError } from "../../../shared/failure.ts";
import { kindCode } from "../../../shared/model/record.ts";
import type { DictionaryColumn } from "../../../shared/model/segment.ts";
import type { CaseReader, SegmentRow } from "../store/protocol.ts";
import { mergeOrders, orderOf } from "./merge-orders.ts";
import { Ordinals } from "./ordinals.ts";
import { PagedCodes } from "./paged-columns.ts";
import { PagedTimes } from "./paged-times.ts";
import { SegmentPlaces } from "./segment-places.ts";
import type { OrderedBy } from "./time-order.ts";

export interface IndexedSegment extends SegmentRow {
  /** Place among the segments of the index. */
  readonly number: number;
  /** Ordinal of its first record. */
  readonly first: number;
}

const SAMPLE = kindCode("sample");
/** Of one byte. */
const MOST_NARROW = 2 ** 8;

export class RecordIndex implements OrderedBy {
  /** Infinity for a record without a time. */
  time = new PagedTimes();
  level = new PagedCodes();
  kind = new PagedCodes();
  /** Index into {@link services}; 0 is none. */
  service = new PagedCodes();
  /** Number of a record's segment. */
  segmentOf = new SegmentPlaces();
  /** Those of {@link known} whose records are in the columns. */
  #segments: IndexedSegment[] = [];
  #known: IndexedSegment[] = [];
  #numberOf = new Map<number, number>();
  #sourceOf: number[] = [];
  #serviceIds = new Map<string, number>();
  #services: (string | null)[] = [null];
  /** Of as many records as were there when it was last asked for. */
  #order = Ordinals.none;
  #orderWithoutSamples: Ordinals | null = null;
  #samples = 0;
  count = 0;
  /** Grows whenever ordinals change their meaning because a source went. */
  epoch = 0;
  /** Grows whenever records came or went. */
  version = 0;

  get segments(): readonly IndexedSegment[] {
    return this.#segments;
  }
  /** All segments of the case, those that are not in the index yet too. */
  get known(): readonly IndexedSegment[] {
    return this.#known;
  }
  /** Records of the case, those that are not in the index yet too. */
  get knownCount(): number {
    return endOf(this.#known.at(-1));
  }
  /** Records of segments that are not in the index yet. */
  get pending(): number {
    return this.knownCount - this.count;
  }
  get sourceOf(): readonly number[] {
    return this.#sourceOf;
  }
  get services(): readonly (string | null)[] {
    return this.#services;
  }
  get samples(): number {
    return this.#samples;
  }
  /** All ordinals in the order of the list. */
  get order(): Ordinals {
    const { length } = this.#order;
    if (length < this.count) {
      const added = this.#segments.filter(({ first }) => first >= length);
      this.#order = mergeOrders(this, this.#order, orderOf(this, added));
    }
    return this.#order;
  }
  /** The same without metric samples; made when somebody asks. */
  get orderWithoutSamples(): Ordinals {
    if (this.#samples === 0) return this.order;
    this.#orderWithoutSamples ??= this.order.filter((ordinal) => this.kind.at(ordinal) !== SAMPLE);
    return this.#orderWithoutSamples;
  }

  segmentAt(ordinal: number): IndexedSegment {
    const segment = this.#segments[this.segmentOf.at(ordinal)];
    if (segment === undefined || ordinal >= this.count)
      throw new RangeError(`there is no record ${ordinal} among ${this.count}`);
    return segment;
  }

  segmentById(id: number): IndexedSegment | undefined {
    return this.#segments[this.#numberOf.get(id) ?? -1];
  }

  /**
   * Takes in what was committed since; `checkpoint` may throw between two segments, and the next call goes on there, as
   * it does where `isLate` ended this one.
   */
  refresh(reader: CaseReader, checkpoint: () => void = () => {}, isLate?: () => boolean): void {
    const rows = reader.segments();
    if (this.#known.some((known, i) => !isSame(known, rows[i]))) this.#clear();
    for (const row of rows.slice(this.#known.length))
      this.#known.push({ ...row, number: this.#known.length, first: this.knownCount });
    this.fill(reader, checkpoint, isLate);
  }

  /** Takes in the segments that are known. */
  fill(reader: CaseReader, checkpoint: () => void, isLate?: () => boolean): void {
    const firstNew = this.count;
    try {
      for (const segment of this.#known.slice(this.#segments.length)) {
        checkpoint();
        if (isLate?.() === true) break;
        this.#append(segment, reader);
      }
    } finally {
      if (this.count > firstNew) {
        this.#orderWithoutSamples = null;
        this.version += 1;
      }
    }
  }

  #append(segment: IndexedSegment, reader: CaseReader): void {
    const { id, number, count, kinds } = segment;
    const columns = reader.columns(id, ["time", "level", "kind", "service"]);
    if (columns.time.length !== count)
      throw new FailureError(
        "damaged-case",
        `Segment ${id} has ${columns.time.length} times for ${count} records; open a copy of the case.`,
      );
    this.time.append(columns.time);
    appendCodes(this.level, columns.level, count);
    appendCodes(this.kind, columns.kind, count);
    this.#appendServices(columns.service, count);
    this.segmentOf.append(count);
    if ((kinds & (1 << SAMPLE)) !== 0) this.#samples += countOf(SAMPLE, columns.kind);
    this.#segments.push(segment);
    this.#numberOf.set(id, number);
    this.#sourceOf.push(segment.sourceId);
    this.count += count;
  }

  #appendServices(column: DictionaryColumn | null, count: number): void {
    if (column === null) {
      this.service.repeat(0, count);
      return;
    }
    const ids = Uint32Array.of(0, ...column.dictionary.map((name) => this.#serviceId(name)));
    const codes = this.#services.length <= MOST_NARROW ? new Uint8Array(count) : new Uint32Array(count);
    for (let row = 0; row < count; row += 1) codes[row] = ids[column.index[row] ?? 0] ?? 0;
    this.service.append(codes);
  }

  #serviceId(name: string): number {
    const known = this.#serviceIds.get(name);
    if (known !== undefined) return known;
    this.#serviceIds.set(name, this.#services.length);
    return this.#services.push(name) - 1;
  }

  #clear(): void {
    this.time = new PagedTimes();
    this.level = new PagedCodes();
    this.kind = new PagedCodes();
    this.service = new PagedCodes();
    this.segmentOf = new SegmentPlaces();
    this.#segments = [];
    this.#known = [];
    this.#numberOf = new Map();
    this.#sourceOf = [];
    this.#serviceIds = new Map();
    this.#services = [null];
    this.#order = Ordinals.none;
    this.#orderWithoutSamples = null;
    this.#samples = 0;
    this.count = 0;
    this.epoch += 1;
    this.version += 1;
  }
}

/** Ordinal behind the last record of a segment. */
export const endOf = (segment: IndexedSegment | undefined): number =>
  segment === undefined ? 0 : segment.first + segment.count;

/** A column that is gone was of nothing but 0. */
function appendCodes(to: PagedCodes, codes: Uint8Array, count: number): void {
  if (codes.length === count) to.append(codes);
  else to.repeat(0, count);
}

function countOf(wanted: number, codes: Uint8Array): number {
  let count = 0;
  for (let row = 0; row < codes.length; row += 1) if (codes[row] === wanted) count += 1;
  return count;
}

/** A cleared source that was read again has new segments, even where an id should come back. */
const isSame = (known: SegmentRow, row: SegmentRow | undefined): boolean =>
  row !== undefined &&
  known.id === row.id &&
  known.sourceId === row.sourceId &&
  known.count === row.count &&
  known.firstTime === row.firstTime &&
  known.lastTime === row.lastTime;
