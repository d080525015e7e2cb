/** The three ways to wait. Each ends at once when its signal does, also when what is waited for does not listen. */
import type { Clock } from "./clock.ts";
import { endOf, type TimeoutFailure } from "./failures.ts";
import type { Action } from "./policy.ts";

/** The action's answer, or the failure that its signal stands for when that comes first. */
export function untilAborted<T>(action: Action<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) return reject(endOf(signal));
    const onAbort = (): void => reject(endOf(signal));
    signal.addEventListener("abort", onAbort);
    const forget = (): void => signal.removeEventListener("abort", onAbort);
    // An action that throws before it returns a promise fails like any other.
    void new Promise<T>((settle) => settle(action(signal))).then(resolve, reject).finally(forget);
  });
}

/** Nothing for a while. */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  let cancelTimer = (): void => {};
  const slept = untilAborted<void>(
    () =>
      new Promise((resolve) => {
        cancelTimer = clock.schedule(delayMs, resolve);
      }),
    signal,
  );
  return slept.finally(() => cancelTimer());
}

/** The action's answer within a time; then its signal is ended with the failure, whether it listens or not. */
export async function within<T>(
  limit: { readonly clock: Clock; readonly afterMs: number; readonly failure: () => TimeoutFailure },
  action: Action<T>,
  signal: AbortSignal,
): Promise<T> {
  if (signal.aborted) throw endOf(signal);
  const own = new AbortController();
  const follow = (): void => own.abort(signal.reason);
  signal.addEventListener("abort", follow);
  const cancelTimer = limit.clock.schedule(limit.afterMs, () => own.abort(limit.failure()));
  try {
    return await untilAborted(action, own.signal);
  } finally {
    cancelTimer();
    signal.removeEventListener("abort", follow);
  }
}
