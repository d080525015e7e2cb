/** What crosses between a replay and its parser thread. */
import type { DeadLetterPreview } from "../../../../shared/contract.ts";
import type { ReadAs, Surroundings } from "../../../../shared/model/dead-letter.ts";
import type { LetterSource } from "../../store/dead-letters/page.ts";
import type { ReplayBatch } from "../../store/dead-letters/protocol.ts";
import type { CallContext } from "../../threads/rpc.ts";

export interface LetterToRead {
  readonly id: number;
  readonly version: number;
  readonly line: number;
  readonly offset: number;
  readonly reason: string;
  readonly message: string;
  /** Null when the case does not hold all of it. */
  readonly text: Uint8Array | null;
  /** Whether the text is an edited one, and so UTF-8. */
  readonly edited: boolean;
  /** Where the stored text of the source holds it; null when it does not. */
  readonly place: number | null;
  /** Of the format that the letter was read with; null when it is read with another. */
  readonly around: Surroundings | null;
}

export interface LettersToRead {
  readonly source: LetterSource;
  readonly format: string;
  readonly readAs: ReadAs;
  readonly letters: readonly LetterToRead[];
}

export interface PreviewRequest {
  readonly format: string;
  readonly zone: string;
  readonly encoding: string | null;
  readonly now: LetterSource["now"];
  readonly head: Uint8Array;
  readonly reason: string;
  readonly message: string;
  readonly text: Uint8Array;
  readonly around: Surroundings | null;
}

/** Served by `parser.worker.ts` beside the import's calls. */
// oxlint-disable-next-line typescript/consistent-type-definitions -- a type literal satisfies the index signature of Methods
export type LetterMethods = {
  readLetters(input: LettersToRead, context: CallContext): ReplayBatch;
  preview(input: PreviewRequest, context: CallContext): DeadLetterPreview;
};
