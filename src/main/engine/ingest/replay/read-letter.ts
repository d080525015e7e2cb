/** What a format makes of the text of one letter, outside of the source that it stood in. Pure. */
import type { DeadLetterInput, Surroundings } from "../../../../shared/model/dead-letter.ts";
import type { RecordInput } from "../../../../shared/model/record.ts";
import type { Format, ParseOptions, Parser, ReadAround, RecordSink } from "../../formats/format.ts";

/** A record with its place in the letter's text. */
export interface ReadRecord {
  readonly input: RecordInput;
  readonly offset: number;
  readonly length: number;
  /** From 1, of the letter's text. */
  readonly line: number;
}

export interface LetterReading {
  readonly records: readonly ReadRecord[];
  /** Offsets and lines are those of the letter's text. */
  readonly faults: readonly DeadLetterInput[];
  readonly skippedWhy: Readonly<Record<string, number>>;
}

export interface LetterText {
  readonly text: Uint8Array;
  /** Why it was a letter, in the words of the format. */
  readonly reason: string;
  readonly message: string;
  /** Beginning of the source that it stood in; empty when there is none. */
  readonly head: Uint8Array;
  /** What the same format said stood around it. */
  readonly around: Surroundings | null;
}

interface Place {
  readonly line: number;
  readonly offset: number;
}

/** The message of a fault as it reads where its text stands elsewhere: formats write "line 3" and "byte 62" into it. */
export function withPlace(from: Place & { readonly message: string }, to: Place): string {
  return from.message
    .replace(/\b([Ll]ine) (\d+)\b/u, (text, word, line) => (Number(line) === from.line ? `${word} ${to.line}` : text))
    .replace(/\bbyte (\d+)\b/u, (text, byte) => (Number(byte) === from.offset ? `byte ${to.offset}` : text));
}

const NOTHING_AROUND: ReadAround = { before: "", after: "" };

/**
 * Read where it stood, when the letter tells that, and alone where it is a whole of its own by now; without that, alone,
 * and where that gives no record, with what the format needs around it.
 */
export function readLetter(format: Format, options: ParseOptions, letter: LetterText): LetterReading {
  const guessed = format.around?.(letter) ?? null;
  const around = letter.around === null ? guessed : { ...guessed, ...letter.around };
  // A text that was typed stands in no source.
  const known = { ...options, head: letter.head.byteLength > 0 ? letter.head : letter.text };
  const first = read(format, known, letter.text, letter.around === null || around === null ? NOTHING_AROUND : around);
  if (around === null || isWhole(first)) return first;
  const second = read(format, known, letter.text, letter.around === null ? around : NOTHING_AROUND);
  const [inPlace, alone] = letter.around === null ? [second, first] : [first, second];
  if (letter.around !== null && isWhole(alone)) return alone;
  return inPlace.records.length > 0 || alone.records.length === 0 ? inPlace : alone;
}

const isWhole = ({ records, faults }: LetterReading): boolean => records.length > 0 && faults.length === 0;

function read(format: Format, options: ParseOptions, text: Uint8Array, around: ReadAround): LetterReading {
  const sink = new LetterSink(around.keeps ?? null);
  const before = Buffer.from(around.before);
  try {
    const parser: Parser = format.parser(options, sink);
    if (before.byteLength > 0) parser.push(before);
    sink.enter(before.byteLength, around.before.split("\n").length - 1, text.byteLength);
    if (text.byteLength > 0) parser.push(text);
    if (around.after.length > 0) parser.push(Buffer.from(around.after));
    parser.end();
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return { records: [], faults: [parserFault(format, text, why)], skippedWhy: {} };
  }
  return sink.reading();
}

const parserFault = (format: Format, text: Uint8Array, why: string): DeadLetterInput => ({
  offset: 0,
  length: text.byteLength,
  line: 1,
  stage: "parse",
  reason: "parser-failed",
  message: `The format ${format.id} failed: ${why}. Read it as another format.`,
  raw: text,
});

class LetterSink implements RecordSink {
  readonly #keeps: ((record: RecordInput) => boolean) | null;
  readonly #records: ReadRecord[] = [];
  readonly #faults: DeadLetterInput[] = [];
  #skippedWhy: Record<string, number> = {};
  #start = 0;
  #linesBefore = 0;
  #length = 0;

  constructor(keeps: ((record: RecordInput) => boolean) | null) {
    this.#keeps = keeps;
  }

  /** From here on comes the letter; what stood before it counts for nothing. */
  enter(start: number, linesBefore: number, length: number): void {
    this.#records.length = 0;
    this.#faults.length = 0;
    this.#skippedWhy = {};
    this.#start = start;
    this.#linesBefore = linesBefore;
    this.#length = length;
  }

  reading(): LetterReading {
    // Where only a part of the text is meant, the rest of it is in the case already.
    const isPart = this.#keeps !== null;
    return {
      records: this.#records,
      faults: isPart && this.#records.length > 0 ? [] : this.#faults,
      skippedWhy: isPart ? {} : this.#skippedWhy,
    };
  }

  read(): void {}

  record(input: RecordInput, offset: number, length: number, line: number): void {
    if (this.#keeps !== null && !this.#keeps(input)) return;
    const start = offset - this.#start;
    const end = Math.min(start + length, this.#length);
    if (end < 0) return;
    const from = Math.max(0, start);
    this.#records.push({ input, offset: from, length: Math.max(0, end - from), line: this.#lineOf(line) });
  }

  deadLetter(letter: DeadLetterInput): void {
    const start = Math.max(0, letter.offset - this.#start);
    // A text that closes what stood around it itself leaves nothing to close behind it.
    if (start >= this.#length && this.#records.length > 0) return;
    const length = Math.max(0, Math.min(letter.length, this.#length - start));
    const fault = { ...letter, offset: start, length, line: this.#lineOf(letter.line), raw: letter.raw.slice() };
    this.#faults.push({ ...fault, message: withPlace(letter, fault) });
  }

  skip(reason: string, units = 1): void {
    this.#skippedWhy[reason] = (this.#skippedWhy[reason] ?? 0) + units;
  }

  warn(): void {}
  tests(): void {}

  #lineOf(line: number): number {
    return Math.max(1, line - this.#linesBefore);
  }
}
