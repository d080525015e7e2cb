/**
 * Reads text whose records are blocks of lines: a thread with its stack, a query with what is known of it. A format says
 * of each line whether it begins a block, belongs to the one above or is neither; this gathers them, bounds what one record
 * holds and counts what stays out of it.
 */
import type { Parser, Position, RecordSink } from "../format.ts";
import { LineReader } from "./lines.ts";

/** A line that begins behind so much of its block stays out of its record: nothing says that a block ever ends. */
const MOST_KEPT = 256 * 1024;
const MOST = `${MOST_KEPT / 1024} KiB`;

export interface Block<Head> {
  /** What the format knew of the block when it began. */
  readonly head: Head;
  /** Its lines without their ends, the first included. */
  readonly texts: readonly string[];
  /** Bytes of the source, from the first line to the end of the last that is kept. */
  readonly offset: number;
  readonly length: number;
  /** Of the first line, counted from 1. */
  readonly line: number;
}

export interface BlockHandler<Head> {
  /** What a block is, as a reason for skipping says it: "section". */
  readonly noun: string;
  /** Decides about a line, which is counted as read: begins a block with it, adds it, or says what else it is. */
  line(text: string, offset: number, length: number, line: number, lines: LineReader): void;
  /** Of each block that has ended, in their order. */
  block(block: Block<Head>): void;
}

interface Open<Head> extends Block<Head> {
  readonly texts: string[];
  length: number;
  /** Characters of its lines, with one for the end of each. */
  kept: number;
  /** Whether lines of it stay out of its record. */
  isCut: boolean;
}

export class BlockReader<Head = void> implements Parser {
  readonly #sink: RecordSink;
  readonly #handler: BlockHandler<Head>;
  readonly #lines: LineReader;
  #open: Open<Head> | null = null;
  // The line that the handler is asked about.
  #text = "";
  #offset = 0;
  #length = 0;
  #line = 0;

  constructor(sink: RecordSink, handler: BlockHandler<Head>) {
    this.#sink = sink;
    this.#handler = handler;
    this.#lines = new LineReader(sink, {
      tooLong: () => this.close(),
      line: (text, offset, length, line, lines) => {
        this.#text = text;
        this.#offset = offset;
        this.#length = length;
        this.#line = line;
        handler.line(text, offset, length, line, lines);
      },
    });
  }

  /** The lines of the block that has not ended; null where there is none. */
  get open(): readonly string[] | null {
    return this.#open?.texts ?? null;
  }

  /** Ends the block above and begins one with the current line. */
  begin(head: Head): void {
    this.close();
    const [text, offset, length, line] = [this.#text, this.#offset, this.#length, this.#line];
    this.#open = { head, texts: [text], offset, length, line, kept: text.length + 1, isCut: false };
  }

  /** Adds the current line to the block above, as far as one record goes. Without one above it does nothing. */
  add(): void {
    const open = this.#open;
    if (open === null) return;
    const { noun } = this.#handler;
    if (open.kept > MOST_KEPT) {
      if (!open.isCut) this.#sayCut(open);
      open.isCut = true;
      return this.#sink.skip(`line past the ${MOST} that are kept of the ${noun} above`);
    }
    open.texts.push(this.#text);
    open.kept += this.#text.length + 1;
    open.length = this.#offset + this.#length - open.offset;
    this.#sink.skip(`line of the ${noun} above`);
  }

  /** Ends the block above, if there is one. */
  close(): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    this.#handler.block(open);
  }

  #sayCut({ line }: Open<Head>): void {
    const { noun } = this.#handler;
    const what = `The ${noun} that begins at line ${line} is longer than ${MOST}: its record ends there, and what follows of it is in the text of the source only.`;
    this.#sink.warn("long-block", what);
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  end(): void {
    this.#lines.end();
    this.close();
  }

  get pending(): Position | null {
    return this.#open === null ? null : { offset: this.#open.offset, line: this.#open.line - 1 };
  }
}
