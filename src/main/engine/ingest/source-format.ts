/**
 * What a source is read with, and how that is known: somebody named it, its first bytes were recognised, or it was assumed
 * to be like the source before and what was read with it is enough to prove that.
 */
import type { Format, Parser } from "../formats/format.ts";
import type { ParserStart, Recognition } from "./protocol.ts";
import { namedFormat, recognise, recognitionOfRead } from "./recognise.ts";

/** Enough lines to tell formats apart; a source that is not longer is recognised whole. */
export const SAMPLE_BYTES = 256 * 1_024;

export class SourceFormat {
  readonly #start: ParserStart;
  #format: Format | null = null;
  #isAssumed = false;
  #proven: Recognition | null = null;
  #recognition: Recognition | null = null;

  constructor(start: ParserStart) {
    this.#start = start;
  }

  /** Null while it is not known, and where nothing fits. */
  get format(): Format | null {
    return this.#format;
  }

  /** What is said of the source; null where an assumption was not proven. */
  get recognition(): Recognition | null {
    return this.#isAssumed ? this.#proven : this.#recognition;
  }

  /** The format, where what was read with it is enough to know that it is the one. */
  get proven(): Format | null {
    return this.#proven === null ? null : this.#format;
  }

  /** The one that was named for a stretch in the middle; fails with "unknown-format". */
  takeNamed(): void {
    this.#format = namedFormat(this.#start.format);
  }

  /** It is read with this one, and what it is recognised as is found out on the way. */
  assume(format: Format): void {
    this.#format = format;
    this.#isAssumed = true;
  }

  /** By its first bytes, of which `complete` says whether they are all. Answers with what is said where no format fits. */
  recognise(head: Uint8Array, complete: boolean): string | null {
    if (this.#isAssumed) return null;
    const { format, recognition, note } = recognise(this.#start, head.subarray(0, SAMPLE_BYTES), complete);
    this.#format = format;
    this.#recognition = recognition;
    return note;
  }

  /** Of a source of so many bytes that was read to its end, and is shorter than what is recognised by. */
  prove(parser: Parser, bytes: number): void {
    const format = this.#format;
    if (format === null || this.#start.format !== null || bytes >= SAMPLE_BYTES) return;
    this.#proven = recognitionOfRead(format, parser.objectLines ?? null);
  }
}
