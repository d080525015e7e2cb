/**
 * Finds the values at given paths of a JSON document of any size, chunk by chunk, so that its elements become records
 * one by one: only the current value is held. Documents may follow each other, as in JSON lines. What is not JSON is
 * reported with its place, and reading goes on at the next line that begins like the damaged value did.
 */
import { DEAD_LETTER_RAW_LIMIT } from "../../../../../shared/model/dead-letter.ts";
import { ByteRun } from "./byte-run.ts";
import {
  BYTE_ORDER_MARK,
  CLASS,
  CLOSE,
  closingOf,
  COLON,
  COMMA,
  keyText,
  NEWLINE,
  OPEN,
  OPENING_BRACKET,
  OTHER,
  QUOTE,
  SPACE,
} from "./bytes.ts";
import { DocumentLines } from "./document-lines.ts";
import type { JsonFault, JsonHandler } from "./handler.ts";
import { LostStretch, resumptionIn, unexpected } from "./lost.ts";
import { compilePaths, memberOf } from "./path.ts";
import { JsonPosition } from "./position.ts";
import { LinePlace, MISMATCHED, UNFINISHED, ValueSkipper } from "./skipper.ts";

/** A larger value is reported as a fault. */
export const VALUE_LIMIT = 64 * 1024 * 1024;
/** A longer key is none that anybody asks for. */
const KEY_LIMIT = 1024;

type Mode = "walk" | "key" | "string" | "word" | "container" | "lost";

export class JsonDocumentScanner {
  readonly #position: JsonPosition;
  readonly #handler: JsonHandler;
  #mode: Mode = "walk";

  readonly #place = new LinePlace();
  /** The current value, key or lost stretch. */
  readonly #run = new ByteRun(this.#place);
  #valueColumn: number | null = null;
  #lost: LostStretch | null = null;
  readonly #skipper = new ValueSkipper(this.#place);
  #firstOnLine = true;
  readonly #lines = new DocumentLines();

  constructor(paths: readonly string[], handler: JsonHandler) {
    this.#position = new JsonPosition(compilePaths(paths));
    this.#handler = handler;
  }

  push(chunk: Uint8Array): void {
    let at = this.#place.base === 0 && BYTE_ORDER_MARK.every((byte, index) => chunk[index] === byte) ? 3 : 0;
    while (at < chunk.length) {
      const mayCut = this.#lines.startsLine() && this.#mode !== "lost" && this.#isOpen();
      if (mayCut && this.#lines.isCutBy(chunk[at] as number)) this.#cut(chunk, at, this.#lines.began);
      at = this.#scan(chunk, at, this.#lines.stretchEnd(chunk, at));
    }
    if (this.#mode !== "walk") this.#run.keep(chunk);
    this.#place.base += chunk.length;
  }

  end(): void {
    const nothing = new Uint8Array(0);
    if (this.#mode === "lost") this.#endLost(nothing, 0);
    else if (this.#isOpen()) this.#cut(nothing, 0, this.#place.line);
  }

  #isOpen(): boolean {
    return this.#mode !== "walk" || this.#position.frames.length > 0;
  }

  /** The document ends here although it is not closed. */
  #cut(chunk: Uint8Array, to: number, line: number): void {
    const inValue = this.#mode !== "walk" && this.#mode !== "key";
    if (inValue && this.#position.asked !== null) {
      this.#handler.damage?.(this.#position.asked);
      const message = `the input ends inside of the value that begins on line ${this.#run.line}`;
      this.#report("truncated", message, chunk, to);
    }
    this.#unwind(0);
    this.#handler.cut?.(line);
    this.#mode = "walk";
    this.#firstOnLine = true;
    this.#position.afterValue();
  }

  /** Scans until `to`, or until the way of scanning changes; returns where it stopped. */
  #scan(chunk: Uint8Array, from: number, to: number): number {
    let at = from;
    const { isOneEach } = this.#lines;
    while (at < to) {
      switch (this.#mode) {
        case "walk":
          at = this.#walk(chunk, at, to);
          if (this.#lines.isOneEach !== isOneEach) return at;
          break;
        case "container":
          at = this.#throughContainer(chunk, at, to);
          break;
        case "key":
        case "string": {
          const end = this.#skipper.string(chunk, at, to);
          if (end === UNFINISHED) return to;
          at = end;
          if (this.#mode === "key") this.#endKey(chunk, at);
          else this.#endValue(chunk, at);
          break;
        }
        case "word":
          while (at < to && CLASS[chunk[at] as number] === OTHER) at++;
          if (at < to) this.#endValue(chunk, at);
          break;
        case "lost":
          at = this.#throughLost(chunk, at, to);
          break;
      }
    }
    return at;
  }

  /** Reads between values: brackets on the way to the asked-for paths, keys, commas. */
  #walk(chunk: Uint8Array, from: number, to: number): number {
    for (let at = from; at < to; at++) {
      const byte = chunk[at] as number;
      const kind = CLASS[byte];
      if (kind === SPACE) continue;
      if (kind === NEWLINE) {
        this.#place.endLine(at);
        this.#firstOnLine = true;
        if (this.#position.frames.length === 0 && this.#lines.end(this.#place.line - 1)) return at + 1;
        continue;
      }
      const frame = this.#position.frames.at(-1);
      if (
        kind === CLOSE &&
        frame !== undefined &&
        byte === closingOf(frame.opening) &&
        this.#position.mayClose(frame)
      ) {
        this.#firstOnLine = false;
        this.#leave();
        continue;
      }
      switch (this.#position.expect) {
        case "first-value":
        case "value":
          if (frame === undefined) {
            if (kind === COMMA) continue;
            if (kind !== OPEN) return this.#lose(at, "expected an object or an array");
          } else if (kind === COMMA || kind === COLON || kind === CLOSE) return this.#loseUnexpected(byte, at);
          if (this.#beginValue(byte, kind ?? OTHER, at)) return kind === OTHER ? at : at + 1;
          continue;
        case "first-key":
        case "key":
          if (kind !== QUOTE) return this.#loseUnexpected(byte, at);
          this.#mode = "key";
          this.#skipper.begin(byte);
          this.#run.begin(KEY_LIMIT, at);
          this.#firstOnLine = false;
          return at + 1;
        case "colon":
          if (kind !== COLON) return this.#loseUnexpected(byte, at);
          this.#position.expect = "value";
          continue;
        case "comma": {
          const inArray = frame?.opening === OPENING_BRACKET;
          // A forgotten comma between two elements does no harm either.
          if (kind !== COMMA && !(inArray && kind === OPEN)) return this.#loseUnexpected(byte, at);
          this.#position.expect = inArray ? "value" : "key";
          this.#position.node = inArray ? frame.node.elements : null;
          if (kind !== COMMA) at--;
          continue;
        }
      }
    }
    return to;
  }

  /** Goes into a container that leads to a path, or begins a value: then true. */
  #beginValue(byte: number, kind: number, at: number): boolean {
    const frame = this.#position.frames.at(-1);
    const free = frame === undefined || frame.opening === OPENING_BRACKET;
    const column = free && this.#firstOnLine ? this.#place.column(at) : null;
    this.#firstOnLine = false;
    if (frame === undefined) this.#lines.begin(this.#place.line);
    else frame.elementColumn = column;
    const node = this.#position.node;
    const inside = byte === OPENING_BRACKET ? node?.elements : node?.members;
    if (kind === OPEN && node !== null && inside !== null && inside !== undefined) {
      this.#position.enter(node, byte, column);
      return false;
    }
    this.#mode = kind === OPEN ? "container" : kind === QUOTE ? "string" : "word";
    this.#run.begin(this.#position.asked === null ? DEAD_LETTER_RAW_LIMIT : VALUE_LIMIT, at);
    this.#valueColumn = column;
    this.#skipper.begin(byte);
    return true;
  }

  #throughContainer(chunk: Uint8Array, from: number, to: number): number {
    const end = this.#skipper.container(chunk, from, to);
    if (end === UNFINISHED) return to;
    if (end === MISMATCHED) {
      const at = this.#skipper.mismatchedAt;
      return this.#lose(at, `unexpected "${String.fromCharCode(chunk[at] ?? 0)}"`);
    }
    this.#endValue(chunk, end);
    return end;
  }

  #endKey(chunk: Uint8Array, to: number): void {
    const key = this.#run.take(chunk, to);
    this.#mode = "walk";
    this.#position.expect = "colon";
    const node = this.#position.frames.at(-1)?.node;
    this.#position.node = key.length >= KEY_LIMIT ? null : memberOf(node, keyText(key));
  }

  #endValue(chunk: Uint8Array, to: number): void {
    const path = this.#position.asked;
    this.#mode = "walk";
    if (path !== null) {
      const { offset, line } = this.#run;
      if (this.#run.lengthTo(to) > VALUE_LIMIT) {
        this.#handler.damage?.(path);
        this.#report("too-large", `the value is larger than ${VALUE_LIMIT / 1024 / 1024} MiB`, chunk, to);
      } else this.#handler.value(path, this.#run.take(chunk, to), offset, line);
    }
    this.#position.afterValue();
  }

  #leave(): void {
    const path = this.#position.leave();
    if (path !== null) this.#handler.leave?.(path);
  }

  /** Of the run, whose last byte stands before `to` in this chunk. */
  #report(reason: JsonFault["reason"], message: string, chunk: Uint8Array, to: number): void {
    const { offset, line } = this.#run;
    const length = this.#run.lengthTo(to);
    const raw = this.#run.take(chunk, to).subarray(0, DEAD_LETTER_RAW_LIMIT);
    this.#handler.fault({ reason, offset, line, message, length, raw });
  }

  #loseUnexpected(byte: number, at: number): number {
    return this.#lose(at, unexpected(byte, this.#position.expect));
  }

  /** Gives up the value at hand, and the containers inside of which nothing can be found again. */
  #lose(at: number, what: string): number {
    const inValue = this.#mode !== "walk";
    this.#handler.damage?.(
      inValue ? this.#position.asked : (this.#position.frames.at(-1)?.node.elements?.path ?? null),
    );
    if (!inValue) this.#run.begin(DEAD_LETTER_RAW_LIMIT, at);
    const place = this.#place;
    const { depth, column } = resumptionIn(this.#position.frames, inValue ? this.#valueColumn : null);
    const message = `${what} at byte ${place.base + at} (line ${place.line}, column ${place.column(at) + 1})`;
    this.#lost = new LostStretch(message, column, place, !inValue && this.#firstOnLine);
    this.#unwind(depth);
    this.#mode = "lost";
    return at;
  }

  #unwind(depth: number): void {
    for (const path of this.#position.unwind(depth)) this.#handler.leave?.(path);
  }

  #throughLost(chunk: Uint8Array, from: number, to: number): number {
    const end = this.#lost?.end(chunk, from, to) ?? from;
    if (end === UNFINISHED) return to;
    this.#endLost(chunk, end);
    return end;
  }

  #endLost(chunk: Uint8Array, to: number): void {
    if (this.#lost !== null) this.#report("invalid-json", this.#lost.message, chunk, to);
    this.#lost = null;
    this.#mode = "walk";
    this.#position.resume();
    this.#firstOnLine = true;
  }
}
