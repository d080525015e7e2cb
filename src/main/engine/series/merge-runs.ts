/**
 * Puts times in order that ascend but for a few places, as those of files do that are read one behind the other and tell
 * of the same time.
 */
import type { TimeList } from "./time-list.ts";

/** Ascending runs; of more, each step would ask too many which one is next. */
const MOST_RUNS = 16;

/** Visits each time with its place in the list, equal ones as they stand; false, and none visited, of too many runs. */
export function mergeRuns(list: TimeList, visit: (time: number, index: number) => void): boolean {
  const starts = startsOfRuns(list);
  if (starts === null) return false;
  const runs = starts.map((start, run) => ({
    times: list.from(start),
    index: start,
    end: starts[run + 1] ?? list.length,
    time: list.at(start) ?? Infinity,
  }));
  for (const run of runs) run.times.next();
  for (let left = list.length; left > 0; left -= 1) {
    let next = runs[0];
    for (const run of runs) if (next === undefined || run.time < next.time) next = run;
    if (next === undefined) return true;
    visit(next.time, next.index);
    next.index += 1;
    next.time = next.index === next.end ? Infinity : (next.times.next().value ?? Infinity);
  }
  return true;
}

function startsOfRuns(list: TimeList): readonly number[] | null {
  const starts: number[] = [];
  let before = Infinity;
  let index = 0;
  list.forEach((time) => {
    if (time < before && starts.length <= MOST_RUNS) starts.push(index);
    before = time;
    index += 1;
  });
  return starts.length > MOST_RUNS ? null : starts;
}
