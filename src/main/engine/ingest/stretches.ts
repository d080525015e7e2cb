/**
 * Cuts a stream of chunks into stretches of whole records, which are read by several threads at once and stored in their
 * order. Where nothing says at which bytes a record begins, and until the format is known, there is one stretch.
 */
import type { Chunk } from "../connectors/connector.ts";
import { Stretch } from "./stretch.ts";
import { type Cut, cutOf, type Divisible } from "./stretch-cut.ts";

export interface StretchSizes {
  /** Of the first one. */
  readonly first: number;
  readonly others: number;
}

const MEBIBYTE = 1_024 * 1_024;
/**
 * The first one is short, so that a second thread begins early. The others have enough rows for a good segment, and are
 * little enough to hold one while another is read.
 */
const SIZES: StretchSizes = { first: MEBIBYTE, others: 8 * MEBIBYTE };
/** Bytes that may wait for a thread beside a stretch, so that two have enough to do; and while there is only one. */
const WAITING_MORE = 4 * MEBIBYTE;
const MOST_WAITING_ALONE = 2 * MEBIBYTE;

const LINE_FEED = 0x0a;

export interface StretchReader {
  /** Reads a stretch to its end. `turn` ends once all before it is stored; it fails when that failed. */
  read(stretch: Stretch, turn: Promise<void>, taken: (bytes: number) => void): Promise<void>;
}

export class Stretches {
  readonly #reader: StretchReader;
  #current: Stretch;
  #offset = 0;
  #line = 0;
  #waiting = 0;
  #cut: Cut | null = null;
  /** Ends with the last stretch. */
  #done: Promise<void>;
  /** Ends once none is being read. */
  #settled: Promise<unknown> = Promise.resolve();
  #isOver = false;
  #wake = (): void => {};

  readonly #counts: boolean;
  readonly #sizes: StretchSizes;

  /** `counts`: whether the source may be split, for which its lines are counted from the beginning. */
  constructor(reader: StretchReader, counts: boolean, sizes: StretchSizes = SIZES) {
    this.#reader = reader;
    this.#counts = counts;
    this.#sizes = sizes;
    this.#current = new Stretch(0, { offset: 0, line: 0 });
    this.#done = this.#begin(Promise.resolve());
  }

  /** From now on the source may be cut, where its format allows it. */
  split(recognised: Divisible): void {
    if (this.#counts) this.#cut = cutOf(recognised);
    this.#wake();
  }

  /** Resolves when there is room for more. */
  async put({ bytes, bytesRead }: Chunk): Promise<void> {
    const cut = this.#isDue(bytes) ? (this.#cut?.(bytes) ?? 0) : 0;
    if (cut === 0) this.#add({ bytes, bytesRead });
    else {
      // The chunk's memory goes to another thread together with its head.
      const rest = bytes.slice(cut);
      this.#add({ bytes: bytes.subarray(0, cut), bytesRead });
      this.#current.close("stretch");
      this.#current = new Stretch(this.#current.number + 1, { offset: this.#offset, line: this.#line });
      this.#done = this.#begin(this.#done);
      this.#add({ bytes: rest, bytesRead });
    }
    while (
      !this.#isOver &&
      this.#waiting > (this.#cut !== null ? this.#sizes.others + WAITING_MORE : MOST_WAITING_ALONE)
    ) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Reading has ended before the source did: nothing more is wanted, or something failed, which {@link end} tells. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Nothing more comes: ends once nothing is being read any more; fails when a stretch did. */
  async end(how: "source" | "cut"): Promise<void> {
    this.#current.close(how);
    await this.#settled;
    await this.#done;
  }

  #isDue(chunk: Uint8Array): boolean {
    const { number, bytes } = this.#current;
    return bytes + chunk.byteLength >= (number === 0 ? this.#sizes.first : this.#sizes.others);
  }

  #add(chunk: Chunk): void {
    const { bytes } = chunk;
    this.#offset += bytes.byteLength;
    if (this.#counts) this.#line += lineFeeds(bytes);
    this.#waiting += bytes.byteLength;
    this.#current.put(chunk);
  }

  #begin(before: Promise<void>): Promise<void> {
    const reading = this.#read(this.#current, before);
    // Awaited at the end; not unhandled until then.
    this.#settled = Promise.allSettled([this.#settled, reading]);
    return reading;
  }

  async #read(stretch: Stretch, before: Promise<void>): Promise<void> {
    let isRead = false;
    try {
      await this.#reader.read(stretch, before, (bytes) => {
        this.#waiting -= bytes;
        this.#wake();
      });
      isRead = stretch.end !== null;
      await before;
    } finally {
      this.#isOver ||= !isRead;
      this.#wake();
    }
  }
}

/** Asked of a Buffer, which looks for a byte with the processor's widest instructions; a typed array goes byte by byte. */
function lineFeeds({ buffer, byteOffset, byteLength }: Uint8Array): number {
  const chunk = Buffer.from(buffer, byteOffset, byteLength);
  let lines = 0;
  for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) lines += 1;
  return lines;
}
