/** How many dead letters of a source are kept. What is over is counted, and its bytes stay in the source's stored text. */
import { DEAD_LETTER_RAW_LIMIT, type DeadLetterInput } from "../../../shared/model/dead-letter.ts";
import type { Batch } from "../store/protocol.ts";

export interface LetterLimits {
  readonly letters: number;
  /** Of the bytes that are kept of them, with what stood around them. */
  readonly bytes: number;
}

export const NO_LIMITS: LetterLimits = { letters: Number.MAX_SAFE_INTEGER, bytes: Number.MAX_SAFE_INTEGER };

export class LetterCap {
  readonly #step: LetterLimits;
  #letters = 0;
  #bytes = 0;
  #mostLetters: number;
  #mostBytes: number;
  /** Set once somebody said that what is over shall only be counted. */
  countsOnly = false;

  constructor(limits: LetterLimits) {
    this.#step = limits;
    this.#mostLetters = limits.letters;
    this.#mostBytes = limits.bytes;
  }

  get kept(): number {
    return this.#letters;
  }

  fits(letters: readonly DeadLetterInput[]): boolean {
    return this.#letters + letters.length <= this.#mostLetters && this.#bytes + bytesOf(letters) <= this.#mostBytes;
  }

  /** Makes room for as many again, at least for these. */
  extend(letters: readonly DeadLetterInput[]): void {
    this.#mostLetters = Math.max(this.#mostLetters + this.#step.letters, this.#letters + letters.length);
    this.#mostBytes = Math.max(this.#mostBytes + this.#step.bytes, this.#bytes + bytesOf(letters));
  }

  /** The batch with the letters that there is room for; the others are counted as dropped. */
  take(batch: Batch): Batch {
    const kept: DeadLetterInput[] = [];
    for (const letter of batch.deadLetters) {
      const bytes = bytesOfOne(letter);
      if (this.#letters + 1 > this.#mostLetters || this.#bytes + bytes > this.#mostBytes) continue;
      this.#letters += 1;
      this.#bytes += bytes;
      kept.push(letter);
    }
    const dropped = batch.deadLetters.length - kept.length;
    if (dropped === 0) return batch;
    return { ...batch, deadLetters: kept, droppedLetters: (batch.droppedLetters ?? 0) + dropped };
  }
}

const bytesOf = (letters: readonly DeadLetterInput[]): number =>
  letters.reduce((sum, letter) => sum + bytesOfOne(letter), 0);

const bytesOfOne = ({ raw, around }: DeadLetterInput): number =>
  Math.min(raw.byteLength, DEAD_LETTER_RAW_LIMIT) +
  (around === undefined ? 0 : around.before.length + around.after.length);
