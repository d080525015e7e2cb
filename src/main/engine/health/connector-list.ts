/** Connectors and their targets as they are shown: state, calls, limits, dead letters, last error. */
import type {
  ConnectorAction,
  ConnectorHealth,
  ConnectorRow,
  ConnectorTarget,
} from "../../../shared/contract/connectors.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { BreakerStatus } from "../resilience/breaker-state.ts";
import { type SeriesSnapshot, WINDOWS_MS } from "../resilience/call-series.ts";
import { breakerName } from "../resilience/circuit-breaker.ts";
import { healthOf } from "../resilience/health.ts";
import type { Resilience, TargetStatus } from "../resilience/resilience.ts";
import type { StatisticsSnapshot } from "../resilience/statistics.ts";
import { breakerOf, bulkheadOf, healthOptionsOf, type ResilienceSettings } from "../resilience/settings.ts";
import { summariesOf, summaryOver } from "./call-summary.ts";
import { splitName } from "./target-name.ts";

export interface ConnectorKind {
  readonly id: string;
  readonly title: string;
  /** Whether it calls over a network, and so owes its targets a rate limit. */
  readonly isRemote: boolean;
  /** Why nothing stands in for a source that cannot be read again; null when the case does. */
  readonly noFallback: string | null;
}

export interface LastError {
  /** Microseconds since the epoch. */
  readonly at: number;
  readonly errorClass: string;
  readonly message: string;
}

export interface ConnectorListParts {
  readonly resilience: Resilience;
  readonly settings: ResilienceSettings;
  readonly connectors: readonly ConnectorKind[];
  readonly lastError: (name: string) => LastError | null;
  /** Newest first. */
  readonly actions: (name: string) => readonly ConnectorAction[];
}

/** What is known of all targets at one moment. */
interface Known {
  readonly series: ReadonlyMap<string, SeriesSnapshot>;
  readonly operations: readonly StatisticsSnapshot[];
  readonly statuses: ReadonlyMap<string, TargetStatus>;
}

const MOST_TARGETS = 200;
const MOST_ACTIONS = 20;
const MOST_NAMES = 10;

export class ConnectorList {
  readonly #parts: ConnectorListParts;

  constructor(parts: ConnectorListParts) {
    this.#parts = parts;
  }

  rows(sources: readonly Source[] | null): readonly ConnectorRow[] {
    const known = this.#known();
    return this.#parts.connectors.map((kind) => this.#row(kind, known, sources));
  }

  targets(names: ReadonlySet<string>, sources: readonly Source[] | null): readonly ConnectorTarget[] {
    const known = this.#known();
    return [...names].map((name) => this.#target(name, known, sources));
  }

  isKnown(name: string): boolean {
    const { series, statuses } = this.#known();
    return series.has(name) || statuses.has(name);
  }

  /** A breaker that is as if made anew is not kept: what was called within the hour has one all the same. */
  health(): ConnectorHealth {
    const { breakers, statistics } = this.#parts.resilience;
    const statuses = breakers.statuses();
    const names = new Set(statuses.map(({ name }) => name));
    for (const { connector, of, calls } of statistics.targets("1h")) {
      if (calls > 0) names.add(breakerName({ connector, target: of }));
    }
    const count = (test: (status: BreakerStatus) => boolean): number => statuses.filter(test).length;
    const open = count(({ state }) => state === "open");
    const halfOpen = count(({ state }) => state === "half-open");
    const disabled = count(({ mode }) => mode === "disabled");
    return {
      overall: open * 2 > names.size ? "critical" : open > 0 ? "degraded" : "healthy",
      targets: names.size,
      closed: names.size - open - halfOpen - disabled,
      halfOpen,
      open,
      disabled,
      openNames: statuses.flatMap(({ name, state }) => (state === "open" ? [name] : [])).slice(0, MOST_NAMES),
    };
  }

  #known(): Known {
    const { statistics } = this.#parts.resilience;
    const series = new Map<string, SeriesSnapshot>();
    const operations: StatisticsSnapshot[] = [];
    for (const snapshot of statistics.snapshot()) {
      const { kind, connector, of } = snapshot;
      if (kind === "target") series.set(breakerName({ connector, target: of }), snapshot.series);
      else operations.push(snapshot);
    }
    return {
      series,
      operations,
      statuses: new Map(this.#parts.resilience.status().map((status) => [status.breaker.name, status])),
    };
  }

  #row(kind: ConnectorKind, known: Known, sources: readonly Source[] | null): ConnectorRow {
    const { id, title, isRemote, noFallback } = kind;
    const names = [...new Set([...known.statuses.keys(), ...known.series.keys()])].filter(
      (name) => splitName(name).connector === id,
    );
    // Only those that are shown are worked out in full: there may be thousands.
    const judged = names.map((name) => ({
      name,
      health: this.#health(name, known),
      idleMs: idleMs(known.series.get(name)),
    }));
    const attention = ({ name, health }: (typeof judged)[number]): number => {
      if (stateOf(known.statuses.get(name)?.breaker) !== "closed") return 2;
      return health === "healthy" ? 0 : 1;
    };
    const shown = judged.toSorted((a, b) => attention(b) - attention(a) || a.idleMs - b.idleMs).slice(0, MOST_TARGETS);
    const operations = known.operations.filter(({ connector }) => connector === id);
    const bulkhead = [...known.statuses.values()].find(({ breaker }) => breaker.connector === id)?.bulkhead;
    const healths = new Set(judged.map(({ health }) => health));
    return {
      connector: id,
      title,
      isRemote,
      noFallback,
      health: healths.has("down") ? "down" : healths.has("degraded") ? "degraded" : "healthy",
      ...summariesOf(operations.map(({ series }) => series)),
      operations: operations.map(({ of, series }) => Object.assign(summaryOver([series], "1h"), { operation: of })),
      bulkhead: bulkhead ?? { active: 0, queued: 0, ...bulkheadOf(id, this.#parts.settings) },
      deadLetters: sources && lettersOf(sources.filter(({ connector }) => connector === id)),
      targets: shown.map(({ name }) => this.#target(name, known, sources)),
      moreTargets: names.length - shown.length,
    };
  }

  /** A target that was called by earlier processes alone has no breaker here. */
  #health(name: string, { statuses, series }: Known): ConnectorTarget["health"] {
    const status = statuses.get(name);
    const calls = series.get(name);
    if (status !== undefined) return status.health;
    if (idleMs(calls) > WINDOWS_MS["5m"]) return "healthy";
    const recent = summaryOver(calls === undefined ? [] : [calls], "5m");
    return healthOf(recent, "closed", healthOptionsOf(this.#parts.settings));
  }

  #target(name: string, { series, statuses }: Known, sources: readonly Source[] | null): ConnectorTarget {
    const { settings, lastError, actions } = this.#parts;
    const { connector, target } = splitName(name);
    const status = statuses.get(name);
    const breaker = status?.breaker;
    const calls = summariesOf([series.get(name)].filter((one) => one !== undefined));
    const { failuresToOpen, windowMs } = breakerOf(settings);
    const last = breaker?.lastFailure ?? null;
    return {
      name,
      connector,
      target,
      state: stateOf(breaker),
      percent: breaker?.health ?? 100,
      health: healthOf(calls.last5Minutes, breaker?.state ?? "closed", healthOptionsOf(settings)),
      openMs: breaker?.remainingOpenMs ?? null,
      failures: breaker?.failures ?? 0,
      failuresToOpen,
      windowMs,
      reopenings: breaker?.reopenings ?? 0,
      ...calls,
      bulkhead: status?.bulkhead ?? { active: 0, queued: 0, ...bulkheadOf(connector, settings) },
      rateLimit: status?.rateLimit ?? null,
      deadLetters: sources && lettersOf(sources.filter((source) => isOf(source, connector, target))),
      lastError: lastError(name) ?? (last && { ...last, at: last.at * 1_000 }),
      actions: actions(name).slice(0, MOST_ACTIONS),
    };
  }
}

function stateOf(breaker: BreakerStatus | undefined): ConnectorTarget["state"] {
  if (breaker === undefined) return "closed";
  return breaker.mode === "automatic" ? breaker.state : breaker.mode;
}

/** Milliseconds since the last call began to be counted; Infinity without one within the hour. */
const idleMs = (series: SeriesSnapshot | undefined): number => series?.slots.at(-1)?.ageMs ?? Infinity;

const lettersOf = (sources: readonly Source[]): number =>
  sources.reduce((sum, { deadLetters }) => sum + deadLetters, 0);

/** A source is its target, lies in it, or names it in its address. */
const isOf = ({ connector, path }: Source, id: string, target: string): boolean =>
  connector === id && (path === target || path.startsWith(`${target}/`) || path.startsWith(`${id}:${target}/`));
