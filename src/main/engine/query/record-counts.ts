// How many records each service, level, kind and segment has. Of a whole case, which the window shows while it grows, each
// record is counted once: counting a million anew takes a tenth of a second of every look at it.
import { kindCode, RECORD_KINDS } from "../../../shared/model/record.ts";
import { SEVERITY_OF_LEVEL } from "../../../shared/model/level.ts";
import { PART, RunPiece } from "./ordinal-pieces.ts";
import { Ordinals, OrdinalsBuilder } from "./ordinals.ts";
import { codeIn, pageOf, placeInPage } from "./paged-columns.ts";
import { endOf, type RecordIndex } from "./record-index.ts";

const SAMPLE = kindCode("sample");
/** As `kinds` of a segment tells them. */
const SAMPLES = 1 << SAMPLE;

export class RecordCounts {
  /** By index into the services of the index, of which the first is none. */
  byService = new Uint32Array(0);
  /** By number of the segment. */
  bySegment = new Uint32Array(0);
  readonly byLevel = new Uint32Array(SEVERITY_OF_LEVEL.length);
  readonly byKind = new Uint32Array(RECORD_KINDS.length);

  static of(index: RecordIndex, ordinals: Ordinals): RecordCounts {
    const counts = new RecordCounts();
    counts.add(index, ordinals);
    return counts;
  }

  add(index: RecordIndex, ordinals: Ordinals): void {
    this.byService = lengthened(this.byService, index.services.length);
    this.bySegment = lengthened(this.bySegment, index.segments.length);
    const room = new Uint32Array(PART);
    for (const piece of ordinals.pieces(0, ordinals.length)) {
      if (piece instanceof RunPiece) this.#addRun(index, piece.first, piece.first + piece.count);
      else {
        piece.copy(room, 0, piece.count);
        this.#addEach(index, room.subarray(0, piece.count));
      }
    }
  }

  /** Of ordinals `from` … `end` − 1. */
  #addRun(index: RecordIndex, from: number, end: number): void {
    index.service.count(from, end, this.byService);
    index.level.count(from, end, this.byLevel);
    index.kind.count(from, end, this.byKind);
    for (let at = from; at < end;) {
      const number = index.segmentOf.at(at);
      const stop = Math.min(end, endOf(index.segments[number]));
      count(this.bySegment, number, stop - at);
      at = stop;
    }
  }

  #addEach(index: RecordIndex, ordinals: Uint32Array): void {
    const { byService, bySegment, byLevel, byKind } = this;
    let page = -1;
    let [service, level, kind] = pagesAt(index, 0);
    let segment = -1;
    let first = 0;
    let end = 0;
    for (const ordinal of ordinals) {
      if (pageOf(ordinal) !== page) {
        page = pageOf(ordinal);
        [service, level, kind] = pagesAt(index, ordinal);
      }
      if (ordinal < first || ordinal >= end) {
        segment = index.segmentOf.at(ordinal);
        first = index.segments[segment]?.first ?? 0;
        end = endOf(index.segments[segment]);
      }
      const place = placeInPage(ordinal);
      count(byService, codeIn(service, place));
      count(byLevel, codeIn(level, place));
      count(byKind, codeIn(kind, place));
      count(bySegment, segment);
    }
  }
}

/** The counts of all records of a case, with and without its metric samples. */
export class WholeCounts {
  readonly #index: RecordIndex;
  #epoch = -1;
  #withSamples = new Counted();
  #withoutSamples = new Counted();

  constructor(index: RecordIndex) {
    this.#index = index;
  }

  /** Of the records that the index holds now. */
  of(hasSamples: boolean): RecordCounts {
    const { epoch } = this.#index;
    if (epoch !== this.#epoch) {
      this.#withSamples = new Counted();
      this.#withoutSamples = new Counted();
      this.#epoch = epoch;
    }
    return hasSamples
      ? this.#withSamples.upTo(this.#index, (from) => Ordinals.between(from, this.#index.count))
      : this.#withoutSamples.upTo(this.#index, (from) => withoutSamples(this.#index, from));
  }
}

/** Counts of the first records of an index, as many as were there when it was last asked for. */
class Counted {
  readonly #counts = new RecordCounts();
  #end = 0;

  /** `counted` are those to count of the records `from` … */
  upTo(index: RecordIndex, counted: (from: number) => Ordinals): RecordCounts {
    this.#counts.add(index, counted(this.#end));
    this.#end = index.count;
    return this.#counts;
  }
}

/** Of the segments that begin at `from` or later: nearly all hold samples alone, or none. */
function withoutSamples({ segments, kind }: RecordIndex, from: number): Ordinals {
  const builder = new OrdinalsBuilder();
  for (const segment of segments) {
    if (segment.first < from || segment.kinds === SAMPLES) continue;
    const own = Ordinals.between(segment.first, endOf(segment));
    const hasSamples = (segment.kinds & SAMPLES) !== 0;
    builder.share(hasSamples ? own.filter((ordinal) => kind.at(ordinal) !== SAMPLE) : own);
  }
  return builder.finish();
}

const pagesAt = ({ service, level, kind }: RecordIndex, ordinal: number) =>
  [service.page(ordinal), level.page(ordinal), kind.page(ordinal)] as const;

const count = (counts: Uint32Array, at: number, by = 1): void => {
  counts[at] = (counts[at] ?? 0) + by;
};

function lengthened(counts: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (length <= counts.length) return counts;
  const longer = new Uint32Array(length);
  longer.set(counts);
  return longer;
}
