/** How long a breaker stays open: twice as long each time it reopens, up to a cap, and varied by a share. */
import { jittered } from "./backoff.ts";
import type { BreakerOptions } from "./breaker-options.ts";
import type { Random } from "./random.ts";

/** Milliseconds of the wait that begins now. */
export function openTimeMs(options: BreakerOptions, reopenings: number, random: Random): number {
  const plainMs = plainOpenTimeMs(options, reopenings);
  // The first time is exact; reopenings vary, so that breakers which failed together do not return together.
  return reopenings === 0 ? plainMs : Math.min(jittered(plainMs, options.openJitter, random), options.openCapMs);
}

/** Milliseconds that no such wait exceeds, whatever chance says. */
export function longestOpenTimeMs(options: BreakerOptions, reopenings: number): number {
  const share = reopenings === 0 ? 1 : 1 + options.openJitter;
  return Math.min(plainOpenTimeMs(options, reopenings) * share, options.openCapMs);
}

const plainOpenTimeMs = ({ openMs, openCapMs }: BreakerOptions, reopenings: number): number =>
  Math.min(openMs * 2 ** reopenings, openCapMs);
