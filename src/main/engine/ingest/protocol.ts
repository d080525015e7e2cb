/** What crosses between an import and its parser thread. A thread parses one source at a time. */
import type { DeadLetterInput } from "../../../shared/model/dead-letter.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { Accounting, FormatTrial, TestTotals } from "../../../shared/model/source.ts";
import type { Micros } from "../../../shared/units.ts";
import type { EncodedSegment, RawBlock, SharedPacks } from "../store/protocol.ts";
import type { Position, TimePlace } from "../formats/format.ts";
import type { CallContext } from "../threads/rpc.ts";
import type { LetterMethods } from "./replay/protocol.ts";

/** What a parser thread is told when it is made. */
export interface ParserThreadStart {
  /** Whether it stands behind the threads of a window. */
  readonly yields: boolean;
}

export interface ParserStart {
  /** Name of the file; a hint for recognition. */
  readonly name: string;
  /** Id of the format to read it as; null to recognise it. */
  readonly format: string | null;
  readonly zone: string;
  readonly now: Micros;
  /** Whether that is when the source was last changed. */
  readonly isModified?: boolean | undefined;
  /** Of a stretch in the middle of a source, whose format is named: where it begins. */
  readonly from?: Position | undefined;
}

/** What was recognised; said once, with the first part. */
export interface Recognition {
  /** Null when nothing fits. */
  readonly format: string | null;
  readonly formatVersion: number;
  readonly confidence: number;
  readonly tried: readonly FormatTrial[];
  /** Stretches of whole lines may be read by several threads. */
  readonly linesStandAlone: boolean;
  /** Where the times of its lines stand; null where no time was met, or where that tells nothing. */
  readonly timePlace: TimePlace | null;
}

/** Something worth knowing of a whole source: the first message of its key, and how often there was one. */
export interface Warning {
  readonly key: string;
  readonly message: string;
  readonly count: number;
}

/** What belongs into one transaction: the accounting counts exactly what this part and those before it of its stretch hold. */
export interface ParsedPart {
  readonly recognition: Recognition | null;
  readonly segments: readonly EncodedSegment[];
  readonly blocks: readonly RawBlock[];
  readonly deadLetters: readonly DeadLetterInput[];
  /** Counted in the accounting, and not among the dead letters. */
  readonly droppedLetters: number;
  readonly accounting: Accounting;
  readonly tests: TestTotals | null;
  /** Everything worth knowing so far. */
  readonly warnings: readonly Warning[];
  /** Bytes of the decoded stream so far. */
  readonly bytes: number;
  /** The last chunk is not read to its end: `readOn` comes before the next. */
  readonly isMore: boolean;
  /** The parser gave up; nothing more is taken. */
  readonly failure: Failure | null;
}

/** All of a small source at once. */
export interface WholeSource {
  readonly start: ParserStart;
  readonly chunks: readonly Uint8Array[];
  /** Its stream ended early. */
  readonly cut: boolean;
  readonly keepsLetters: boolean;
}

/** Of each source of a lot its only part, and what they share. */
export interface LotAnswer {
  /** Null where there is more to say of a source (several parts, a fault), and it has to be read by itself. */
  readonly parts: readonly (ParsedPart | null)[];
  readonly packs: SharedPacks;
}

/** Served by `parser.worker.ts`. */
export type ParserMethods = LetterMethods & {
  start(input: ParserStart, context: CallContext): null;
  /** Null when the chunk completed nothing that should be stored yet. Its answer is the credit for the next chunk. */
  push(input: { chunk: Uint8Array; keepsLetters: boolean }, context: CallContext): ParsedPart | null;
  /** `start`, `push`, `readOn` and `end` in one call; one part at least. */
  readWhole(input: WholeSource, context: CallContext): readonly ParsedPart[];
  /** Many small sources, one after the other. */
  readLot(input: readonly WholeSource[], context: CallContext): LotAnswer;
  readOn(input: { keepsLetters: boolean }, context: CallContext): ParsedPart | null;
  /** The stream ended; with `cut` it ended early, and what is pending becomes a dead letter instead of being read as whole. */
  end(input: { cut: boolean }, context: CallContext): ParsedPart;
};
