import type { Micros } from "../units.ts";

export const DEAD_LETTER_STAGES = ["fetch", "decode", "parse", "validate", "store"] as const;
export type DeadLetterStage = (typeof DEAD_LETTER_STAGES)[number];

/** Raw bytes of a dead letter beyond this are left in the source's stored text. */
export const DEAD_LETTER_RAW_LIMIT = 65_536;

/** Texts around a dead letter that are longer are not kept with it. */
export const SURROUNDINGS_LIMIT = 16_384;

/**
 * What the format needs around a dead letter to read it as it stood: the header of its table, the resource or the
 * process of its span. Written by the format, and read by no other.
 */
export interface Surroundings {
  /** Whole lines, or the opening of a document. */
  readonly before: string;
  readonly after: string;
}

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
  /** Absent where nothing stood around it that reading it again needs. */
  readonly around?: Surroundings | undefined;
}

export interface DeadLetter extends DeadLetterInput {
  readonly id: number;
  readonly sourceId: number;
  readonly path: string;
  readonly connector: string;
  readonly format: string;
  readonly formatVersion: number;
  /** The same for the same bytes at the same place of the same source, in every copy of the case. */
  readonly key: string;
  /** Whether a text stands beside the original that a replay reads instead. */
  readonly edited: boolean;
  readonly attempts: number;
  /** How often replays have met it, or what it was cut out of. */
  readonly generation: number;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
}

export const DEAD_LETTER_ACTIONS = ["read", "imported", "edited", "restored", "failed", "revived"] as const;
export type DeadLetterAction = (typeof DEAD_LETTER_ACTIONS)[number];

/** One thing that happened to a dead letter. */
export interface DeadLetterStep {
  readonly at: Micros;
  readonly action: DeadLetterAction;
  /** Number of the attempt, for "read" and "failed"; 0 otherwise. */
  readonly attempt: number;
  /** What it was read as; null where nothing was read. */
  readonly format: string | null;
  readonly zone: string | null;
  readonly encoding: string | null;
  readonly reason: string | null;
  readonly message: string | null;
  /** The text that an edit wrote. */
  readonly text: Uint8Array | null;
}

/** Which dead letters something is done to. */
export type DeadLetterChoice =
  | { readonly which: "ids"; readonly ids: readonly number[] }
  | ({ readonly which: "group"; readonly reason: string } & ChosenAmong)
  | ({ readonly which: "all" } & ChosenAmong);

interface ChosenAmong {
  readonly sourceId: number | null;
  /** Words that all stand in message or reason. */
  readonly text?: string | undefined;
}

/** How a replay reads; null is what the letter, or else its source, was read with. */
export interface ReadAs {
  readonly format: string | null;
  readonly zone: string | null;
  /** Of the original bytes, as TextDecoder names it; null is UTF-8. */
  readonly encoding: string | null;
}

/** Sources whose accounting is in motion; their dead letters wait. */
export const isBeingRead = (state: string): boolean => state === "waiting" || state === "reading" || state === "paused";
