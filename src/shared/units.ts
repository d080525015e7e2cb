/** Units live in types: a bare number never stands for a time or a span of it. */
declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/**
 * Microseconds since the Unix epoch, UTC. Integers are exact from 1970 to 2255 (2^53 µs), which is why
 * records outside {@link EARLIEST}..{@link LATEST} are kept without a time.
 */
export type Micros = Branded<number, "Micros">;
/** A span of time in microseconds; a fraction carries nanoseconds. */
export type DurationMicros = Branded<number, "DurationMicros">;

export const micros = (value: number): Micros => value as Micros;
export const durationMicros = (value: number): DurationMicros => value as DurationMicros;

export const MICROS_PER_MILLISECOND = 1_000;
export const MICROS_PER_SECOND = 1_000_000;
export const MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;

/** Times before this are taken for damage: no system logs wrote before the epoch. */
export const EARLIEST = micros(0);
/** Times from this on (2200-01-01T00:00:00Z) are taken for damage. */
export const LATEST = micros(7_258_118_400_000_000);

/** Fifty years: what takes longer is damage, and a time with such a span added to it is still an exact integer. */
export const LONGEST_DURATION = durationMicros(50 * 365.25 * 24 * 60 * MICROS_PER_MINUTE);

export function isPlausibleTime(value: number): value is Micros {
  return value >= EARLIEST && value < LATEST;
}
