import type { Micros } from "../units.ts";

export const DEAD_LETTER_STAGES = ["fetch", "decode", "parse", "validate", "store"] as const;
export type DeadLetterStage = (typeof DEAD_LETTER_STAGES)[number];

/** Raw bytes of a dead letter beyond this are left in the source's stored text. */
export const DEAD_LETTER_RAW_LIMIT = 65_536;

/** Input that could not become a record. */
export interface DeadLetterInput {
  readonly offset: number;
  /** Bytes in the source; `raw` may hold only the first {@link DEAD_LETTER_RAW_LIMIT}. */
  readonly length: number;
  readonly line: number;
  readonly stage: DeadLetterStage;
  /** A stable class for grouping: "invalid-json", "line-too-long" … */
  readonly reason: string;
  /** What is wrong and where, in a sentence. */
  readonly message: string;
  readonly raw: Uint8Array;
}

export interface DeadLetter extends DeadLetterInput {
  readonly id: number;
  readonly sourceId: number;
  readonly path: string;
  readonly format: string;
  readonly attempts: number;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
}
