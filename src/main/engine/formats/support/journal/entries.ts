/**
 * Cuts a journal's export into entries, whatever the chunks are. Values may hold line ends and empty lines where their
 * size stands before them, so an empty line ends an entry only between fields.
 */
import { DEAD_LETTER_RAW_LIMIT } from "../../../../../shared/model/dead-letter.ts";
import { type BadField, fieldAt, isEmptyLine, lineEnd } from "./export.ts";
import { LONGEST_LINE } from "../lines.ts";

const LINE_FEED = 0x0a;

export interface EntryHandler {
  /** An entry without the empty line behind it; `bytes` may be overwritten after the call. */
  entry(bytes: Uint8Array, offset: number, line: number): void;
  /** What stands from a damaged field's entry up to the next one; `raw` is what may be kept of it. */
  lost(why: BadField, raw: Uint8Array, offset: number, length: number, line: number): void;
}

/** A damaged entry, as far as it was passed over. */
interface Lost {
  readonly why: BadField;
  readonly offset: number;
  readonly line: number;
  raw: Buffer;
  length: number;
}

export class JournalEntries {
  readonly #handler: EntryHandler;
  /** From where the current entry begins, or goes on when it is damaged. */
  #bytes: Buffer = Buffer.alloc(0);
  #offset = 0;
  #line = 1;
  /** Where the next field begins in {@link #bytes}. */
  #next = 0;
  #lost: Lost | null = null;

  constructor(handler: EntryHandler) {
    this.#handler = handler;
  }

  push(chunk: Uint8Array): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    this.#scan(false);
  }

  end(): void {
    this.#scan(true);
    this.#close(this.#bytes.length);
  }

  #scan(ended: boolean): void {
    while (this.#next < this.#bytes.length) {
      if (!(this.#lost === null ? this.#passField(ended) : this.#passLost(ended))) break;
    }
    if (this.#lost !== null) this.#drop(this.#next);
  }

  /** False when more bytes are needed. */
  #passField(ended: boolean): boolean {
    const end = lineEnd(this.#bytes, this.#next, ended);
    if (end >= 0 && isEmptyLine(this.#bytes, this.#next, end)) {
      this.#close(end);
      return true;
    }
    const field = fieldAt(this.#bytes, this.#next, ended);
    if (field === null) return false;
    if ("reason" in field) this.#lose(field);
    else this.#next = field.end;
    if (this.#lost === null && this.#next > LONGEST_LINE) {
      const what = `the entry is larger than ${LONGEST_LINE / 1024 / 1024} MiB`;
      this.#lose({ reason: "too-large", what, resume: this.#next });
    }
    return true;
  }

  #lose(why: BadField): void {
    this.#lost = { why, offset: this.#offset, line: this.#line, raw: Buffer.alloc(0), length: 0 };
    this.#next = why.resume;
  }

  /** Goes on to an empty line with a field behind it. */
  #passLost(ended: boolean): boolean {
    const bytes = this.#bytes;
    const end = lineEnd(bytes, this.#next, ended);
    if (end < 0) {
      // A line that is none grows without end.
      if (bytes.length - this.#next > DEAD_LETTER_RAW_LIMIT) this.#next = bytes.length;
      return false;
    }
    if (isEmptyLine(bytes, this.#next, end)) {
      const field = end < bytes.length ? fieldAt(bytes, end, ended) : null;
      if (field === null && !ended) return false;
      if (field === null || !("reason" in field)) {
        this.#close(end);
        return true;
      }
    }
    this.#next = end;
    return true;
  }

  /** Hands over what stands before {@link #next}, and begins anew at `end`. */
  #close(end: number): void {
    const length = Math.min(this.#next, this.#bytes.length);
    if (this.#lost !== null) {
      this.#drop(length);
      const { why, raw, offset, length: lost, line } = this.#lost;
      this.#lost = null;
      this.#handler.lost(why, raw, offset, lost, line);
      this.#forget(end - length);
    } else {
      if (length > 0) this.#handler.entry(this.#bytes.subarray(0, length), this.#offset, this.#line);
      this.#forget(end);
    }
  }

  /** Keeps of the first bytes of a damaged entry what a dead letter may. */
  #drop(length: number): void {
    if (this.#lost === null) return;
    const room = DEAD_LETTER_RAW_LIMIT - this.#lost.raw.length;
    if (room > 0) this.#lost.raw = Buffer.concat([this.#lost.raw, this.#bytes.subarray(0, Math.min(length, room))]);
    this.#lost.length += length;
    this.#forget(length);
  }

  #forget(length: number): void {
    const bytes = this.#bytes;
    for (let at = bytes.indexOf(LINE_FEED); at >= 0 && at < length; at = bytes.indexOf(LINE_FEED, at + 1)) this.#line++;
    this.#bytes = bytes.subarray(length);
    this.#offset += length;
    this.#next = 0;
  }
}
