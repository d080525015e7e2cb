/** Runs one format over a stream and gives its records with their fields, keeping only the bytes that are still needed. */
import type { DeadLetterInput } from "../../shared/model/dead-letter.ts";
import type { DecodedRecord, RecordInput } from "../../shared/model/record.ts";
import type { Format, ParseOptions, Parser } from "../engine/formats/format.ts";

export type ParsedItem =
  | {
      readonly type: "record";
      readonly input: RecordInput;
      readonly offset: number;
      readonly length: number;
      readonly line: number;
      /** All of its text: of a stack trace, every line. */
      readonly decoded: DecodedRecord;
    }
  | { readonly type: "deadLetter"; readonly letter: DeadLetterInput };

/** Bytes that stay behind the last record, for formats whose records share a stretch of the file. */
const KEPT_BEHIND = 4 * 1_024 * 1_024;

export class ParseOutput {
  readonly #window = new ByteWindow();
  readonly #warnings = new Map<string, string>();
  #format: Format | null = null;
  #parser: Parser | null = null;
  #items: ParsedItem[] = [];
  #settledEnd = 0;
  #lastLine = 0;
  /** Set when the parser gave up. */
  failure: string | null = null;

  get started(): boolean {
    return this.#parser !== null;
  }

  start(format: Format, options: ParseOptions): void {
    this.#format = format;
    this.#parser = format.parser(options, {
      read: () => {},
      skip: () => {},
      tests: () => {},
      warn: (key, message) => void this.#warnings.set(key, this.#warnings.get(key) ?? message),
      deadLetter: (letter) => {
        this.#items.push({ type: "deadLetter", letter });
        this.#settle(letter.offset + letter.length, letter.line);
      },
      record: (input, offset, length, line) => {
        const raw = this.#window.read(offset, length);
        const decoded =
          raw === null ? { message: input.message, fields: [] } : format.decode(raw, input.context ?? null);
        this.#items.push({ type: "record", input, offset, length, line, decoded });
        this.#settle(offset + length, line);
      },
    });
  }

  push(bytes: Uint8Array): void {
    const parser = this.#parser;
    if (parser === null || this.failure !== null) return;
    this.#window.push(bytes);
    this.#guard(() => parser.push(bytes));
    this.#window.forget(this.#settledEnd - KEPT_BEHIND);
  }

  end(): void {
    const parser = this.#parser;
    if (parser !== null && this.failure === null) this.#guard(() => parser.end());
  }

  take(): ParsedItem[] {
    return this.#items.splice(0);
  }

  warnings(): string[] {
    return [...this.#warnings.values()];
  }

  #settle(end: number, line: number): void {
    this.#settledEnd = Math.max(this.#settledEnd, end);
    this.#lastLine = line;
  }

  #guard(action: () => void): void {
    try {
      action();
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      this.failure = `The format ${this.#format?.id} failed after byte ${this.#settledEnd} (line ${this.#lastLine}): ${why}.`;
    }
  }
}

/** The last stretch of a stream, chunk by chunk. */
class ByteWindow {
  readonly #chunks: { readonly offset: number; readonly bytes: Uint8Array }[] = [];
  #end = 0;

  push(bytes: Uint8Array): void {
    this.#chunks.push({ offset: this.#end, bytes });
    this.#end += bytes.byteLength;
  }

  forget(before: number): void {
    for (;;) {
      const [first] = this.#chunks;
      if (first === undefined || first.offset + first.bytes.byteLength > before) return;
      this.#chunks.shift();
    }
  }

  /** Null when it was forgotten. */
  read(offset: number, length: number): Uint8Array | null {
    const [first] = this.#chunks;
    if (first === undefined || offset < first.offset) return null;
    const parts: Uint8Array[] = [];
    for (let index = this.#chunks.length - 1; index >= 0; index -= 1) {
      const chunk = this.#chunks[index];
      if (chunk === undefined || chunk.offset + chunk.bytes.byteLength <= offset) break;
      if (chunk.offset >= offset + length) continue;
      parts.unshift(chunk.bytes.subarray(Math.max(0, offset - chunk.offset), offset + length - chunk.offset));
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  }
}
