/** How calls went: for each connector and operation, and for each connector and target. */
import { z } from "zod";
import { type Failure } from "../../../shared/failure.ts";
import { CallSeries, type StatisticsWindow, WINDOWS_MS, seriesSchema } from "./call-series.ts";
import type { Clock } from "./clock.ts";
import type { CallEvent } from "./events.ts";
import { Keyed } from "./keyed.ts";
import type { Summary } from "./tally.ts";

export interface StatisticsRow extends Summary {
  readonly connector: string;
  /** An operation or a target, as asked. */
  readonly of: string;
  readonly window: StatisticsWindow;
}

const snapshotSchema = z.object({
  version: z.literal(1),
  kind: z.enum(["operation", "target"]),
  connector: z.string().min(1),
  of: z.string(),
  series: seriesSchema,
  /** Milliseconds since the epoch. */
  savedAt: z.number(),
});
export type StatisticsSnapshot = z.infer<typeof snapshotSchema>;
type Kind = StatisticsSnapshot["kind"];

interface Entry {
  readonly connector: string;
  readonly of: string;
  readonly series: CallSeries;
}

export class Statistics {
  readonly #clock: Clock;
  readonly #entries: Readonly<Record<Kind, Keyed<Entry>>>;

  /** Operations are few; beyond so many targets those make room that were not called for an hour. */
  constructor(clock: Clock, capacity: number) {
    this.#clock = clock;
    this.#entries = {
      operation: new Keyed(entryOf),
      target: new Keyed(entryOf, { capacity, isIdle: ({ series }) => series.isIdle(clock.now()) }),
    };
  }

  record({ connector, operation, target, durationMs, errorClass }: CallEvent): void {
    if (errorClass === "cancelled") return;
    const now = this.#clock.now();
    this.#series("operation", connector, operation).record(durationMs, errorClass, now);
    this.#series("target", connector, target).record(durationMs, errorClass, now);
  }

  operations(window: StatisticsWindow): StatisticsRow[] {
    return this.#rows("operation", window);
  }

  targets(window: StatisticsWindow): StatisticsRow[] {
    return this.#rows("target", window);
  }

  /** Each operation over each window, one JSON object a line. */
  jsonLines(): string {
    const windows = Object.keys(WINDOWS_MS) as StatisticsWindow[];
    return windows
      .flatMap((window) => this.operations(window))
      .map(({ connector, of, ...row }) => `${JSON.stringify({ connector, operation: of, ...row })}\n`)
      .join("");
  }

  snapshot(): StatisticsSnapshot[] {
    const now = this.#clock.now();
    const savedAt = this.#clock.wall();
    return KINDS.flatMap((kind) =>
      Array.from(this.#entries[kind].values(), ({ connector, of, series }): StatisticsSnapshot => {
        return { version: 1, kind, connector, of, series: series.snapshot(now), savedAt };
      }),
    );
  }

  /** Adds what was written down; one failure for each row that could not be read. */
  restore(rows: readonly unknown[]): Failure[] {
    const now = this.#clock.now();
    const wall = this.#clock.wall();
    const failures: Failure[] = [];
    for (const row of rows) {
      const parsed = snapshotSchema.safeParse(row);
      if (parsed.success) {
        const { kind, connector, of, series, savedAt } = parsed.data;
        this.#series(kind, connector, of).add(series, Math.max(0, wall - savedAt), now);
      } else failures.push(damaged);
    }
    return failures;
  }

  #rows(kind: Kind, window: StatisticsWindow): StatisticsRow[] {
    const now = this.#clock.now();
    return Array.from(this.#entries[kind].values(), ({ connector, of, series }) => {
      return { connector, of, window, ...series.over(window, now).summary() };
    });
  }

  #series(kind: Kind, connector: string, of: string): CallSeries {
    return this.#entries[kind].get(`${connector}:${of}`).series;
  }
}

const KINDS = ["operation", "target"] as const satisfies Kind[];

const damaged: Failure = {
  reason: "damaged-state",
  message: "Saved call statistics are damaged and were set aside; counting goes on without them.",
};

/** A connector's id has no colon in it. */
function entryOf(key: string): Entry {
  const colon = key.indexOf(":");
  return { connector: key.slice(0, colon), of: key.slice(colon + 1), series: new CallSeries() };
}
