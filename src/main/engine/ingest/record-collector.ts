/** Where a format's parser puts what it reads: rows go into segments, and every unit is counted once. */
import { DEAD_LETTER_RAW_LIMIT, type DeadLetterInput } from "../../../shared/model/dead-letter.ts";
import type { RecordInput, RecordView } from "../../../shared/model/record.ts";
import type { Accounting, TestTotals } from "../../../shared/model/source.ts";
import type { Position, RecordSink } from "../formats/format.ts";
import type { EncodedSegment } from "../store/protocol.ts";
import type { SegmentBuilder } from "../store/segment/builder.ts";
import type { Warning } from "./protocol.ts";
import type { RecordTemplates } from "./record-templates.ts";

export interface Collected {
  readonly segments: readonly EncodedSegment[];
  readonly deadLetters: readonly DeadLetterInput[];
  /** Dead letters that were counted and not kept. */
  readonly droppedLetters: number;
  readonly accounting: Accounting;
}

/** What outlives a collector. */
export interface CollectorParts {
  /** Takes megabytes: whoever reads one source after the other hands the same one over again. */
  readonly builder: RowTarget;
  readonly templates: RecordTemplates;
}

/** Where rows become segments: a builder, or what several sources share one through. */
export type RowTarget = Pick<SegmentBuilder, "count" | "full" | "add" | "encode" | "clear">;

export class RecordCollector implements RecordSink {
  readonly #builder: RowTarget;
  readonly #templates: RecordTemplates;
  readonly #warnings = new Map<string, { readonly message: string; count: number }>();
  readonly #skippedWhy: Record<string, number> = Object.create(null) as Record<string, number>;
  #segments: EncodedSegment[] = [];
  #deadLetters: DeadLetterInput[] = [];
  #read = 0;
  #records = 0;
  #letters = 0;
  #droppedLetters = 0;
  /** False once so many came that the others are only counted. */
  keepsLetters = true;
  #skipped = 0;
  /** Records and dead letters that were taken; what the case holds. */
  #takenRecords = 0;
  #takenLetters = 0;
  testTotals: TestTotals | null = null;
  /** End of the last unit whose fate is known. */
  settledEnd: number;
  lastLine: number;

  constructor({ builder, templates }: CollectorParts, from: Position) {
    builder.clear();
    this.#builder = builder;
    this.#templates = templates;
    this.settledEnd = from.offset;
    this.lastLine = from.line;
  }

  read(units = 1): void {
    this.#read += units;
  }

  record(input: RecordInput, offset: number, length: number, line: number): void {
    this.recordView(input, offset, length, line);
  }

  recordView(input: RecordView, offset: number, length: number, line: number): void {
    if (this.#builder.full) this.#seal();
    this.#builder.add(input, offset, length, line, this.#templates.of(input));
    this.#records += 1;
    this.#settle(offset, length, line);
  }

  deadLetter(letter: DeadLetterInput): void {
    if (!this.keepsLetters) this.#droppedLetters += 1;
    // The bytes may lie in a chunk that is gone once the parser returns.
    else this.#deadLetters.push({ ...letter, raw: new Uint8Array(letter.raw.subarray(0, DEAD_LETTER_RAW_LIMIT)) });
    this.#letters += 1;
    this.#settle(letter.offset, letter.length, letter.line);
  }

  skip(reason: string, units = 1): void {
    this.#skipped += units;
    this.#skippedWhy[reason] = (this.#skippedWhy[reason] ?? 0) + units;
  }

  warn(key: string, message: string): void {
    const warning = this.#warnings.get(key);
    if (warning === undefined) this.#warnings.set(key, { message, count: 1 });
    else warning.count += 1;
  }

  tests(totals: TestTotals): void {
    this.testTotals = totals;
  }

  warnings(): Warning[] {
    return [...this.#warnings].map(([key, { message, count }]) => ({ key, message, count }));
  }

  /** Rows that are not in a sealed segment yet. */
  get openRows(): number {
    return this.#builder.count;
  }

  get sealedSegments(): number {
    return this.#segments.length;
  }

  get pendingDeadLetters(): number {
    return this.#deadLetters.length;
  }

  /** Units that were met and whose fate is not known yet. */
  get pendingUnits(): number {
    return this.#read - this.#settled;
  }

  get #settled(): number {
    return this.#records + this.#letters + this.#skipped;
  }

  /** Hands over all rows and dead letters so far, with the accounting that counts exactly what was handed over. */
  take(): Collected {
    if (this.#builder.count > 0) this.#seal();
    const segments = this.#segments;
    const deadLetters = inOneBuffer(this.#deadLetters);
    const droppedLetters = this.#droppedLetters;
    this.#droppedLetters = 0;
    this.#segments = [];
    this.#deadLetters = [];
    this.#takenRecords += segments.reduce((sum, segment) => sum + segment.count, 0);
    this.#takenLetters += deadLetters.length + droppedLetters;
    if (this.#takenRecords !== this.#records || this.#takenLetters !== this.#letters) {
      throw new Error(
        `accounting: ${this.#records} records and ${this.#letters} dead letters were counted, ` +
          `${this.#takenRecords} and ${this.#takenLetters} handed over`,
      );
    }
    const accounting = {
      read: this.#settled,
      records: this.#records,
      deadLetters: this.#letters,
      skipped: this.#skipped,
      skippedWhy: { ...this.#skippedWhy },
    };
    return { segments, deadLetters, droppedLetters, accounting };
  }

  #settle(offset: number, length: number, line: number): void {
    this.settledEnd = Math.max(this.settledEnd, offset + length);
    this.lastLine = Math.max(this.lastLine, line);
  }

  #seal(): void {
    this.#segments.push(this.#builder.encode());
    this.#builder.clear();
  }
}

/** Their bytes side by side: from thread to thread one buffer goes, not a million of a few bytes each. */
function inOneBuffer(letters: readonly DeadLetterInput[]): DeadLetterInput[] {
  const bytes = new Uint8Array(letters.reduce((sum, { raw }) => sum + raw.byteLength, 0));
  let at = 0;
  return letters.map((letter) => {
    const { raw } = letter;
    bytes.set(raw, at);
    at += raw.byteLength;
    return { ...letter, raw: bytes.subarray(at - raw.byteLength, at) };
  });
}
