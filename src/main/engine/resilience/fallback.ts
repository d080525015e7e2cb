/** What to show when a call gives nothing: an older answer, marked as such. */
import { classify } from "./classify.ts";
import type { Action, PolicyContext } from "./policy.ts";

export interface Answer<T> {
  readonly value: T;
  /** True for what the fallback gave: it was right once. */
  readonly stale: boolean;
}

/** The older answer; undefined when there is none. */
export type Give<T> = (error: unknown, signal: AbortSignal) => Promise<T | undefined>;

/** A call that nobody waits for any more gets no fallback, and a fallback that fails leaves the failure of the call. */
export async function withFallback<T>(
  action: Action<T>,
  give: Give<T> | undefined,
  context: PolicyContext,
  signal: AbortSignal,
): Promise<Answer<T>> {
  try {
    return { value: await action(signal), stale: false };
  } catch (error) {
    if (give === undefined || signal.aborted) throw error;
    let value: T | undefined;
    try {
      value = await give(error, signal);
    } catch {
      throw error;
    }
    if (value === undefined) throw error;
    context.emit({ type: "fallback", name: context.name, errorClass: classify(error) });
    return { value, stale: true };
  }
}
