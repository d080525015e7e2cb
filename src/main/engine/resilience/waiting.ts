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

interface Limit {
  readonly clock: Clock;
  readonly afterMs: number;
  readonly failure: () => TimeoutFailure;
  /** Whether it begins anew when the machine slept through its end. */
  readonly forgivesSleep: boolean;
}

/** Chosen: no loop is held up for so long. A timer that is this late was due while the machine slept. */
const SLEPT_MS = 60_000;

/** The action's answer within a time; then its signal is ended with the failure, whether it listens or not. */
export async function within<T>(limit: Limit, action: Action<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw endOf(signal);
  const own = new AbortController();
  const follow = (): void => own.abort(signal.reason);
  signal.addEventListener("abort", follow);
  const { clock, afterMs, failure, forgivesSleep } = limit;
  const arm = (): (() => void) => {
    const due = clock.now() + afterMs;
    return clock.schedule(afterMs, () => {
      if (forgivesSleep && clock.now() - due > SLEPT_MS) cancelTimer = arm();
      else own.abort(failure());
    });
  };
  let cancelTimer = arm();
  try {
    return await untilAborted(action, own.signal);
  } finally {
    cancelTimer();
    signal.removeEventListener("abort", follow);
  }
}
