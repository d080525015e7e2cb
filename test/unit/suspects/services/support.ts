// Small systems for tests of blame: requests as trees of spans, logs inside of them, series by minute.
import type {
  DependencySignal,
  LogSignal,
  MetricSignal,
  Place,
  Signals,
  SpanSignals,
  Windows,
} from "../../../../src/main/engine/suspects/signals.ts";
import { selfTimes } from "../../../../src/main/engine/traces/self-time.ts";
import { Level } from "../../../../src/shared/model/level.ts";
import { micros } from "../../../../src/shared/units.ts";

export const MINUTE = 60_000_000;
export const MS = 1_000;

/** Twenty minutes of normal, then five of incident. */
export const windows: Windows = {
  baseline: { from: micros(0), to: micros(20 * MINUTE) },
  incident: { from: micros(20 * MINUTE), to: micros(25 * MINUTE) },
};

const place = (offset: number): Place => ({ sourceId: 1, offset, record: `s1:${offset}` });

/** One span with what is below it. Times are microseconds from the start of the parent. */
export interface Work {
  readonly service: string;
  readonly operation: string;
  readonly at?: number;
  readonly lasts: number;
  readonly fails?: boolean;
  readonly logs?: readonly (readonly [level: Level, template: string])[];
  readonly calls?: readonly Work[];
}

interface Row {
  readonly work: Work;
  readonly start: number;
  readonly parent: number;
}

export class System {
  readonly #rows: Row[] = [];
  readonly #lines = new Map<
    string,
    { service: string; level: Level; template: string; times: number[]; rows: Row[] }
  >();
  readonly #metrics: MetricSignal[] = [];
  readonly #logs: LogSignal[] = [];
  readonly #dependencies: DependencySignal[] = [];

  /** One request that begins at a moment. */
  request(time: number, work: Work): this {
    this.#add(work, time, 0xffffffff);
    return this;
  }

  /** `count` requests, evenly over a stretch of minutes. */
  requests(fromMinute: number, toMinute: number, count: number, work: (index: number) => Work): this {
    for (let index = 0; index < count; index++)
      this.request((fromMinute + ((toMinute - fromMinute) * (index + 0.5)) / count) * MINUTE, work(index));
    return this;
  }

  /** A value each minute, from minute 0 on. */
  metric(service: string, name: string, value: (minute: number) => number, minutes = 25): this {
    return this.samples(service, name, 1, minutes, value);
  }

  /** `count` values `step` minutes apart, each taken `late` minutes after the moment that it stands for. */
  samples(
    service: string,
    name: string,
    step: number,
    count: number,
    value: (minute: number) => number,
    late = 0,
  ): this {
    const times = Float64Array.from({ length: count }, (_, index) => (index * step + late) * MINUTE);
    const values = Float64Array.from({ length: count }, (_, index) => value(index * step));
    this.#metrics.push({ service, name, times, values, place: place(this.#metrics.length) });
    return this;
  }

  /** A value each minute of a machine or volume, from minute 0 on. */
  ground(ground: string, name: string, value: (minute: number) => number, minutes = 25): this {
    const times = Float64Array.from({ length: minutes }, (_, minute) => minute * MINUTE);
    const values = times.map((time) => value(time / MINUTE));
    this.#metrics.push({ service: null, ground, name, times, values, place: place(this.#metrics.length) });
    return this;
  }

  /** Lines outside of any trace, at these minutes. */
  log(service: string, level: Level, template: string, minutes: readonly number[], texts?: readonly string[]): this {
    const times = Float64Array.from(minutes, (minute) => minute * MINUTE);
    this.#logs.push({ service, level, templateId: template, template, times, texts, place: place(this.#logs.length) });
    return this;
  }

  calls(caller: string, ...callees: readonly string[]): this {
    for (const callee of callees) this.#dependencies.push({ caller, callee, calls: null });
    return this;
  }

  signals(more: Partial<Signals> = {}): Signals {
    const order = this.#rows.map((_, index) => index).sort((a, b) => this.#start(a) - this.#start(b) || a - b);
    const rowOf = new Map(order.map((index, row) => [index, row]));
    return {
      metrics: this.#metrics,
      logs: [...this.#logs, ...this.#tracedLogs(rowOf)],
      spans: this.#spans(order, rowOf),
      changes: [],
      alerts: [],
      dependencies: this.#dependencies,
      ...more,
    };
  }

  #start(index: number): number {
    return this.#rows[index]?.start ?? 0;
  }

  #add(work: Work, start: number, parent: number): void {
    const row: Row = { work, start, parent };
    const index = this.#rows.push(row) - 1;
    for (const [level, template] of work.logs ?? []) {
      const key = `${work.service} ${level} ${template}`;
      const line = this.#lines.get(key) ?? { service: work.service, level, template, times: [], rows: [] };
      line.times.push(start + work.lasts - 1);
      line.rows.push(row);
      this.#lines.set(key, line);
    }
    for (const call of work.calls ?? []) this.#add(call, start + (call.at ?? 0), index);
  }

  #tracedLogs(rowOf: ReadonlyMap<number, number>): LogSignal[] {
    return [...this.#lines.values()].map(({ service, level, template, times, rows }, index) => ({
      service,
      level,
      templateId: template,
      template,
      times: Float64Array.from(times),
      spans: Uint32Array.from(rows, (row) => rowOf.get(this.#rows.indexOf(row)) ?? 0xffffffff),
      place: place(10_000 + index),
    }));
  }

  #spans(order: readonly number[], rowOf: ReadonlyMap<number, number>): SpanSignals {
    const rows = order.flatMap((index) => this.#rows[index] ?? []);
    const services = [...new Set(rows.map(({ work }) => work.service))];
    const operations = [...new Set(rows.map(({ work }) => work.operation))];
    const start = Float64Array.from(rows, (row) => row.start);
    const duration = Float64Array.from(rows, ({ work }) => work.lasts);
    const parent = Uint32Array.from(rows, (row) => rowOf.get(row.parent) ?? 0xffffffff);
    return {
      count: rows.length,
      services,
      operations,
      start,
      duration,
      parent,
      self: selfTimes({ start, duration, parent }),
      service: Uint32Array.from(rows, ({ work }) => services.indexOf(work.service)),
      operation: Uint32Array.from(rows, ({ work }) => operations.indexOf(work.operation)),
      failed: Uint8Array.from(rows, ({ work }) => (work.fails === true ? 1 : 0)),
      place,
      spanId: (row) => `span-${row}`,
    };
  }
}

export { Level };
