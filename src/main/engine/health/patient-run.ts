/**
 * A source is read in many calls. While a breaker tries its target again it refuses most of them for a moment; a reading
 * that ended there would leave half a source of a server that is well. So whoever reads waits its turn.
 */
import type { Run } from "../../../shared/run.ts";
import type { Clock } from "../resilience/clock.ts";
import { BREAKER } from "../resilience/defaults.ts";
import { RefusedFailure } from "../resilience/failures.ts";
import { sleep } from "../resilience/waiting.ts";

/** With one chance in five for each turn, more of them are all lost once in eight hundred times. */
const MOST_TURNS = 30;

export const patientRun =
  (run: Run, clock: Clock): Run =>
  async (call, action, signal, fallback) => {
    for (let turn = 1; ; turn += 1) {
      try {
        return await run(call, action, signal, fallback);
      } catch (thrown) {
        const waitMs = turn < MOST_TURNS ? shortWaitMs(thrown) : null;
        if (waitMs === null) throw thrown;
        await sleep(clock, waitMs, signal);
      }
    }
  };

/** Null for anything but a breaker that asks for a moment: an open one asks for more. */
function shortWaitMs(thrown: unknown): number | null {
  if (!(thrown instanceof RefusedFailure) || thrown.by !== "circuit-breaker" || thrown.retryAfterMs === null)
    return null;
  return thrown.retryAfterMs <= BREAKER.surplusRetryAfterMs ? thrown.retryAfterMs : null;
}
