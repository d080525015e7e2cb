/**
 * One source from its bytes to what is stored: recognition on the first bytes, the format's parser, compressed text,
 * and parts that each make one transaction. Runs in a parser thread; knows nothing of threads itself.
 */
import type { Failure } from "../../../shared/failure.ts";
import { SEGMENT_CAPACITY } from "../../../shared/model/segment.ts";
import type { Format, Parser, Position } from "../formats/format.ts";
import { LEARNS_FROM, LineShapes } from "../formats/support/log-object/line-shapes.ts";
import { RawBlockCutter } from "../store/raw-block.ts";
import type { RawBlock } from "../store/protocol.ts";
import { SegmentBuilder } from "../store/segment/builder.ts";
import type { ParsedPart, ParserStart, Warning } from "./protocol.ts";
import { type CollectorParts, RecordCollector } from "./record-collector.ts";
import { RecordTemplates } from "./record-templates.ts";
import { SAMPLE_BYTES, SourceFormat } from "./source-format.ts";
import { SourceHead } from "./source-head.ts";
import { Tail } from "./tail.ts";

/** A part is due at the latest with so many bytes of compressed text, dead letters, or milliseconds. */
const PART_BLOCK_BYTES = 8 * 1_024 * 1_024;
const PART_DEAD_LETTERS = 1_000;
const PART_MILLISECONDS = 1_000;
/**
 * A chunk is read in slices, and handed over in parts where it is full of dead letters: a million lines of two bytes
 * would hold hundreds of megabytes, and the thread for longer than one that hangs is waited for.
 */
const SLICE_BYTES = 64 * 1_024;
const MOST_DEAD_LETTERS = 10_000;

const START: Position = { offset: 0, line: 0 };

/** What outlives a parser: a thread hands it from source to source. */
export interface ParserParts extends CollectorParts {
  readonly shapes: LineShapes;
  /** Takes the text of a source that begins at its first byte; without it, the source has blocks of its own. */
  readonly cutter?: Pick<RawBlockCutter, "push" | "flush">;
}

export class SourceParser {
  readonly #start: ParserStart;
  readonly #shapes: LineShapes;
  readonly #clock: () => number;
  readonly #collector: RecordCollector;
  readonly #cutter: Pick<RawBlockCutter, "push" | "flush">;
  readonly #format: SourceFormat;
  readonly #tail = new Tail();
  readonly #notes: Warning[] = [];
  /** What of the last chunk is still to be read, once what was read of it is handed over. */
  #unread: Uint8Array | null = null;
  readonly #head = new SourceHead();
  #parser: Parser | null = null;
  #blocks: RawBlock[] = [];
  #blockBytes = 0;
  #bytes = 0;
  #failure: Failure | null = null;
  #begun = false;
  #rowsOfLastChunk = 0;
  #lastPart = 0;
  #parts = 0;

  constructor(
    start: ParserStart,
    into: ParserParts = {
      builder: new SegmentBuilder(),
      templates: new RecordTemplates(),
      shapes: new LineShapes(LEARNS_FROM),
    },
    clock: () => number = () => performance.now(),
  ) {
    const { from = START } = start;
    this.#start = start;
    this.#shapes = into.shapes;
    this.#collector = new RecordCollector(into, from);
    this.#cutter = into.cutter ?? new RawBlockCutter(from.offset);
    this.#format = new SourceFormat(start);
    this.#clock = clock;
    this.#bytes = from.offset;
    if (start.from !== undefined) this.#goOn();
  }

  /**
   * Before anything is read: it is read with this format, and what it is recognised as is found out on the way. Its part
   * says nothing of that where it could not be found out.
   */
  assume(format: Format): void {
    this.#format.assume(format);
  }

  /** The format, where what was read with it is enough to know that it is the one. */
  get provenFormat(): Format | null {
    return this.#format.proven;
  }

  /** Null when nothing is due to be stored. */
  push(chunk: Uint8Array): ParsedPart | null {
    if (!this.#begun) {
      this.#head.push(chunk);
      if (this.#head.bytes < SAMPLE_BYTES) return null;
      this.#begin(false);
    } else this.#read(chunk);
    return this.#isDue() ? this.#part() : null;
  }

  /** Goes on with a chunk of which a part said that there is more. */
  readOn(): ParsedPart | null {
    const chunk = this.#unread;
    this.#unread = null;
    if (chunk !== null) this.#read(chunk);
    return this.#isDue() ? this.#part() : null;
  }

  /** Whether bytes of a chunk are still needed after the call that it was handed over with. */
  get holdsChunk(): boolean {
    return !this.#begun || this.#unread !== null;
  }

  /** Dead letters are from now on only counted, or kept again. */
  set keepsLetters(keeps: boolean) {
    this.#collector.keepsLetters = keeps;
  }

  /** All parts of a source that is handed over at once. */
  readWhole(chunks: readonly Uint8Array[], cut: boolean, keepsLetters: boolean): ParsedPart[] {
    this.keepsLetters = keepsLetters;
    const parts: ParsedPart[] = [];
    for (const chunk of chunks) {
      let part = this.push(chunk);
      for (; part !== null; part = part.isMore ? this.readOn() : null) parts.push(part);
    }
    parts.push(this.end(cut));
    return parts;
  }

  end(cut: boolean): ParsedPart {
    if (!this.#begun && this.#head.bytes > 0) this.#begin(!cut);
    while (this.#unread !== null) {
      const rest = this.#unread;
      this.#unread = null;
      this.#read(rest);
    }
    if (cut) this.#fileCutUnit();
    else this.#endParser();
    return this.#part();
  }

  #endParser(): void {
    const parser = this.#parser;
    if (parser === null || this.#failure !== null) return;
    this.#guard(new Uint8Array(0), () => parser.end());
    this.#format.prove(parser, this.#bytes);
    const { pendingUnits } = this.#collector;
    if (this.#failure !== null || pendingUnits === 0) return;
    this.#failure = {
      reason: "accounting",
      message: `The format ${this.#format.format?.id} read ${pendingUnits} units more than it made records, dead letters or skips of. This is a fault of the format.`,
    };
  }

  /** A stream that ended early leaves half a unit, which is not read as a whole one, and is not lost either. */
  #fileCutUnit(): void {
    const collector = this.#collector;
    const { offset: from, line } = this.#pending;
    const tail = this.#tail.after(from);
    if (this.#parser === null || this.#failure !== null || tail.isBlank) return;
    const { offset, raw } = tail;
    collector.read();
    collector.deadLetter({
      offset,
      length: this.#bytes - offset,
      line: line + 1,
      stage: "fetch",
      reason: "truncated",
      message: `Reading ended early at byte ${this.#bytes}; what stands from byte ${offset} on is not whole and was not read.`,
      raw,
    });
  }

  /** A stretch in the middle: what the source is was recognised at its beginning. */
  #goOn(): void {
    this.#begun = true;
    this.#lastPart = this.#clock();
    this.#format.takeNamed();
    this.#openParser(undefined);
  }

  /** Of the format, where there is one. */
  #openParser(head: Uint8Array | undefined): void {
    const { name, zone, now, isModified, from } = this.#start;
    const options = { name, zone, now, isModified, head, from, shapes: this.#shapes };
    this.#parser = this.#format.format?.parser(options, this.#collector) ?? null;
  }

  #begin(complete: boolean): void {
    this.#begun = true;
    const head = this.#head.take();
    const note = this.#format.recognise(head, complete);
    if (note !== null) this.#notes.push({ key: "binary", message: note, count: 1 });
    this.#openParser(head);
    if (this.#parser === null) this.#bytes = head.byteLength;
    else this.#read(head);
  }

  #read(chunk: Uint8Array): void {
    const rowsBefore = this.#rows;
    for (let at = 0; at < chunk.byteLength; at += SLICE_BYTES) {
      if (this.#collector.pendingDeadLetters >= MOST_DEAD_LETTERS) {
        this.#unread = chunk.subarray(at);
        break;
      }
      this.#feed(chunk.subarray(at, at + SLICE_BYTES));
    }
    this.#rowsOfLastChunk = this.#rows - rowsBefore;
  }

  #feed(chunk: Uint8Array): void {
    const parser = this.#parser;
    if (parser === null || this.#failure !== null) return;
    for (const block of this.#cutter.push(chunk)) this.#addBlock(block);
    this.#guard(chunk, () => parser.push(chunk));
    this.#bytes += chunk.byteLength;
    this.#tail.keep(chunk, this.#bytes - chunk.byteLength, this.#pending.offset);
  }

  /** Where what is not settled begins. */
  get #pending(): Position {
    return this.#parser?.pending ?? { offset: this.#collector.settledEnd, line: this.#collector.lastLine };
  }

  get #rows(): number {
    return this.#collector.sealedSegments * SEGMENT_CAPACITY + this.#collector.openRows;
  }

  /** A parser that throws has a fault: what it had read stays, the rest of this chunk becomes one dead letter. */
  #guard(chunk: Uint8Array, action: () => void): void {
    try {
      action();
    } catch (thrown) {
      const collector = this.#collector;
      const chunkEnd = this.#bytes + chunk.byteLength;
      const offset = Math.min(collector.settledEnd, chunkEnd);
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      const message = `The format ${this.#format.format?.id} failed after byte ${offset}: ${why}. What was read before is kept; the rest was not read.`;
      collector.read();
      collector.deadLetter({
        offset,
        length: chunkEnd - offset,
        line: collector.lastLine + 1,
        stage: "parse",
        reason: "parser-failed",
        message,
        raw: chunk.subarray(Math.max(0, offset - this.#bytes)),
      });
      this.#failure = { reason: "parser-failed", message };
    }
  }

  #isDue(): boolean {
    const collector = this.#collector;
    return (
      (this.#parts === 0 && this.#start.from === undefined) ||
      this.#failure !== null ||
      collector.sealedSegments > 0 ||
      collector.openRows + this.#rowsOfLastChunk * 1.25 >= SEGMENT_CAPACITY ||
      this.#blockBytes >= PART_BLOCK_BYTES ||
      collector.pendingDeadLetters >= PART_DEAD_LETTERS ||
      this.#clock() - this.#lastPart >= PART_MILLISECONDS
    );
  }

  #part(): ParsedPart {
    // A commit holds all bytes of its records, so that their text can be read at once.
    for (const block of this.#cutter.flush()) this.#addBlock(block);
    const timePlace = this.#parser?.timePlace ?? null;
    const known = this.#format.recognition;
    const recognition = this.#parts === 0 && known !== null ? { ...known, timePlace } : null;
    const part = {
      ...this.#collector.take(),
      recognition,
      blocks: this.#blocks,
      tests: this.#collector.testTotals,
      warnings: [...this.#notes, ...this.#collector.warnings()],
      bytes: this.#bytes,
      isMore: this.#unread !== null,
      failure: this.#failure,
    };
    this.#blocks = [];
    this.#blockBytes = 0;
    this.#lastPart = this.#clock();
    this.#parts += 1;
    return part;
  }

  #addBlock(block: RawBlock): void {
    this.#blocks.push(block);
    this.#blockBytes += block.data.byteLength;
  }
}
