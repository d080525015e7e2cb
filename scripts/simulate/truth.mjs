/** What really happened, and exactly what every file holds: written beside the incident, never inside it. */
import { isoMillis, isoSeconds } from "./clock.mjs";

/**
 * @param {{ options: import('./incident.mjs').Options, topology: import('./topology.mjs').Topology, cause: import('./cause.mjs').Cause,
 *   changes: import('./changes.mjs').Changes, alert: ReturnType<typeof import('./alert.mjs').planAlert>,
 *   suffered: Map<import('./topology.mjs').Service, number>, logs: import('./log-file.mjs').Account[], traces: import('./traces.mjs').Traces['counts'],
 *   metrics: { longRows: number, wideRows: number, series: number, steps: number, stepSeconds: number } }} parts
 */
export function truthOf({ options, topology, cause, changes, alert, suffered, logs, traces, metrics }) {
  const quiet = cause.kind === "none";
  return {
    seed: options.seed,
    cause: {
      kind: cause.kind,
      service: cause.service?.name ?? null,
      object: objectOf(cause, changes),
      changed: changes.guilty.deploy === null && changes.guilty.flag === null ? null : isoSeconds(cause.changeAt),
    },
    onset: quiet ? null : isoSeconds(cause.onset),
    alert:
      alert === null
        ? null
        : {
            service: alert.service.name,
            at: isoSeconds(alert.t),
            secondsAfterOnset: Math.round((alert.t - cause.onset) / 1000),
          },
    hit: [...suffered]
      .toSorted((a, b) => a[1] - b[1])
      .map(([service, t]) => ({
        service: service.name,
        at: isoMillis(t),
        secondsAfterOnset: Math.round((t - cause.onset) / 100) / 10,
      })),
    decoys: changes.decoys,
    baseline: [isoSeconds(cause.start), isoSeconds(quiet ? cause.end : cause.onset)],
    incident: quiet ? null : [isoSeconds(cause.onset), isoSeconds(cause.end)],
    services: topology.services.map((s) => s.name),
    expected: {
      lines: logs.reduce((sum, l) => sum + l.lines, 0),
      records: logs.reduce((sum, l) => sum + l.records, 0),
      deadLetters: logs.reduce((sum, l) => sum + l.deadLetters, 0),
      logs,
      traces,
      metrics,
    },
  };
}

/** The thing to point at: a commit and its version, a flag, a resource, or nothing. @param {import('./cause.mjs').Cause} cause @param {import('./changes.mjs').Changes} changes */
function objectOf(cause, { guilty }) {
  if (guilty.deploy !== null)
    return {
      type: "deploy",
      sha: guilty.deploy.sha,
      version: `v${guilty.deploy.version}`,
      ...(cause.edge === null ? {} : { store: cause.edge.to.name }),
    };
  if (guilty.flag !== null) return { type: "flag", flag: guilty.flag.flag };
  switch (cause.kind) {
    case "memory-leak":
      return { type: "resource", resource: "memory" };
    case "cpu":
      return { type: "resource", resource: "cpu" };
    case "dependency":
      return { type: "provider", provider: cause.edge?.to.name };
    case "network":
      return { type: "link", from: cause.edge?.from.name, to: cause.edge?.to.name };
    case "traffic":
      return { type: "surge" };
    default:
      return null;
  }
}
