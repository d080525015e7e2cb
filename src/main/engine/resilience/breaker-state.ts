/** What a breaker is at, what of it is shown, and what of it outlives the process. */
import { z } from "zod";
import { ERROR_CLASSES } from "./classify.ts";

const BREAKER_STATES = ["closed", "open", "half-open"] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

/** Automatic unless a person decided otherwise. */
const BREAKER_MODES = ["automatic", "held-open", "disabled"] as const;
export type BreakerMode = (typeof BREAKER_MODES)[number];

const controlSchema = z.object({
  action: z.enum(["reset", "hold-open", "disable", "retry-now"]),
  by: z.string().min(1),
  /** Milliseconds since the epoch. */
  at: z.number(),
});
/** Who decided what over a breaker, and when. */
export type ControlRecord = z.infer<typeof controlSchema>;

const lastFailureSchema = z.object({
  errorClass: z.enum(ERROR_CLASSES),
  message: z.string(),
  /** Milliseconds since the epoch. */
  at: z.number(),
});
export type LastFailure = z.infer<typeof lastFailureSchema>;

/**
 * A breaker as it is written down. The window is left out: failures of a minute ago say little of a target that
 * somebody closed the program over.
 */
export const breakerSnapshotSchema = z.object({
  version: z.literal(1),
  connector: z.string().min(1),
  target: z.string(),
  state: z.enum(BREAKER_STATES),
  mode: z.enum(BREAKER_MODES),
  /** Milliseconds that it was still to stay open when it was written down. */
  remainingOpenMs: z.number().min(0),
  reopenings: z.int().min(0),
  lastFailure: lastFailureSchema.nullable(),
  controls: z.array(controlSchema).readonly(),
  /** Milliseconds since the epoch. */
  savedAt: z.number(),
});
export type BreakerSnapshot = z.infer<typeof breakerSnapshotSchema>;

export interface BreakerStatus {
  /** "connector:target". */
  readonly name: string;
  readonly connector: string;
  readonly target: string;
  readonly state: BreakerState;
  readonly mode: BreakerMode;
  /** Percent: closed 100, half-open 50, open 0. */
  readonly health: 100 | 50 | 0;
  /** Null when it is not open, or when only a person ends it. */
  readonly remainingOpenMs: number | null;
  /** Of the window: */
  readonly calls: number;
  readonly failures: number;
  readonly slowCalls: number;
  readonly reopenings: number;
  /** Calls that were let through and have not reported. */
  readonly inFlight: number;
  readonly lastFailure: LastFailure | null;
  /** Newest last. */
  readonly controls: readonly ControlRecord[];
}

export const HEALTH_OF = { closed: 100, "half-open": 50, open: 0 } as const satisfies Record<BreakerState, number>;
