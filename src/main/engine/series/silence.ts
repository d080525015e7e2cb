/**
 * Which services fell silent: none of their series goes on while those of others do. A single series that ends says
 * little, for many exist only while something happens; a whole service that ends was stopped, or cannot be reached.
 */

export interface SeriesSpan {
  readonly service: string | null;
  readonly name: string;
  /** Microseconds, ascending. */
  readonly times: Float64Array;
}

export interface Silence<S extends SeriesSpan> {
  /** The steadiest series of the service. */
  readonly series: S;
  /** Microseconds: its last sample, and the last one of the others. */
  readonly from: number;
  readonly to: number;
  /** The silence in usual pauses of that series. */
  readonly pauses: number;
}

/** A series with fewer samples has no cadence. */
const LEAST_SAMPLES = 30;
/** Usual pauses, and longest pauses so far, that a silence lasts at least. */
const LEAST_PAUSES = 10;
const LEAST_LONGEST = 4;
/** Services that go on, at least, and as a share of all: when most end, the recording ended. */
const LEAST_OTHERS = 2;
const LEAST_SHARE = 0.5;

export function silentServices<S extends SeriesSpan>(all: readonly S[]): Silence<S>[] {
  const byService = new Map<string | null, S[]>();
  for (const series of all) {
    if (series.times.length === 0) continue;
    const own = byService.get(series.service);
    if (own === undefined) byService.set(series.service, [series]);
    else own.push(series);
  }
  const ends = new Map([...byService].map(([service, own]) => [service, Math.max(...own.map(lastOf))]));
  return [...byService].flatMap(([service, own]) => {
    const from = ends.get(service) ?? 0;
    const others = [...ends].filter(([other, end]) => other !== service && end > from);
    if (others.length < Math.max(LEAST_OTHERS, LEAST_SHARE * (ends.size - 1))) return [];
    const to = Math.max(...others.map(([, end]) => end));
    const steady = steadiest(own.filter((series) => lastOf(series) === from));
    if (steady === null) return [];
    const { series, usual, longest } = steady;
    const pauses = (to - from) / usual;
    return pauses >= LEAST_PAUSES && to - from >= LEAST_LONGEST * longest ? [{ series, from, to, pauses }] : [];
  });
}

const lastOf = ({ times }: SeriesSpan): number => times.at(-1) ?? 0;

function steadiest<S extends SeriesSpan>(own: readonly S[]): { series: S; usual: number; longest: number } | null {
  let best: { series: S; usual: number; longest: number } | null = null;
  for (const series of own) {
    const { times } = series;
    if (times.length < LEAST_SAMPLES) continue;
    let longest = 0;
    for (let at = 1; at < times.length; at++) longest = Math.max(longest, (times[at] ?? 0) - (times[at - 1] ?? 0));
    const usual = (lastOf(series) - (times[0] ?? 0)) / (times.length - 1);
    if (usual > 0 && (best === null || longest < best.longest)) best = { series, usual, longest };
  }
  return best;
}
