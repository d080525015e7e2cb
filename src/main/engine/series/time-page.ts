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

/** In two bytes each where they fit, in four, or as they are. The loops go by place: `for … of` is a call for each number. */
export function narrowed(times: Float64Array): TimePage {
  let first = Infinity;
  let last = -Infinity;
  for (let at = 0; at < times.length; at += 1) {
    const time = times[at] ?? Infinity;
    if (time === Infinity) continue;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  if (first === Infinity) first = last = 0;
  for (const bytes of [2, 4]) {
    const none = 2 ** (8 * bytes) - 1;
    for (const unit of UNITS) {
      if ((last - first) / unit >= none) continue;
      const codes = bytes === 2 ? new Uint16Array(times.length) : new Uint32Array(times.length);
      if (writeSteps(times, codes, first, unit, none)) return { codes, first, unit, none };
    }
  }
  return asTheyAre(times);
}

/** False where one of them lies no whole steps behind the first. */
function writeSteps(
  times: Float64Array,
  codes: Uint32Array | Uint16Array,
  first: number,
  unit: number,
  none: number,
): boolean {
  for (let at = 0; at < times.length; at += 1) {
    const time = times[at] ?? Infinity;
    const steps = time === Infinity ? none : Math.round((time - first) / unit);
    if (time !== Infinity && first + steps * unit !== time) return false;
    codes[at] = steps;
  }
  return true;
}
