// What only the text of a span tells, read for the spans that are asked for: block by block, as the rows of a page are.
import { textAt } from "../../../shared/model/segment.ts";
import type { Format, SpanFacts } from "../formats/format.ts";
import type { QueryContext } from "./query-context.ts";
import type { IndexedSegment } from "./record-index.ts";
import { formatOf } from "./record-text.ts";
import { visitText } from "./segment-text.ts";

export class SpanFactsReader {
  readonly #context: QueryContext;
  readonly #ordinals: Uint32Array;
  readonly #facts: (SpanFacts | null)[];
  readonly #isRead: Uint8Array;

  /** `ordinals` are the records of the spans. */
  constructor(context: QueryContext, ordinals: Uint32Array) {
    this.#context = context;
    this.#ordinals = ordinals;
    this.#facts = new Array<SpanFacts | null>(ordinals.length).fill(null);
    this.#isRead = new Uint8Array(ordinals.length);
  }

  /** Null where it was not read, or its format tells nothing. */
  of(span: number): SpanFacts | null {
    return this.#facts[span] ?? null;
  }

  /** Reads those of the spans set in `wanted` that were not read before. */
  read(wanted: Uint8Array, checkpoint: () => void): void {
    const bySegment = new Map<IndexedSegment, Map<number, number>>();
    for (const [span, ordinal] of this.#ordinals.entries()) {
      if (wanted[span] !== 1 || this.#isRead[span] === 1) continue;
      this.#isRead[span] = 1;
      const segment = this.#context.index.segmentAt(ordinal);
      const rows = bySegment.get(segment) ?? new Map<number, number>();
      bySegment.set(segment, rows.set(ordinal - segment.first, span));
    }
    for (const [segment, rows] of bySegment) this.#readSegment(segment, rows, checkpoint);
  }

  /** `rows` holds the span of each row. */
  #readSegment(segment: IndexedSegment, rows: ReadonlyMap<number, number>, checkpoint: () => void): void {
    const { reader, columns } = this.#context;
    const format = formatOf(this.#context, segment);
    const span = format?.span;
    if (span === undefined) return;
    const mask = new Uint8Array(segment.count);
    for (const row of rows.keys()) mask[row] = 1;
    const contexts = columns.get(segment.id, "context");
    visitText(reader, columns, segment, mask, checkpoint, (bytes) => (row, start, end) => {
      const at = rows.get(row);
      if (at !== undefined) this.#facts[at] = readFacts(span, bytes.subarray(start, end), textAt(contexts, row));
    });
  }
}

function readFacts(read: NonNullable<Format["span"]>, raw: Uint8Array, context: string | null): SpanFacts | null {
  try {
    return read(raw, context);
  } catch {
    // Bytes that the format once took and no longer does: the span is drawn as its columns say.
    return null;
  }
}
