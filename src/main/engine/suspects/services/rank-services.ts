/**
 * Ranks every service by how likely it is where the incident began. Each strand of evidence (behaviour and own time
 * from traces, logs, each kind of resource, latency and errors handed down the graph) gives nats, and these add up.
 */
import type { ServiceBlame, Signals, Windows } from "../signals.ts";
import { evidenceOf, type Finding, scoreOf } from "./finding.ts";
import { likelyWindows } from "./likely-windows.ts";
import { logFindings } from "./log-findings.ts";
import { metricFindings } from "./metric-findings.ts";
import { serviceNames } from "./service-names.ts";
import { traceFindings } from "./trace-findings.ts";

const MOST_EVIDENCE = 6;
/** Weaker findings are not worth a line. */
const LEAST_NATS = 0.3;

/**
 * Most likely first; services alike in the order of their names. Without windows, those are taken between which most
 * changed. `checkpoint` throws when the answer is not wanted any more.
 */
export function rankServices(
  signals: Signals,
  given: Windows | null,
  checkpoint: () => void = () => {},
): readonly ServiceBlame[] {
  const services = serviceNames(signals);
  const windows = given ?? likelyWindows(signals);
  if (windows === null) return services.map((service) => blameOf(service, []));
  const findings = new Map<string, Finding[]>(services.map((service) => [service, []]));
  for (const strand of [
    () => traceFindings(signals, windows, checkpoint),
    () => logFindings(signals, windows, services),
    () => metricFindings(signals, windows),
  ]) {
    checkpoint();
    for (const finding of strand()) findings.get(finding.service)?.push(finding);
  }
  return services
    .map((service) => blameOf(service, findings.get(service) ?? []))
    .toSorted((a, b) => b.score - a.score || (a.service < b.service ? -1 : 1));
}

function blameOf(service: string, findings: readonly Finding[]): ServiceBlame {
  const sorted = findings.filter(({ nats }) => Math.abs(nats) >= LEAST_NATS).toSorted((a, b) => b.nats - a.nats);
  const since = sorted.reduce<ServiceBlame["since"]>(
    (first, { since: time }) => (time !== null && (first === null || time < first) ? time : first),
    null,
  );
  const [strongest] = sorted;
  return {
    service,
    score: scoreOf(findings),
    since,
    resource: strongest?.resource ?? null,
    evidence: sorted.slice(0, MOST_EVIDENCE).map(evidenceOf),
  };
}
