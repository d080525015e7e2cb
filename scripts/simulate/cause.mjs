/**
 * What goes wrong, where and when: the one secret of an incident. `effect` and `onEdge` tell the requests how a
 * service or a call suffers at a moment; everything else that can be seen (callers, metrics, the alert) follows from that.
 */
import { FAILURES } from "./failures.mjs";

export const KINDS = /** @type {const} */ ([
  "bad-deploy",
  "slow-query",
  "flag",
  "memory-leak",
  "cpu",
  "dependency",
  "traffic",
  "config",
  "network",
  "none",
]);

/**
 * @typedef {import('./topology.mjs').Service} Service
 * @typedef {import('./topology.mjs').Edge} Edge
 * @typedef {{ slow: number, waitMs: number, probability: number, failMs: number, failure: import('./failures.mjs').Template | null }} Effect
 *   failMs: how long it takes to fail; 0 when a failure costs no more than the work before it
 * @typedef {{ kind: typeof KINDS[number], service: Service | null, edge: Edge | null, start: number, end: number, onset: number,
 *   changeAt: number, rampMs: number, level: (t: number) => number, effect: (service: Service, t: number) => Effect | null,
 *   onEdge: (edge: Edge, t: number) => Effect | null, surge: (t: number) => number, memory: (t: number) => number,
 *   restarts: number[] }} Cause
 */

const MINUTE = 60_000;
/** How long a killed container is away: image is present, the process has to warm up. */
const RESTART_MS = 25_000;

/**
 * @param {import('./random.mjs').Random} random
 * @param {import('./topology.mjs').Topology} topology
 * @param {{ kind: typeof KINDS[number], start: number, end: number }} wish
 * @returns {Cause}
 */
export function planCause(random, topology, { kind, start, end }) {
  const length = end - start;
  const onset = Math.round((start + length * random.between(0.52, 0.58)) / 1000) * 1000;
  const rampMs = Math.min(4 * MINUTE, length * 0.07);
  const lead =
    { "bad-deploy": 95_000, config: 110_000, "slow-query": 120_000, flag: 12_000 }[/** @type {string} */ (kind)] ?? 0;
  const { service, edge } = place(random, topology, kind);
  const level = (/** @type {number} */ t) => (t < onset ? 0 : Math.min(1, 0.06 + (0.94 * (t - onset)) / rampMs));
  const fills = memoryCycles(onset, end, length);

  /** @type {Cause} */
  const cause = {
    kind,
    service,
    edge,
    start,
    end,
    onset,
    rampMs,
    level,
    changeAt: onset - Math.min(lead, length * 0.05),
    effect: () => null,
    onEdge: () => null,
    surge: kind === "traffic" ? (t) => 1 + 3.5 * level(t) : () => 1,
    memory: kind === "memory-leak" ? (t) => fills.fraction(t) : () => 0,
    restarts: kind === "memory-leak" ? fills.kills : [],
  };
  const at = EFFECTS[kind]?.(cause);
  if (at?.service && service) cause.effect = (s, t) => (s === service && t >= onset ? at.service(t) : null);
  if (at?.edge && edge) cause.onEdge = (e, t) => (e === edge && t >= onset ? at.edge(t) : null);
  return cause;
}

/** @type {Record<string, (cause: Cause) => { service?: (t: number) => Effect | null, edge?: (t: number) => Effect | null }>} */
const EFFECTS = {
  "bad-deploy": ({ level }) => ({ service: (t) => suffer(1.15, 0, 0.62 * level(t), FAILURES.exception) }),
  flag: ({ level }) => ({ service: (t) => suffer(1.3, 0, 0.5 * Math.min(1, 2 * level(t)), FAILURES.flagged) }),
  config: ({ level }) => ({ service: (t) => suffer(1, 320 * level(t), 0.55 * level(t), FAILURES.pool, 900) }),
  cpu: ({ level }) => ({
    service: (t) => suffer(1 + 9 * level(t), 500 * level(t), 0.16 * level(t), FAILURES.rejected),
  }),
  traffic: ({ level }) => ({
    service: (t) => suffer(1 + 4 * level(t), 350 * level(t), 0.34 * level(t), FAILURES.rejected),
  }),
  "slow-query": ({ level }) => ({
    edge: (t) => suffer(1 + 60 * level(t), 2600 * level(t), 0.1 * level(t), FAILURES.statement),
  }),
  dependency: ({ level }) => ({
    edge: (t) => suffer(1 + 6 * level(t), 1200 * level(t), 0.7 * level(t), FAILURES.provider),
  }),
  network: ({ level }) => ({ edge: (t) => suffer(1, 1500 * level(t), 0.3 * level(t), FAILURES.reset) }),
  "memory-leak": ({ restarts, memory }) => ({
    service: (t) => {
      if (restarts.some((killed) => t >= killed && t < killed + RESTART_MS)) return suffer(1, 0, 1, FAILURES.down);
      const full = memory(t);
      return suffer(
        1 + 9 * full ** 4,
        400 * full ** 4,
        full < 0.5 ? 0.02 * full : 0.01 + 1.2 * (full - 0.5) ** 1.5,
        FAILURES.memory,
      );
    },
  }),
};

/** @param {number} slow @param {number} waitMs @param {number} probability @param {import('./failures.mjs').Template} failure @param {number} [failMs] @returns {Effect} */
const suffer = (slow, waitMs, probability, failure, failMs = 0) => ({ slow, waitMs, probability, failMs, failure });

/** @param {import('./random.mjs').Random} random @param {import('./topology.mjs').Topology} topology @param {string} kind */
function place(random, topology, kind) {
  /** @param {(edge: Edge) => boolean} test */
  const busiest = (test) =>
    topology.edges
      .filter(test)
      .toSorted((a, b) => b.from.weight - a.from.weight)
      .slice(0, 2);
  if (kind === "none") return { service: null, edge: null };
  if (kind === "dependency") {
    const edge = random.pick(busiest((e) => e.to.role === "provider"));
    return { service: edge.from, edge };
  }
  if (kind === "slow-query") {
    const stores = busiest((e) => e.to.language === "postgres" && e.from.role === "middle");
    const edge = random.pick(stores.length > 0 ? stores : busiest((e) => e.to.role === "store"));
    return { service: edge.from, edge };
  }
  if (kind === "network") {
    const inner = busiest((e) => e.from.role === "middle" && e.to.role === "middle");
    const edge = random.pick(inner.length > 0 ? inner : busiest((e) => e.to.role === "middle"));
    return { service: edge.from, edge };
  }
  const middle = topology.services.filter((s) => s.role === "middle");
  const inner = middle.filter((s) => s.layer > 1);
  const busy = (inner.length > 0 ? inner : middle).toSorted((a, b) => b.weight - a.weight).slice(0, 2);
  return { service: random.pick(busy), edge: null };
}

/** Memory from 0 to 1 of what leaks: a slow first fill, faster ones after each kill, because clients retry. @param {number} onset @param {number} end @param {number} length */
function memoryCycles(onset, end, length) {
  const kills = [];
  let fillMs = length * 0.15;
  for (let t = onset + fillMs; t < end; t += RESTART_MS + fillMs) {
    kills.push(Math.round(t));
    fillMs = Math.max(length * 0.08, fillMs * 0.75);
  }
  const fraction = (/** @type {number} */ t) => {
    if (t < onset) return 0;
    const next = kills.findIndex((k) => t < k);
    const from = next === 0 ? onset : kills.at(next === -1 ? -1 : next - 1) + RESTART_MS;
    const to = next === -1 ? from + fillMs : kills[next];
    return Math.max(0, Math.min(1, (t - from) / (to - from)));
  };
  return { kills, fraction };
}
