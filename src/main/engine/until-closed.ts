/** Calls of an engine that may be closing: a window goes on asking until it is gone. */
import { FailureError } from "../../shared/failure.ts";
import type { EngineCalls } from "./engine-calls.ts";

export const closed = (): FailureError => new FailureError("closed", "Faultline is closing. Start it again to go on.");

/** The same calls, none of which begins once the engine closes. */
export function untilClosed(calls: EngineCalls, isClosing: () => boolean): EngineCalls {
  type AnyCall = (input: never) => Promise<unknown>;
  const guarded = Object.entries(calls as Readonly<Record<string, AnyCall>>).map(([name, call]) => [
    name,
    async (input: never) => {
      if (isClosing()) throw closed();
      return await call(input);
    },
  ]);
  return Object.fromEntries(guarded) as EngineCalls;
}
