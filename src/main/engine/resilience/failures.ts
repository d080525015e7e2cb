/** The failures that are ours: a limit that was reached or a call that was not let through. */
import { FailureError } from "../../../shared/failure.ts";

/** Time ran out: for one attempt, or for the call with all its attempts. */
export class TimeoutFailure extends FailureError {
  readonly scope: "attempt" | "total";
  readonly afterMs: number;
  constructor(name: string, scope: "attempt" | "total", afterMs: number) {
    const sentence =
      scope === "attempt"
        ? `${name}: no answer within ${afterMs / 1_000} s. Check that it can be reached, or allow it more time in the settings.`
        : `${name}: not done within ${afterMs / 1_000} s, with all its attempts. Try again later, or allow it more time in the settings.`;
    super(scope === "attempt" ? "timeout" : "deadline", sentence);
    this.name = "TimeoutFailure";
    this.scope = scope;
    this.afterMs = afterMs;
  }
}

export type Refuser = "circuit-breaker" | "rate-limit" | "bulkhead";

const REASONS: Readonly<Record<Refuser, string>> = {
  "circuit-breaker": "circuit-open",
  "rate-limit": "rate-limited",
  bulkhead: "too-busy",
};

/** We did not call: that says nothing of the target. */
export class RefusedFailure extends FailureError {
  readonly by: Refuser;
  /** When it is worth trying again; null when only a person or the end of other calls can tell. */
  readonly retryAfterMs: number | null;
  constructor(by: Refuser, message: string, retryAfterMs: number | null, options?: ErrorOptions) {
    super(REASONS[by], message, options);
    this.name = "RefusedFailure";
    this.by = by;
    this.retryAfterMs = retryAfterMs;
  }
}

export const cancelled = (): FailureError => new FailureError("cancelled", "The call was cancelled.");

/** What an aborted signal means: a limit of ours says so itself, everything else is somebody's cancel. */
export const endOf = (signal: AbortSignal): FailureError =>
  signal.reason instanceof TimeoutFailure ? signal.reason : cancelled();

export const isCancelled = (signal: AbortSignal): boolean =>
  signal.aborted && !(signal.reason instanceof TimeoutFailure);
