/**
 * Some thousand times as narrow as they allow: most logs tell milliseconds, so that two bytes each tell how long after the
 * first of them something was written.
 */

/** Microseconds of a step, from those that take the least room. */
export const UNITS = [1, 1_000, 1_000_000];

/** A time is `first` and so many times `unit`; the code `none` stands for a record without one. */
export interface TimePage {
  readonly codes: Float64Array | Uint32Array | Uint16Array;
  readonly first: number;
  readonly unit: number;
  readonly none: number;
}

/** Infinity where there is none. */
export function timeIn({ codes, first, unit, none }: TimePage, place: number): number {
  const code = codes[place] ?? 0;
  return code === none ? Infinity : first + code * unit;
}

export const asTheyAre = (codes: Float64Array): TimePage => ({ codes, first: 0, unit: 1, none: Infinity });

/** In two bytes each where they fit, in four, or as they are. */
export function narrowed(times: Float64Array): TimePage {
  let first = Infinity;
  let last = -Infinity;
  for (const time of times) {
    if (time === Infinity) continue;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  if (first === Infinity) first = last = 0;
  for (const bytes of [2, 4]) {
    const none = 2 ** (8 * bytes) - 1;
    const unit = UNITS.find((one) => (last - first) / one < none && areSteps(times, first, one));
    if (unit === undefined) continue;
    const codes = bytes === 2 ? new Uint16Array(times.length) : new Uint32Array(times.length);
    for (let at = 0; at < codes.length; at += 1) {
      const time = times[at] ?? Infinity;
      codes[at] = time === Infinity ? none : stepsTo(time, first, unit);
    }
    return { codes, first, unit, none };
  }
  return asTheyAre(times);
}

const stepsTo = (time: number, first: number, unit: number): number => Math.round((time - first) / unit);

/** Whether all lie whole steps behind the first. */
function areSteps(times: Float64Array, first: number, unit: number): boolean {
  for (const time of times) if (time !== Infinity && first + stepsTo(time, first, unit) * unit !== time) return false;
  return true;
}
