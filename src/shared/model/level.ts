import type { Severity } from "./severity.ts";

/** Level of a record, in the order of gravity; the number is what segments store. 0 is "says none". */
export const LEVELS = ["none", "trace", "debug", "info", "warn", "error", "fatal"] as const;
export type LevelName = (typeof LEVELS)[number];

export const Level = { none: 0, trace: 1, debug: 2, info: 3, warn: 4, error: 5, fatal: 6 } as const satisfies Record<
  LevelName,
  number
>;
export type Level = (typeof Level)[LevelName];

export const levelName = (level: number): LevelName => LEVELS[level] ?? "none";

/** The severity under which a record of a level is coloured and counted. A record without a level is LOW. */
export const SEVERITY_OF_LEVEL: readonly Severity[] = ["LOW", "INFO", "INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL"];
