/** The seam through which connectors call outside, as connectors see it: one function. */
import { NO_ACCESS, type Run } from "../../../shared/run.ts";
import type { Resilience } from "./resilience.ts";
import { untilAborted } from "./waiting.ts";

/** Calls once, without a policy; an abort is answered at once, also for an action that does not listen to it. */
export const runDirectly: Run = (_call, action, signal) =>
  untilAborted((attempt) => action(attempt, NO_ACCESS), signal);

/** Calls through every policy of the call's connector, target and operation. */
export const runThrough =
  (resilience: Resilience): Run =>
  async (call, action, signal, fallback) =>
    (await resilience.execute(call, (attempt) => action(attempt, NO_ACCESS), signal, fallback)).value;
