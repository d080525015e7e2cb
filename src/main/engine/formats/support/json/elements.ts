/** Ties a document scanner to a sink: values become parsed elements, damage becomes dead letters, a cut is told. */
import {
  DEAD_LETTER_RAW_LIMIT,
  SURROUNDINGS_LIMIT,
  type Surroundings,
} from "../../../../../shared/model/dead-letter.ts";
import type { RecordInput } from "../../../../../shared/model/record.ts";
import type { Parser, RecordSink } from "../../format.ts";
import { JsonDocumentScanner } from "./document.ts";
import type { JsonFault } from "./handler.ts";
import { parseJsonPrefix } from "./prefix.ts";
import { parseJsonValue } from "./value.ts";

export interface JsonElement {
  readonly path: string;
  /** Valid while the handler runs. */
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly line: number;
  readonly value: unknown;
}

/** Why an element cannot become a record. */
export interface Refusal {
  readonly reason: string;
  readonly message: string;
}
export const isRefusal = (result: RecordInput | Refusal): result is Refusal => "reason" in result;

/** What stands around a damaged element, where that is known only later: a table of processes after the spans. */
export interface LateSurroundings {
  get(): Surroundings | undefined;
  /** Calls back at once when all is known. */
  whenKnown(file: () => void): void;
}

export interface ElementHandler {
  element(element: JsonElement): void;
  leave?(path: string): void;
  /** An element at `path` is whole and yet no JSON; it is a dead letter already. */
  unread?(path: string): void;
  /** From here on an unknown number of elements at `path` is lost. */
  damaged?(path: string): void;
  /** What stands around the elements at `path` at the moment; asked for when one of them is damaged. */
  around?(path: string): LateSurroundings | undefined;
}

export const knownNow = (around: Surroundings | undefined): LateSurroundings => ({
  get: () => around,
  whenKnown: (file) => file(),
});

/** Undefined for surroundings that are too long to be kept with a letter. */
export const surroundings = (before: string, after: string): Surroundings | undefined =>
  before.length + after.length > SURROUNDINGS_LIMIT ? undefined : { before, after };

/** Reads the elements at `paths`. Counting the good ones is the handler's task; damaged ones are counted here. */
export function elementParser(sink: RecordSink, paths: readonly string[], handler: ElementHandler): Parser {
  let around: LateSurroundings | undefined;
  return new JsonDocumentScanner(paths, {
    value(path, bytes, offset, line) {
      let value: unknown;
      try {
        value = parseJsonValue(bytes);
      } catch (error) {
        const message = `line ${line}: ${error instanceof Error ? error.message : String(error)}`;
        const fault = { reason: "invalid-json", message, offset, length: bytes.length, line, raw: bytes } as const;
        reportFault(sink, fault, handler.around?.(path));
        return handler.unread?.(path);
      }
      handler.element({ path, bytes, offset, line, value });
    },
    leave: (path) => handler.leave?.(path),
    damage: (path) => {
      around = path === null ? undefined : handler.around?.(path);
      if (path !== null) handler.damaged?.(path);
    },
    fault: (fault) => reportFault(sink, fault, around),
    cut: (line) =>
      sink.warn(
        "truncated",
        `The document ends before it is closed (line ${line}); what stands before the cut was read.`,
      ),
  });
}

function reportFault(sink: RecordSink, fault: JsonFault, around: LateSurroundings | undefined): void {
  const { reason, message, offset, length, line } = fault;
  const raw = fault.raw.slice(0, DEAD_LETTER_RAW_LIMIT);
  const file = (): void => {
    sink.read();
    sink.deadLetter({ offset, length, line, stage: "parse", reason, message, raw, around: around?.get() });
  };
  if (around === undefined) file();
  else around.whenKnown(file);
}

/** Counts one element and files it as a record or a dead letter, which then carries what stood `around` it. */
export function fileElement(
  sink: RecordSink,
  element: JsonElement,
  result: RecordInput | Refusal,
  around?: Surroundings,
): void {
  const { bytes, offset, line } = element;
  sink.read();
  if (!isRefusal(result)) return sink.record(result, offset, bytes.length, line);
  const raw = bytes.slice(0, DEAD_LETTER_RAW_LIMIT);
  const message = `line ${line}: ${result.message}`;
  const { reason } = result;
  sink.deadLetter({ offset, length: bytes.length, line, stage: "validate", reason, message, raw, around });
}

/** What is held back to see the shape of a document. */
const SHAPE_BYTES = 64 * 1024;

/** Holds the first bytes back until the shape of the document, and so its parser, can be told from them. */
export class ShapedParser implements Parser {
  readonly #choose: (json: unknown) => Parser;
  #parser: Parser | null = null;
  #held: Buffer[] = [];
  #heldLength = 0;

  /** `json` is the document's beginning, undefined when it is no JSON. */
  constructor(choose: (json: unknown) => Parser) {
    this.#choose = choose;
  }

  push(chunk: Uint8Array): void {
    if (this.#parser !== null) return this.#parser.push(chunk);
    this.#held.push(Buffer.from(chunk));
    this.#heldLength += chunk.length;
    if (this.#heldLength >= SHAPE_BYTES) this.#start();
  }

  end(): void {
    (this.#parser ?? this.#start()).end();
  }

  #start(): Parser {
    const bytes = Buffer.concat(this.#held);
    this.#held = [];
    this.#parser = this.#choose(parseJsonPrefix(bytes.toString("utf8", 0, SHAPE_BYTES)));
    this.#parser.push(bytes);
    return this.#parser;
  }
}
