/** Plays faults in front of an action, for tests: a build that people use has none. */
import type { Policy, PolicyContext } from "./policy.ts";
import { sleep, untilAborted } from "./waiting.ts";

export type Fault =
  | { readonly type: "error"; readonly error: unknown }
  | { readonly type: "delay"; readonly delayMs: number }
  /** Never answers, and does not listen to its signal. */
  | { readonly type: "hang" };

/** What happens to a call, by its number from 1; null lets it through. */
export type FaultPlan = (name: string, call: number) => Fault | null;

/** Vite writes the mode into what it builds; sources that run as they are have none. */
export const faultsAreAllowed = (): boolean => import.meta.env?.MODE === "test";

export function faultInjection(plan: FaultPlan, context: PolicyContext): Policy {
  const { name, clock, emit } = context;
  let calls = 0;
  return async (action, signal) => {
    calls += 1;
    const fault = plan(name, calls);
    if (fault === null) return action(signal);
    emit({ type: "fault", name, fault: fault.type });
    if (fault.type === "error") throw fault.error;
    if (fault.type === "hang") return untilAborted(() => new Promise<never>(() => {}), signal);
    await sleep(clock, fault.delayMs, signal);
    return action(signal);
  };
}
