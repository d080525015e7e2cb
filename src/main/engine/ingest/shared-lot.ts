/** What the sources of a lot have in common in the thread that reads them: where their rows and their text go. */
import { SharedTexts } from "../store/shared-text.ts";
import type { SegmentBuilder } from "../store/segment/builder.ts";
import { SharedRows } from "../store/segment/shared-rows.ts";
import type { LotAnswer, ParsedPart } from "./protocol.ts";

export class SharedLot {
  readonly builder: SharedRows;
  readonly cutter = new SharedTexts();
  readonly #parts: (ParsedPart | null)[] = [];

  constructor(builder: SegmentBuilder) {
    this.builder = new SharedRows(builder);
  }

  /** A source begins, or begins again: nothing is left of one that was not kept. */
  rewind(): void {
    this.builder.rewind();
    this.cutter.rewind();
  }

  /** The next source is this part alone; null where it has to be read by itself. */
  put(part: ParsedPart | null): void {
    if (part !== null) {
      this.builder.keep();
      this.cutter.keep();
    }
    this.#parts.push(part);
  }

  /** All of the lot; nothing is put into it any more. */
  take(): LotAnswer {
    const packs = this.builder.take();
    const isStorable = ({ segments }: ParsedPart): boolean =>
      segments.every(({ shared }) => shared === undefined || packs[shared.pack] !== null);
    return {
      parts: this.#parts.map((part) => (part !== null && isStorable(part) ? part : null)),
      // None of the parts that are handed over lies in one that is empty.
      packs: { columns: packs.map((pack) => pack ?? { rows: 0, columns: [] }), texts: this.cutter.take() },
    };
  }
}
