/**
 * Latency and errors of a service are seen at all that call it. What a service shows is therefore handed down to those
 * of its callees that show the same, and stays with the last that has none: the deepest that is not explained.
 */
import type { ServiceGraph } from "../service-graph.ts";

/** What a service keeps of what its callees explain. */
const KEPT = 0.25;
/** Nats below which a service shows nothing. */
const LEAST = 0.5;

/** How much a callee explains of what a caller shows: 1 is all of it. */
export type PartOf = (caller: string, callee: string) => number;

/**
 * Nats by service in, nats by service out. A service that explains several callers gathers what they hand down. Calls
 * in a circle are cut where they are met again.
 */
export function handDown(
  shown: ReadonlyMap<string, number>,
  graph: ServiceGraph,
  partOf: PartOf = (caller, callee) => (shown.get(callee) ?? 0) / (shown.get(caller) ?? 1),
): Map<string, number> {
  const held = new Map(shown);
  for (const service of callersFirst([...shown.keys()], graph)) {
    const own = shown.get(service) ?? 0;
    const all = held.get(service) ?? 0;
    const below = [...graph.callees(service)]
      .filter((callee) => (shown.get(callee) ?? 0) >= LEAST)
      .map((callee) => ({ callee, part: partOf(service, callee) }))
      .filter(({ part }) => part > 0);
    if (own < LEAST || below.length === 0) continue;
    const sum = below.reduce((total, { part }) => total + part, 0);
    // Callees explain as much as they show: a small trouble below does not excuse a large one above.
    const handed = all * Math.min(1 - KEPT, sum);
    held.set(service, all - handed);
    for (const { callee, part } of below) held.set(callee, (held.get(callee) ?? 0) + (handed * part) / sum);
  }
  return held;
}

/** Every caller before what it calls, as far as there is no circle; in the order of names where nothing else decides. */
function callersFirst(services: readonly string[], graph: ServiceGraph): string[] {
  const done = new Set<string>();
  const order: string[] = [];
  const visit = (service: string): void => {
    const pending: { readonly service: string; readonly callees: string[] }[] = [];
    const enter = (name: string): void => {
      if (done.has(name)) return;
      done.add(name);
      pending.push({ service: name, callees: [...graph.callees(name)].toSorted() });
    };
    enter(service);
    for (let top = pending.at(-1); top !== undefined; top = pending.at(-1)) {
      const next = top.callees.pop();
      if (next !== undefined) enter(next);
      else {
        order.push(top.service);
        pending.pop();
      }
    }
  };
  for (const service of services.toSorted()) visit(service);
  return order.toReversed();
}
