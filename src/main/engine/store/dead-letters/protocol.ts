// What the writer is told of dead letters, and what a replay reads of them.
import type {
  DeadLetterChoice,
  DeadLetterInput,
  DeadLetterStep,
  ReadAs,
} from "../../../../shared/model/dead-letter.ts";
import type { Micros } from "../../../../shared/units.ts";
import type { EncodedSegment, RawBlock } from "../protocol.ts";

/** What became of one letter when it was read again. */
export interface LetterOutcome {
  readonly id: number;
  /** Of the letter as it was read; another one by now means that the outcome is of yesterday. */
  readonly version: number;
  /** "skipped" when all of it is rightly no record: a blank line, a comment. */
  readonly outcome: "replayed" | "skipped" | "failed";
  readonly readAs: ReadAs;
  readonly records: number;
  readonly skippedWhy: Readonly<Record<string, number>>;
  /** Parts of a letter that became records which are none themselves; they go on as letters. */
  readonly rest: readonly DeadLetterInput[];
  /** Of one that failed. */
  readonly stage: DeadLetterInput["stage"];
  readonly reason: string;
  readonly message: string;
}

/** One transaction of a replay, of letters of one source read with one format. */
export interface ReplayBatch {
  readonly sourceId: number;
  readonly format: { readonly id: string; readonly version: number };
  readonly segments: readonly EncodedSegment[];
  /** Edited or converted text; it goes on where the stored text of the source ends. */
  readonly blocks: readonly RawBlock[];
  readonly outcomes: readonly LetterOutcome[];
}

/** A letter from a file of exported ones. */
export interface ImportedLetter extends DeadLetterInput {
  readonly path: string;
  readonly zone: string;
  readonly connector: string;
  readonly format: string;
  readonly formatVersion: number;
  readonly key: string;
  readonly edited: Uint8Array | null;
  readonly attempts: number;
  readonly generation: number;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
  readonly history: readonly DeadLetterStep[];
}

export interface ImportedCounts {
  readonly imported: number;
  /** Letters that were there and took over the edit of the file. */
  readonly edited: number;
  readonly skipped: number;
}

/** Served by the writer's thread beside the rest; every method is one transaction. */
// oxlint-disable-next-line typescript/consistent-type-definitions -- a type literal satisfies the index signature of Methods
export type DeadLetterWrites = {
  /** Fails with "stale", and changes nothing, when a letter or the source is not what it was when the batch was read. */
  commitReplay(input: ReplayBatch): { revision: number };
  /** Null goes back to the original. */
  editDeadLetter(input: { id: number; text: Uint8Array | null }): { revision: number };
  discardDeadLetters(input: { choice: DeadLetterChoice; reason: string }): {
    discarded: number;
    skipped: number;
    revision: number;
  };
  importDeadLetters(input: { letters: readonly ImportedLetter[] }): ImportedCounts & { revision: number };
  /** Forgets letters that nothing happened to since; they stay counted. */
  dropOldDeadLetters(input: { before: Micros }): { dropped: number; revision: number };
};
