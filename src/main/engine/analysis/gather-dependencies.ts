/** Who calls whom: from the spans, and from records that name a call of one service by another. */
import { kindCode } from "../../../shared/model/record.ts";
import { textAt } from "../../../shared/model/segment.ts";
import type { DependencySignal, SpanSignals } from "../suspects/signals.ts";
import type { ServiceNames } from "./service-names.ts";
import type { StoredSegments } from "./stored-segments.ts";

const DEPENDENCY = kindCode("dependency");
const NONE = 0xffffffff;

/** In the order in which an edge is first met, dependency records before spans. */
export function gatherDependencies(
  segments: StoredSegments,
  names: ServiceNames,
  spans: SpanSignals,
): DependencySignal[] {
  const calls = new Map<string, { readonly caller: string; readonly callee: string; calls: number | null }>();
  const add = (caller: string, callee: string, count: number | null): void => {
    const key = JSON.stringify([caller, callee]);
    const known = calls.get(key);
    if (known === undefined) calls.set(key, { caller, callee, calls: count });
    else if (count !== null) known.calls = (known.calls ?? 0) + count;
  };
  for (const { columns } of segments.of(["dependency"])) {
    const { count, kind, service, parentId, value } = columns;
    for (let row = 0; row < count; row++) {
      const caller = textAt(service, row);
      const callee = textAt(parentId, row);
      if (kind[row] !== DEPENDENCY || caller === null || callee === null) continue;
      const counted = value?.[row] ?? Number.NaN;
      add(names.of(caller), names.of(callee), Number.isNaN(counted) ? null : counted);
    }
  }
  for (const [caller, callee, count] of crossings(spans)) add(caller, callee, count);
  return [...calls.values()];
}

/** Parent and child spans of two services, counted. */
function crossings({ count, parent, service, services }: SpanSignals): [string, string, number][] {
  const counts = new Map<number, number>();
  for (let row = 0; row < count; row++) {
    const callee = service[row] ?? NONE;
    const above = parent[row] ?? NONE;
    const caller = above === NONE ? NONE : (service[above] ?? NONE);
    if (caller === NONE || callee === NONE || caller === callee) continue;
    const key = caller * services.length + callee;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, times]) => [
    services[Math.floor(key / services.length)] ?? "",
    services[key % services.length] ?? "",
    times,
  ]);
}
