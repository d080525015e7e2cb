/** The alert: it watches what customers feel, at an edge, and fires when what was measured stays beyond its threshold. */
import { isoSeconds } from "./clock.mjs";

/** How many steps in a row must be bad, and how long the rule evaluation and the pager take. */
const STEPS = 3;
const PAGER_MS = 40_000;

/** @param {import('./topology.mjs').Topology} topology @param {import('./cause.mjs').Cause} cause @param {import('./metrics.mjs').Metrics} metrics */
export function planAlert(topology, cause, metrics) {
  if (cause.kind === "none") return null;
  const edges = topology.services.filter((s) => s.role === "edge");
  const found = edges
    .flatMap((service) => {
      const samples = metrics.samples[service.index];
      const before = samples.filter((s) => s.t <= cause.onset);
      const usual = before.reduce((sum, s) => sum + s.p99, 0) / before.length;
      const rules = /** @type {const} */ ([
        ["error_ratio", "errors", 0.05, "error ratio above 5%"],
        ["latency_p99_ms", "p99", Math.max(500, Math.ceil(usual / 50) * 250), "p99 latency far above normal"],
      ]);
      return rules.flatMap(([metric, field, threshold, what]) => {
        const at = samples.findIndex(
          (s, i) =>
            s.t > cause.onset &&
            i >= STEPS - 1 &&
            samples.slice(i - STEPS + 1, i + 1).every((x) => x[field] > threshold),
        );
        return at === -1
          ? []
          : [{ service, metric, threshold, what, observed: samples[at][field], t: samples[at].t + PAGER_MS }];
      });
    })
    .toSorted((a, b) => a.t - b.t)[0];
  if (found === undefined) return null;
  return {
    t: found.t,
    service: found.service,
    json: {
      service: found.service.name,
      metric: found.metric,
      threshold: found.threshold,
      observed: Number(found.observed.toFixed(3)),
      fired_at: isoSeconds(found.t),
      severity: "critical",
      monitor: `${found.service.name}-${found.metric.replaceAll("_", "-")}`,
      summary: `${found.service.name} ${found.what} for ${(STEPS * metrics.stepMs) / 1000} s`,
    },
  };
}
