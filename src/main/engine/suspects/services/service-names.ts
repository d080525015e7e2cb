/** Every service that any signal names. */
import type { Signals } from "../signals.ts";

/** Each once, in the order of their names. */
export function serviceNames({ metrics, logs, spans, dependencies }: Signals): string[] {
  const names = new Set<string>(spans.services);
  for (const { service } of [...metrics, ...logs]) if (service !== null) names.add(service);
  for (const { caller, callee } of dependencies) names.add(caller).add(callee);
  return [...names].toSorted();
}
