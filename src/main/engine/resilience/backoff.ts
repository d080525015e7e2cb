/** How long to wait before the next attempt. */
import type { Random } from "./random.ts";

export type BackoffStrategy = "exponential" | "linear" | "constant";

export interface BackoffOptions {
  readonly strategy: BackoffStrategy;
  readonly baseMs: number;
  /** Of the exponential strategy alone. */
  readonly factor: number;
  /** No delay is longer, with its jitter too. */
  readonly capMs: number;
  /** Share of the delay by which it varies in both directions: 0.2 for ±20 %. */
  readonly jitter: number;
}

/** Milliseconds before a retry; the first retry is number 0. */
export function backoffMs(options: BackoffOptions, retry: number, random: Random): number {
  const plainMs = STRATEGIES[options.strategy](options, retry);
  return Math.min(jittered(plainMs, options.jitter, random), options.capMs);
}

/** The value, moved by up to its share in either direction. */
export const jittered = (value: number, jitter: number, random: Random): number =>
  value * (1 + jitter * (2 * random() - 1));

const STRATEGIES: Readonly<Record<BackoffStrategy, (options: BackoffOptions, retry: number) => number>> = {
  // Finite, because an endless delay times a jitter of nothing would be no number.
  exponential: ({ baseMs, factor }, retry) =>
    Math.min(baseMs * Math.min(factor ** retry, Number.MAX_VALUE), Number.MAX_VALUE),
  linear: ({ baseMs }, retry) => baseMs * (retry + 1),
  constant: ({ baseMs }) => baseMs,
};
