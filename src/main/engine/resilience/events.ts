/**
 * What policies tell of themselves. They never log: whoever wants lines, numbers or a live view listens. Every event is
 * a plain object, so that it can cross threads and be written down as it is.
 */
import type { Micros } from "../../../shared/units.ts";
import type { WallMs } from "./clock.ts";
import type { ErrorClass } from "./classify.ts";
import type { BreakerState } from "./breaker-state.ts";

interface EventBase {
  /** "connector:target". */
  readonly name: string;
  /** Where the event belongs to one operation. */
  readonly operation?: string;
}
/** A call as whoever made it saw it: with all its waits and attempts. */
export interface CallEvent extends EventBase {
  readonly type: "call";
  readonly connector: string;
  readonly target: string;
  readonly operation: string;
  readonly durationMs: number;
  /** Null when it succeeded; a call that a fallback stood in for has failed. */
  readonly errorClass: ErrorClass | null;
  readonly message: string | null;
}
export interface RetryEvent extends EventBase {
  readonly type: "retry";
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly delayMs: number;
  readonly errorClass: ErrorClass;
}
export interface GaveUpEvent extends EventBase {
  readonly type: "gave-up";
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly errorClass: ErrorClass;
  readonly why: "attempts" | "budget" | "not-transient";
}
export interface TimeoutEvent extends EventBase {
  readonly type: "timeout";
  readonly scope: "attempt" | "total";
  readonly afterMs: number;
}
export interface BreakerEvent extends EventBase {
  readonly type: "breaker";
  readonly from: BreakerState;
  readonly to: BreakerState;
  readonly why: "failures" | "failure-ratio" | "slow-calls" | "waited" | "probe" | "lease" | "control";
  /** How long it stays open; null when it is not, or when only a person ends it. */
  readonly openMs: number | null;
}
export interface ControlEvent extends EventBase {
  readonly type: "control";
  readonly action: "reset" | "hold-open" | "disable" | "retry-now";
  readonly by: string;
  readonly at: WallMs;
}
export interface RefusedEvent extends EventBase {
  readonly type: "refused";
  readonly by: "circuit-breaker" | "rate-limit" | "bulkhead";
  readonly retryAfterMs: number | null;
}
export interface FallbackEvent extends EventBase {
  readonly type: "fallback";
  readonly errorClass: ErrorClass;
  /** When what is shown instead was right; null when nobody knows. */
  readonly goodAt: Micros | null;
}
export interface FaultEvent extends EventBase {
  readonly type: "fault";
  readonly fault: "error" | "delay" | "hang";
}

export type ResilienceEvent =
  | CallEvent
  | RetryEvent
  | GaveUpEvent
  | TimeoutEvent
  | BreakerEvent
  | ControlEvent
  | RefusedEvent
  | FallbackEvent
  | FaultEvent;

export type Emit = (event: ResilienceEvent) => void;

/** Hands events on. A listener that throws is a bug of its own: it is warned of, and the call goes on. */
export class EventHub {
  readonly #listeners = new Set<Emit>();

  /** What it returns stops the listening. */
  on(listener: Emit): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  readonly emit: Emit = (event) => {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (thrown) {
        process.emitWarning(thrown instanceof Error ? thrown : new Error(String(thrown)));
      }
    }
  };
}
