/**
 * Letters of one source, read again with one format: the segments, text and outcomes that make one transaction. A letter
 * that gives at least one record goes; parts of it that still are none go on as letters of their own.
 */
import { DEAD_LETTER_RAW_LIMIT, type DeadLetterInput } from "../../../../shared/model/dead-letter.ts";
import type { Format } from "../../formats/format.ts";
import { formatById } from "../../formats/registry.ts";
import type { LetterOutcome, ReplayBatch } from "../../store/dead-letters/protocol.ts";
import type { EncodedSegment, RawBlock } from "../../store/protocol.ts";
import { RawBlockCutter } from "../../store/raw-block.ts";
import { SegmentBuilder } from "../../store/segment/builder.ts";
import { RecordTemplates } from "../record-templates.ts";
import { toUtf8 } from "./encoding.ts";
import type { LettersToRead, LetterToRead } from "./protocol.ts";
import { readLetter, withPlace, type LetterReading } from "./read-letter.ts";

export function readLetters(input: LettersToRead): ReplayBatch {
  const format = formatById(input.format);
  if (format === undefined) throw new Error(`there is no format ${input.format}`);
  const stored = new StoredLetters(input.source.textEnd);
  const outcomes = input.letters.map((letter) => outcomeOf(format, input, letter, stored));
  return {
    sourceId: input.source.id,
    format: { id: format.id, version: format.version },
    segments: stored.segments(),
    blocks: stored.blocks(),
    outcomes,
  };
}

function outcomeOf(format: Format, input: LettersToRead, letter: LetterToRead, stored: StoredLetters): LetterOutcome {
  const { source, readAs } = input;
  const zone = readAs.zone ?? source.zone;
  const outcome = {
    id: letter.id,
    version: letter.version,
    readAs: { format: format.id, zone, encoding: readAs.encoding },
    records: 0,
    skippedWhy: {},
    rest: [],
    stage: "parse",
    reason: letter.reason,
    message: letter.message,
  } as const;
  if (letter.text === null) return { ...outcome, outcome: "failed", ...INCOMPLETE };
  const isConverted = readAs.encoding !== null && !letter.edited;
  const text = isConverted ? toUtf8(letter.text, readAs.encoding ?? "") : letter.text;
  const options = { zone, now: source.now };
  const { reason, message, around } = letter;
  const reading = readLetter(format, options, { text, reason, message, around, head: source.head });
  const { records, faults, skippedWhy } = reading;
  if (records.length === 0) {
    const [fault] = faults;
    if (fault !== undefined) {
      const { stage, reason: why } = fault;
      // An edited text has places of its own; what stands in the source keeps those that it has there.
      const isOriginal = !isConverted && !letter.edited;
      const there = { line: letter.line + fault.line - 1, offset: letter.offset + fault.offset };
      const what = isOriginal ? withPlace(fault, there) : fault.message;
      return { ...outcome, outcome: "failed", stage, reason: why, message: what };
    }
    if (Object.keys(skippedWhy).length === 0) return { ...outcome, outcome: "failed", ...NOTHING_IN_IT };
    return { ...outcome, outcome: "skipped", skippedWhy };
  }
  const place = isConverted || letter.edited ? null : letter.place;
  const rest = stored.add(reading, text, { place, line: letter.line, around });
  return { ...outcome, outcome: "replayed", records: records.length, skippedWhy, rest };
}

const INCOMPLETE = {
  stage: "fetch",
  reason: "incomplete",
  message:
    "The case does not hold all bytes of this letter, or they are more than 256 MiB. Edit its text, or cut the source and read that.",
} as const;

const NOTHING_IN_IT = {
  stage: "parse",
  reason: "no-record",
  message: "The text is empty: there is nothing in it that could be a record. Edit it, or discard it with a reason.",
} as const;

/** Records at the place of their bytes: where the source has them, or in text that is added behind it. */
class StoredLetters {
  readonly #builder = new SegmentBuilder();
  readonly #templates = new RecordTemplates();
  readonly #segments: EncodedSegment[] = [];
  readonly #blocks: RawBlock[] = [];
  readonly #cutter: RawBlockCutter;
  #textEnd: number;

  constructor(textEnd: number) {
    this.#textEnd = textEnd;
    this.#cutter = new RawBlockCutter(textEnd);
  }

  /** Answers with the parts that are no records, at their places: they stand where the letter stood. */
  add(
    reading: LetterReading,
    text: Uint8Array,
    { place, line, around }: Pick<LetterToRead, "place" | "line" | "around">,
  ): DeadLetterInput[] {
    const base = place ?? this.#append(text);
    for (const { input, offset, length, line: within } of reading.records) {
      if (this.#builder.full) this.#seal();
      this.#builder.add(input, base + offset, length, line + within - 1, this.#templates.of(input));
    }
    return reading.faults.map((fault) => ({
      ...fault,
      offset: base + fault.offset,
      line: line + fault.line - 1,
      message: withPlace(fault, { line: line + fault.line - 1, offset: base + fault.offset }),
      around: around ?? undefined,
      raw: text.slice(fault.offset, fault.offset + Math.min(fault.length, DEAD_LETTER_RAW_LIMIT)),
    }));
  }

  segments(): readonly EncodedSegment[] {
    if (this.#builder.count > 0) this.#seal();
    return this.#segments;
  }

  blocks(): readonly RawBlock[] {
    return [...this.#blocks, ...this.#cutter.flush()];
  }

  #append(text: Uint8Array): number {
    const at = this.#textEnd;
    this.#blocks.push(...this.#cutter.push(text));
    this.#textEnd += text.byteLength;
    return at;
  }

  #seal(): void {
    this.#segments.push(this.#builder.encode());
    this.#builder.clear();
  }
}
