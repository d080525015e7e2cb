// Connectors with every policy around them: real files and sockets, a clock that the test moves.
import { type MountKind, sparingDisks } from "../../../src/main/engine/connectors/support/mount.ts";
import { FakeClock, middle } from "../../unit/resilience/support.ts";
import { Resilience } from "../../../src/main/engine/resilience/resilience.ts";
import { runThrough } from "../../../src/main/engine/resilience/run.ts";
import type { ResilienceEvent } from "../../../src/main/engine/resilience/events.ts";
import type { ResilienceSettings } from "../../../src/main/engine/resilience/settings.ts";
import type { Run } from "../../../src/shared/run.ts";

export interface Layer {
  readonly resilience: Resilience;
  readonly run: Run;
  readonly events: ResilienceEvent[];
  readonly clock: FakeClock;
  /** Lets every delay between attempts pass at once until the promise is settled. */
  finish<T>(promise: Promise<T>): Promise<T>;
}

/** Without a word of what lies below, paths lie on a network mount: there is more to play. */
export function layer(settings: ResilienceSettings = {}, mount: MountKind = "network"): Layer {
  const clock = new FakeClock();
  const resilience = new Resilience({ settings, clock, random: middle });
  const events: ResilienceEvent[] = [];
  resilience.events.on((event) => void events.push(event));
  /** Events whose delays are over. */
  let ended = 0;
  const finish = async <T>(promise: Promise<T>): Promise<T> => {
    const state = { isSettled: false };
    const settled = promise.finally(() => {
      state.isSettled = true;
    });
    settled.catch(() => {});
    // Real sockets and files take real turns of the loop, in which the clock stands; a delay is over at once.
    while (!state.isSettled) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      for (; ended < events.length; ended += 1) {
        const event = events[ended];
        if (event?.type === "retry") await clock.advance(event.delayMs);
      }
    }
    return await settled;
  };
  return { resilience, run: sparingDisks(runThrough(resilience), () => Promise.resolve(mount)), events, clock, finish };
}
