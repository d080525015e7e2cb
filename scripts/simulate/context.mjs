/** What else lies in the folder of an incident: the call graph, a hand-over, and the output of a tool nobody has a parser for. */
import { isoSeconds } from "./clock.mjs";
import { PEOPLE } from "./names.mjs";

/** Jaeger's dependency answer. @param {import('./topology.mjs').Topology} topology */
export const dependenciesJson = ({ edges }) => ({
  data: edges.filter((e) => e.calls > 0).map((e) => ({ parent: e.from.name, child: e.to.name, callCount: e.calls })),
});

/** A JSON object of no known shape. @param {import('./random.mjs').Random} random @param {number} start @param {import('./topology.mjs').Topology} topology */
export function handover(random, start, topology) {
  const [outgoing, incoming] = random.shuffle(PEOPLE);
  return {
    rotation: "shop-primary",
    outgoing,
    incoming,
    handed_over_at: isoSeconds(start - 55 * 60_000),
    open_items: [
      {
        what: `disk of ${topology.services.find((s) => s.role === "store")?.name} at 71 %, grows 1 % a day`,
        since: isoSeconds(start - 3 * 86_400_000),
        action: "none this week",
      },
      {
        what: "request logs are sampled; errors follow their request",
        since: isoSeconds(start - 20 * 86_400_000),
        action: "know it",
      },
    ],
    silenced: [{ monitor: "runner-disk", until: isoSeconds(start + 6 * 3_600_000) }],
    mood: "calm",
  };
}

/** A bpftrace histogram, pasted. @param {import('./random.mjs').Random} random @param {import('./topology.mjs').Topology} topology @param {import('./cause.mjs').Cause} cause */
export function kernelHistogram(random, topology, cause) {
  const pod = (cause.service ?? topology.services[0]).pods[0];
  const spread = cause.kind === "network" ? 5 : 2;
  const rows = Array.from({ length: 9 }, (_, i) =>
    Math.round(4000 * Math.exp(-((i - 3) ** 2) / spread) + random.int(0, 40)),
  );
  const label = (/** @type {number} */ n) => (n >= 1024 ? `${n / 1024}K` : String(n));
  return `Attaching 2 probes...\nnode ${pod.node}, tcp round trip\n\n@rtt_us:\n${rows
    .map(
      (n, i) =>
        `[${label(2 ** (i + 6))}, ${label(2 ** (i + 7))})`.padEnd(16) +
        String(n).padStart(8) +
        ` |${"@".repeat(Math.round((n / Math.max(...rows)) * 40)).padEnd(40)}|`,
    )
    .join("\n")}\n`;
}

/**
 * Cluster events: what deploys and kills look like from the outside.
 * @param {import('./random.mjs').Random} random @param {import('./changes.mjs').Changes} changes @param {import('./cause.mjs').Cause} cause
 * @param {(line: import('./log-formats/index.mjs').Line) => void} add
 */
export function clusterEvents(random, changes, cause, add) {
  const event = (
    /** @type {number} */ t,
    /** @type {import('./topology.mjs').Service} */ service,
    /** @type {import('./topology.mjs').Pod} */ pod,
    /** @type {1 | 2} */ level,
    /** @type {string[]} */ fields,
    /** @type {string} */ message,
  ) => {
    if (t >= cause.start && t < cause.end)
      add({
        t,
        level,
        service,
        pod,
        message,
        fields,
        traceId: "",
        spanId: "",
        requestId: "",
        error: null,
        stack: null,
      });
  };
  for (const { t, service, version } of changes.deploys) {
    event(
      t,
      service,
      service.pods[0],
      1,
      ["ScalingReplicaSet", "Deployment", service.name],
      `Scaled up replica set ${service.nextPods[0].name.split("-").slice(0, -1).join("-")} to ${service.nextPods.length}`,
    );
    service.nextPods.forEach((pod, i) => {
      const at = t + 2000 + i * 5000 + random.int(0, 3000);
      event(
        at,
        service,
        pod,
        1,
        ["Pulled", "Pod"],
        `Container image "images.northwind.example/${service.name}:v${version}" already present on machine`,
      );
      event(at + 1400, service, pod, 1, ["Started", "Pod"], `Started container ${service.name}`);
    });
  }
  for (const killed of cause.restarts) {
    if (cause.service === null) break;
    for (const pod of cause.service.pods) {
      event(
        killed,
        cause.service,
        pod,
        2,
        ["OOMKilling", "Pod"],
        `Memory cgroup out of memory: Killed process ${random.int(2000, 30000)} (${cause.service.language})`,
      );
      event(
        killed + 1200,
        cause.service,
        pod,
        2,
        ["Unhealthy", "Pod"],
        `Readiness probe failed: Get "http://${pod.ip}:8080/readyz": dial tcp ${pod.ip}:8080: connect: connection refused`,
      );
      event(killed + 9000, cause.service, pod, 1, ["Started", "Pod"], `Started container ${cause.service.name}`);
    }
  }
}
