/**
 * The seam through which connectors call outside. Deadlines, retry, breakers and call statistics belong here, behind
 * the same signature.
 */
import { FailureError } from "../../../shared/failure.ts";
import type { Run } from "../../../shared/run.ts";

/** Calls once, without a policy; an abort is answered at once, also for an action that does not listen to it. */
export const runDirectly: Run = async (_call, action, signal) => {
  if (signal.aborted) throw cancelled();
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(cancelled());
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([action(signal), aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
};

const cancelled = (): FailureError => new FailureError("cancelled", "The call was cancelled.");
