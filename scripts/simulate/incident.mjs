/** The composition root: plans an incident from its seed, rehearses it to learn its volume, and writes it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { planAlert } from "./alert.mjs";
import { planCause } from "./cause.mjs";
import { commitsJson, deploysJson, flagsJson, gitLog, planChanges } from "./changes.mjs";
import { githubRuns, junit } from "./ci.mjs";
import { clusterEvents, dependenciesJson, handover, kernelHistogram } from "./context.mjs";
import { Logs } from "./logs.mjs";
import { Metrics, stepFor } from "./metrics.mjs";
import { Random } from "./random.mjs";
import { Requests } from "./requests.mjs";
import { buildTopology } from "./topology.mjs";
import { Traces } from "./traces.mjs";
import { planTraffic, planVolume } from "./traffic.mjs";
import { truthOf } from "./truth.mjs";
import { NOWHERE, TextFile, prettyJson, writeJson, writeText } from "./write.mjs";

/**
 * @typedef {{ out: string, seed: number, services: number, minutes: number, lines: number, cause: typeof import('./cause.mjs').KINDS[number],
 *   start: number, format?: string | null }} Options format: every service logs in this dialect, instead of its own
 */

const MINUTE = 60_000;
const REHEARSED_REQUESTS = 30_000;
/** Enough lines a tick to make sorting and writing cheap, few enough to hold. */
const LINES_PER_TICK = 1000;

/** @param {Options} options @returns {Promise<ReturnType<typeof truthOf>>} */
export async function simulate(options) {
  const seconds = options.minutes * 60;
  const rehearsal = prepare(options, null, 1000);
  await run(rehearsal, { requests: REHEARSED_REQUESTS, keptShare: 1, tracedShare: 0 });
  const volume = planVolume(options.lines, rehearsal.logs.lines / rehearsal.walked, seconds);

  const tickMs = Math.max(2, Math.min(1000, (seconds * 1000) / (options.lines / LINES_PER_TICK)));
  const stage = prepare(options, options.out, tickMs);
  const wantedTraces = Math.min(20_000, 60 + options.lines / 200);
  await run(stage, { ...volume, tracedShare: wantedTraces / (volume.requests * volume.keptShare) });

  const { topology, cause, changes, metrics, traces } = stage;
  const alert = planAlert(topology, cause, metrics);
  const written = {
    longRows: 0,
    wideRows: 0,
    series: 0,
    steps: metrics.samples[0].length,
    stepSeconds: metrics.stepMs / 1000,
  };
  const long = new TextFile(join(options.out, "metrics/services.csv"));
  const wide = new TextFile(join(options.out, "metrics/hosts-wide.csv"));
  written.longRows = metrics.writeLong(long);
  written.wideRows = metrics.writeWide(wide);
  const answer = metrics.prometheus();
  written.series = answer.data.result.length;
  writeText(options.out, "metrics/prometheus-pools.json", `${JSON.stringify(answer)}\n`);
  const [logs] = await Promise.all([stage.logs.close(), traces.close(), long.close(), wide.close()]);
  writeContext(options.out, stage, alert);

  const truth = truthOf({
    options,
    topology,
    cause,
    changes,
    alert,
    suffered: stage.suffered,
    logs,
    traces: traces.counts,
    metrics: written,
  });
  writeFileSync(`${options.out.replace(/[/\\]+$/, "")}.truth.json`, prettyJson(truth));
  return truth;
}

/** Everything a run needs, made anew from the seed each time. @param {Options} options @param {string | null} folder @param {number} tickMs */
function prepare(options, folder, tickMs) {
  const random = new Random(options.seed);
  const { start } = options;
  const topology = buildTopology(random.fork("topology"), options.services);
  const cause = planCause(random.fork("cause"), topology, {
    kind: options.cause,
    start,
    end: start + options.minutes * MINUTE,
  });
  const changes = planChanges(random.fork("changes"), topology, cause);
  const logs = new Logs(random.fork("logs"), topology, { folder, start, tickMs, format: options.format ?? null });
  const metrics = new Metrics(random.fork("metrics"), topology, cause, stepFor(options.minutes));
  const file = (/** @type {string} */ path) => (folder === null ? NOWHERE : new TextFile(join(folder, path)));
  const traces = new Traces({ jaeger: file("traces/jaeger.json"), otlp: file("traces/otlp-spans.json") });
  /** @type {Map<import('./topology.mjs').Service, number>} */
  const suffered = new Map();
  const requests = new Requests(random.fork("requests"), cause, {
    say: (line, background) => logs.say(line, background),
    observe: (service, end, durationMs, failed) => metrics.observe(service, end, durationMs, failed),
    suffered: (service, t) => {
      if (service.role !== "provider" && !(suffered.get(service) <= t)) suffered.set(service, t);
    },
  });
  clusterEvents(random.fork("events"), changes, cause, (line) => logs.event(line));
  return { options, random, topology, cause, changes, logs, metrics, traces, suffered, requests, tickMs, walked: 0 };
}

/** @param {ReturnType<typeof prepare>} stage @param {{ requests: number, keptShare: number, tracedShare: number }} volume */
async function run(stage, { requests, keptShare, tracedShare }) {
  const { cause, topology, logs, metrics, traces, tickMs } = stage;
  const random = stage.random.fork("arrivals");
  const traffic = planTraffic(random.fork("traffic"), cause, requests);
  const entries = lottery(topology.endpoints);
  const ticks = Math.ceil((cause.end - cause.start) / tickMs);
  for (let tick = 0; tick < ticks; tick++) {
    const from = cause.start + tick * tickMs;
    const count = traffic.count(from, tickMs);
    for (let i = 0; i < count; i++) {
      const t = from + ((i + random.unit()) / count) * tickMs;
      const kept = keptShare >= 1 || random.chance(keptShare);
      // People export more traces of the bad time than of the good one.
      const traced = kept && random.chance(tracedShare * (t < cause.onset ? 0.6 : 1.4));
      const context = {
        traceId: kept ? random.hex(32) : "",
        requestId: kept ? `req-${random.hex(12)}` : "",
        kept,
        spans: traced ? [] : null,
      };
      stage.requests.serve(random.pick(entries), t, context);
      if (context.spans !== null) traces.add(context.spans);
    }
    stage.walked += count;
    logs.flush(tick);
    metrics.closeUntil(from + tickMs);
    await logs.keepUp();
  }
  metrics.closeAll(cause.end);
}

/** A list in which each endpoint stands as often as its weight says. @param {import('./topology.mjs').Topology['endpoints']} endpoints */
function lottery(endpoints) {
  return endpoints.flatMap(({ operation, weight }) => Array.from({ length: Math.round(weight * 20) }, () => operation));
}

/** @param {string} out @param {ReturnType<typeof prepare>} stage @param {ReturnType<typeof planAlert>} alert */
function writeContext(out, { random, topology, cause, changes, options }, alert) {
  writeJson(out, "dependencies.json", dependenciesJson(topology));
  writeJson(out, "changes/commits.json", commitsJson(changes));
  writeJson(out, "changes/deploys.json", deploysJson(changes));
  writeJson(out, "changes/flags.json", flagsJson(changes));
  writeText(out, "changes/git-log.txt", gitLog(changes));
  writeText(out, "ci/junit.xml", junit(random.fork("junit"), topology, changes));
  writeJson(out, "ci/github-runs.json", githubRuns(random.fork("runs"), changes));
  if (alert !== null) writeJson(out, "alert.json", alert.json);
  writeJson(out, "oncall-handover.json", handover(random.fork("handover"), options.start, topology));
  writeText(out, "misc/tcp-rtt.hist", kernelHistogram(random.fork("kernel"), topology, cause));
}
