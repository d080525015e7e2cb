/** What logs that belong to no trace say of each service. */
import { micros } from "../../../../shared/units.ts";
import { ServiceGraph } from "../service-graph.ts";
import type { Signals, Windows } from "../signals.ts";
import { figure } from "../text.ts";
import { handDown } from "./blame-flow.ts";
import { bounded, type Finding } from "./finding.ts";
import { type LogChange, logChanges } from "./log-rates.ts";

const LONGEST = 120;

export function logFindings({ logs, dependencies }: Signals, windows: Windows, services: readonly string[]): Finding[] {
  const changes = logChanges(logs, windows, services);
  const left = leftOfErrors(changes, new ServiceGraph(dependencies));
  return changes.map(({ service, log, isError, isNamed, before, during, nats, share, time }) => {
    const text = log.template.length <= LONGEST ? log.template : `${log.template.slice(0, LONGEST - 1)}…`;
    const who = isNamed ? `${log.service ?? "somebody"} names it: ` : "";
    return {
      service,
      strand: "logs",
      nats: bounded(nats) * share * (isError ? (left.get(service) ?? 1) : 1),
      since: micros(time),
      resource: null,
      text: `${who}"${text}" went from ${figure(before)} to ${figure(during)} a minute`,
      place: log.place,
    };
  });
}

/** A caller logs what fails below it: by service, how much of its errors counts once blame was handed down. */
function leftOfErrors(changes: readonly LogChange[], graph: ServiceGraph): ReadonlyMap<string, number> {
  const shown = new Map<string, number>();
  for (const { service, isError, nats, share } of changes) {
    if (isError) shown.set(service, Math.max(shown.get(service) ?? 0, bounded(nats) * share));
  }
  return new Map([...handDown(shown, graph)].map(([service, nats]) => [service, nats / (shown.get(service) ?? 1)]));
}
