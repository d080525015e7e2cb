import type { Micros } from "../units.ts";

export const SOURCE_STATES = [
  "waiting",
  "reading",
  /** Has more dead letters than are kept; somebody must say how to go on. */
  "paused",
  "done",
  "failed",
  "cancelled",
  "not-recognised",
  "empty",
] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

/** Exact accounting: `read = records + deadLetters + skipped`, always, in the format's own units. */
export interface Accounting {
  /** Lines, array elements, rows, spans or samples, counted by the reader of units and not by adding up the rest. */
  readonly read: number;
  readonly records: number;
  readonly deadLetters: number;
  readonly skipped: number;
  /** Units by the reason they were skipped for. */
  readonly skippedWhy: Readonly<Record<string, number>>;
}
export const NOTHING_READ: Accounting = { read: 0, records: 0, deadLetters: 0, skipped: 0, skippedWhy: {} };

/** Sums of a test report, whichever tool wrote it. */
export interface TestTotals {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly errors: number;
  readonly skipped: number;
}

/** The reason of a trial that found nothing at all. */
export const NO_MATCH = "does not match";

/** One candidate that was tried on a source's first bytes. */
export interface FormatTrial {
  readonly format: string;
  /** 0–1; 0 when it does not match. */
  readonly confidence: number;
  readonly reason: string;
}

/** One thing that was opened. */
export interface Source extends Accounting {
  readonly id: number;
  /** As the person would write it; an entry of a folder carries the folder's path. */
  readonly path: string;
  readonly connector: string;
  /** Null until recognised. */
  readonly format: string | null;
  readonly confidence: number;
  readonly tried: readonly FormatTrial[];
  readonly state: SourceState;
  /** What went wrong or is worth knowing, in sentences; empty when nothing is. */
  readonly messages: readonly string[];
  /** Bytes on disk, before decompression. */
  readonly bytes: number;
  /** Bytes on disk that were read so far. */
  readonly bytesRead: number;
  readonly events: number;
  readonly from: Micros | null;
  readonly to: Micros | null;
  readonly tests: TestTotals | null;
  /** Dead letters that were counted and are not kept: over the cap, or too old. */
  readonly deadLettersDropped: number;
  /** When its bytes were fetched; null when nobody noted it. */
  readonly readAt: Micros | null;
  /** Zone that times without one were read in. */
  readonly zone: string;
}
