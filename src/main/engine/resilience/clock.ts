/**
 * Time as the policies see it. Spans are measured on the monotonic clock, which nobody can set; the wall clock only
 * says when something happened. The two are different types, so that they are never subtracted from each other.
 */
declare const brand: unique symbol;
/** Milliseconds of a clock that only goes forward; its zero means nothing. */
export type MonotonicMs = number & { readonly [brand]: "MonotonicMs" };
/** Milliseconds since the Unix epoch as the machine believes; it may jump by a day in either direction. */
export type WallMs = number & { readonly [brand]: "WallMs" };

export const monotonicMs = (value: number): MonotonicMs => value as MonotonicMs;
export const wallMs = (value: number): WallMs => value as WallMs;

export interface Clock {
  now(): MonotonicMs;
  wall(): WallMs;
  /** Calls back once after the delay; what it returns takes the appointment back. */
  schedule(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => monotonicMs(performance.now()),
  wall: () => wallMs(Date.now()),
  schedule: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
