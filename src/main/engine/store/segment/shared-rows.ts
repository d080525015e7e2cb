/**
 * Rows of many small sources in one builder: each source has segments of its own, which are places in the rows of all, and
 * the columns of all are encoded and compressed at once.
 */
import { SEGMENT_CAPACITY } from "../../../../shared/model/segment.ts";
import type { EncodedSegment, PackedRows } from "../protocol.ts";
import type { SegmentBuilder } from "./builder.ts";

/** Rows beyond which the next source begins another pack, so that it has room. */
const ENOUGH_ROWS = SEGMENT_CAPACITY / 2;

export class SharedRows implements Pick<SegmentBuilder, "count" | "full" | "add" | "encode" | "clear"> {
  readonly #builder: SegmentBuilder;
  readonly #packs: (PackedRows | null)[] = [];
  /** Rows of sources that were kept. */
  #kept = 0;
  /** The first row of the segment that is being filled. */
  #begun = 0;

  /** Nothing else uses the builder meanwhile. */
  constructor(builder: SegmentBuilder) {
    builder.clear();
    this.#builder = builder;
  }

  get count(): number {
    return this.#builder.count - this.#begun;
  }

  /** No source of a lot is that long, or it is not read in a lot. */
  get full(): boolean {
    return this.#builder.full;
  }

  add(...row: Parameters<SegmentBuilder["add"]>): void {
    this.#builder.add(...row);
  }

  encode(): EncodedSegment {
    const shared = { pack: this.#packs.length, at: this.#begun };
    return { ...this.#builder.summary(this.#begun), columns: [], shared };
  }

  clear(): void {
    this.#begun = this.#builder.count;
  }

  /** A source begins, or begins again: what came since the last that was kept goes. */
  rewind(): void {
    this.#builder.truncate(this.#kept);
    if (this.#kept >= ENOUGH_ROWS || this.#builder.full) this.#cut();
    this.#begun = this.#kept;
  }

  /** The source is to be stored as it is now. */
  keep(): void {
    this.#kept = this.#builder.count;
  }

  /** All packs; null for one that cannot be stored, nor what lies in it. */
  take(): readonly (PackedRows | null)[] {
    this.rewind();
    if (this.#kept > 0) this.#cut();
    return this.#packs;
  }

  #cut(): void {
    this.#packs.push(this.#builder.encodeRows());
    this.#builder.clear();
    this.#kept = 0;
  }
}
