/** What to show when a call gives nothing: an older answer, marked as such. */
import { asFailure } from "../../../shared/failure.ts";
import type { Fallback, LastGood } from "../../../shared/run.ts";
import type { Micros } from "../../../shared/units.ts";
import { type ErrorClass, classify } from "./classify.ts";
import type { Action, PolicyContext } from "./policy.ts";

/** Why an older answer stands in for a new one. */
export interface Staleness {
  /** When the answer was right; null when nobody knows. */
  readonly goodAt: Micros | null;
  readonly errorClass: ErrorClass;
  readonly message: string;
}

export interface Answer<T> {
  readonly value: T;
  /** Null for what the call itself gave. */
  readonly stale: Staleness | null;
}

/** A call that nobody waits for any more gets no fallback, and a fallback that fails leaves the failure of the call. */
export async function withFallback<T>(
  action: Action<T>,
  fallback: Fallback<T> | undefined,
  context: PolicyContext,
  signal: AbortSignal,
): Promise<Answer<T>> {
  try {
    return { value: await action(signal), stale: null };
  } catch (error) {
    if (fallback === undefined || signal.aborted) throw error;
    let older: LastGood<T> | null;
    try {
      older = await fallback(error, signal);
    } catch {
      throw error;
    }
    if (older === null) throw error;
    const { value, goodAt } = older;
    const stale: Staleness = { goodAt, errorClass: classify(error), message: asFailure(error).message };
    context.emit({ type: "fallback", name: context.name, errorClass: stale.errorClass, goodAt });
    return { value, stale };
  }
}
