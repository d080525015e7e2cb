/** Which sources the panel lists, and in what order. */
import type { SourceState } from "../../shared/model/source.ts";
import type { SourceInfo } from "../state/case.ts";
import type { Sort } from "../ui/data-grid.tsx";

/** What wants a look first. */
const STATE_ORDER: Readonly<Record<SourceState, number>> = {
  paused: 0,
  failed: 1,
  "not-recognised": 2,
  reading: 3,
  waiting: 4,
  cancelled: 5,
  empty: 6,
  done: 7,
};

type Key = string | number;

const KEYS: Readonly<Record<string, (source: SourceInfo) => Key | null>> = {
  state: ({ state }) => STATE_ORDER[state],
  path: ({ path }) => path,
  format: ({ format }) => format,
  read: ({ read }) => read,
  records: ({ records }) => records,
  deadLetters: ({ deadLetters }) => deadLetters,
  skipped: ({ skipped }) => skipped,
  events: ({ events }) => events,
  time: ({ from }) => from,
  tests: ({ tests }) => tests && tests.failed + tests.errors,
  bytes: ({ bytes }) => bytes,
};

const natural = new Intl.Collator("en", { numeric: true });

const compare = (a: Key, b: Key): number =>
  typeof a === "number" && typeof b === "number" ? a - b : natural.compare(String(a), String(b));

/** Without a sort in the order of opening. What a source does not have stands last, whatever the direction. */
export function sorted(sources: readonly SourceInfo[], sort: Sort | null): readonly SourceInfo[] {
  const keyOf = sort === null ? undefined : KEYS[sort.column];
  if (sort === null || keyOf === undefined) return sources;
  const direction = sort.descending ? -1 : 1;
  return sources
    .map((source) => ({ source, key: keyOf(source) }))
    .sort(({ source: a, key: keyA }, { source: b, key: keyB }) => {
      if (keyA === null || keyB === null) return Number(keyA === null) - Number(keyB === null) || a.id - b.id;
      return direction * compare(keyA, keyB) || a.id - b.id;
    })
    .map(({ source }) => source);
}

export interface Narrowing {
  readonly text: string;
  readonly state: SourceState | null;
}

/** Sources of one state whose path holds every typed word. */
export function narrowed(sources: readonly SourceInfo[], { text, state }: Narrowing): readonly SourceInfo[] {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0 && state === null) return sources;
  return sources.filter((source) => {
    if (state !== null && source.state !== state) return false;
    const path = source.path.toLowerCase();
    return words.every((word) => path.includes(word));
  });
}

/** How many sources are in each state. */
export function countStates(sources: readonly SourceInfo[]): ReadonlyMap<SourceState, number> {
  const counts = new Map<SourceState, number>();
  for (const { state } of sources) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}
