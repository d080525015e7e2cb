/**
 * What of the resilience layer outlives the process: breakers, call statistics and manual decisions, in the library.
 * Several processes may write it, so statistics are added to what is there; a breaker is written when it changed here.
 */
import { asFailure, type Failure } from "../../../shared/failure.ts";
import type { Clock } from "../resilience/clock.ts";
import { MOST_IDLE_TARGETS } from "../resilience/defaults.ts";
import type { CallEvent } from "../resilience/events.ts";
import type { Resilience } from "../resilience/resilience.ts";
import { Statistics, type StatisticsSnapshot } from "../resilience/statistics.ts";
import type { ConnectorRows } from "../store/connector-rows.ts";
import { splitName } from "./target-name.ts";

const MOST_SAVED_TARGETS = 200;

export class ConnectorState {
  readonly #rows: ConnectorRows;
  readonly #clock: Clock;
  /** Counted since the last save. */
  #unsaved: Statistics;
  /** Names of the breakers that may have changed since. */
  readonly #changed = new Set<string>();

  constructor(rows: ConnectorRows, clock: Clock) {
    this.#rows = rows;
    this.#clock = clock;
    this.#unsaved = new Statistics(clock, MOST_IDLE_TARGETS);
  }

  /** Takes up what was saved; a damaged row is left out, with a failure that says so. */
  restore({ breakers, statistics }: Resilience): readonly Failure[] {
    return readable(() => [
      ...breakers.restore(this.#rows.breakers().map(breakerOf)).failures,
      ...statistics.restore(this.#rows.statistics().map(({ saved }) => parsed(saved))),
    ]);
  }

  count(call: CallEvent): void {
    this.#unsaved.record(call);
    if (call.errorClass !== null) this.#changed.add(call.name);
  }

  breakerChanged(name: string): void {
    this.#changed.add(name);
  }

  get isSaved(): boolean {
    return this.#changed.size === 0 && this.#unsaved.snapshot().length === 0;
  }

  /** The failure of a library that cannot be written; what was counted is then kept for the next time. */
  save({ breakers }: Resilience): readonly Failure[] {
    return readable(() => {
      const savedAt = this.#clock.wall() * 1_000;
      if (this.#changed.size > 0) {
        const worthKeeping = new Map(
          breakers.snapshot().map((snapshot) => [`${snapshot.connector}:${snapshot.target}`, snapshot]),
        );
        const rows = [...this.#changed].map((name) => {
          const snapshot = worthKeeping.get(name);
          const { connector, target } = splitName(name);
          return { connector, target, saved: snapshot === undefined ? null : JSON.stringify(snapshot) };
        });
        this.#rows.writeBreakers(rows, Math.round(savedAt));
        this.#changed.clear();
      }
      const counted = worthSaving(this.#unsaved.snapshot());
      if (counted.length > 0) {
        const rows = counted.map((snapshot) => {
          const { kind, connector, of } = snapshot;
          return { kind, connector, name: of, saved: JSON.stringify(snapshot) };
        });
        this.#rows.addStatistics(rows, Math.round(savedAt), (before, added) => this.#sum(before, added));
        this.#unsaved = new Statistics(this.#clock, MOST_IDLE_TARGETS);
      }
      return [];
    });
  }

  #sum(before: string | null, added: string): string {
    if (before === null) return added;
    const sum = new Statistics(this.#clock, MOST_IDLE_TARGETS);
    sum.restore([parsed(before), parsed(added)]);
    return JSON.stringify(sum.snapshot()[0]);
  }
}

/** A folder of many thousand files must not hold up everything else while it is written down: the last ones do. */
function worthSaving(counted: readonly StatisticsSnapshot[]): readonly StatisticsSnapshot[] {
  const targets = counted.filter(({ kind }) => kind === "target");
  return [...counted.filter(({ kind }) => kind === "operation"), ...targets.slice(-MOST_SAVED_TARGETS)];
}

function readable(work: () => readonly Failure[]): readonly Failure[] {
  try {
    return work();
  } catch (thrown) {
    return [asFailure(thrown)];
  }
}

/** Which breaker a damaged row was for is said by its key. */
function breakerOf({ connector, target, saved }: { connector: string; target: string; saved: string }): unknown {
  const snapshot = parsed(saved);
  return typeof snapshot === "object" && snapshot !== null ? { ...snapshot, connector, target } : { connector, target };
}

/** Undefined for what is no JSON: whoever takes the row finds it damaged. */
function parsed(saved: string): unknown {
  try {
    return JSON.parse(saved);
  } catch {
    return undefined;
  }
}
