/** Connectors with their targets below them, as rows of one list: narrowed by words, sorted by a column. */
import type { CallSummary, ConnectorRow, ConnectorTarget } from "../../shared/contract/connectors.ts";
import type { Sort } from "../ui/data-grid.tsx";

export type TreeRow =
  | { readonly type: "connector"; readonly id: string; readonly connector: ConnectorRow }
  | { readonly type: "target"; readonly id: string; readonly target: ConnectorTarget };

type Item = ConnectorRow | ConnectorTarget;
const isTarget = (item: Item): item is ConnectorTarget => "target" in item;

/** The gravest last, as in an ascending sort. */
const GRAVITY: Readonly<Record<string, number>> = { healthy: 0, degraded: 1, down: 2 };

const bySummary =
  (pick: (summary: CallSummary) => number | null) =>
  (item: Item): number =>
    pick(item.lastHour) ?? -1;

/** What a column sorts by. */
const VALUES: Readonly<Record<string, (item: Item) => number | string>> = {
  state: (item) => GRAVITY[item.health] ?? 0,
  name: (item) => (isTarget(item) ? item.target : item.title).toLowerCase(),
  calls: bySummary(({ calls }) => calls),
  errors: bySummary(({ errorRate }) => errorRate),
  p50: bySummary(({ p50Ms }) => p50Ms),
  p95: bySummary(({ p95Ms }) => p95Ms),
  p99: bySummary(({ p99Ms }) => p99Ms),
  failures: (item) => (isTarget(item) ? item.failures : Math.max(0, ...item.targets.map(({ failures }) => failures))),
  use: ({ bulkhead: { active, queued, maxConcurrent } }) => (active + queued) / Math.max(1, maxConcurrent),
  letters: ({ deadLetters }) => deadLetters ?? -1,
};

function sorted<T extends Item>(items: readonly T[], sort: Sort | null): readonly T[] {
  const value = sort === null ? undefined : VALUES[sort.column];
  if (sort === null || value === undefined) return items;
  const sign = sort.descending ? -1 : 1;
  return items.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)];
    return left === right ? 0 : left < right ? -sign : sign;
  });
}

const holds = (text: string, words: readonly string[]): boolean =>
  words.every((word) => text.toLowerCase().includes(word));

/** A connector whose name fits keeps all of its targets; otherwise it stays for those that fit. */
export function treeRows(connectors: readonly ConnectorRow[], typed: string, sort: Sort | null): readonly TreeRow[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  const rows: TreeRow[] = [];
  for (const connector of sorted(connectors, sort)) {
    const named = holds(`${connector.connector} ${connector.title} ${connector.health}`, words);
    const targets = named
      ? connector.targets
      : connector.targets.filter(({ name, state, lastError }) =>
          holds(`${name} ${connector.title} ${state} ${lastError?.errorClass ?? ""}`, words),
        );
    if (!named && targets.length === 0) continue;
    rows.push({ type: "connector", id: connector.connector, connector });
    for (const target of sorted(targets, sort)) rows.push({ type: "target", id: target.name, target });
  }
  return rows;
}
