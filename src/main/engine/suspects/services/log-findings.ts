/** What logs that belong to no trace say of each service. */
import { micros } from "../../../../shared/units.ts";
import type { Signals, Windows } from "../signals.ts";
import { figure } from "../text.ts";
import { bounded, type Finding } from "./finding.ts";
import { logChanges } from "./log-rates.ts";

const LONGEST = 120;

export function logFindings({ logs }: Signals, windows: Windows, services: readonly string[]): Finding[] {
  return logChanges(logs, windows, services).map(({ service, log, isNamed, before, during, nats, time }) => {
    const text = log.template.length <= LONGEST ? log.template : `${log.template.slice(0, LONGEST - 1)}…`;
    const who = isNamed ? `${log.service ?? "somebody"} names it: ` : "";
    return {
      service,
      strand: "logs",
      nats: bounded(nats),
      since: micros(time),
      resource: null,
      text: `${who}"${text}" went from ${figure(before)} to ${figure(during)} a minute`,
      place: log.place,
    };
  });
}
