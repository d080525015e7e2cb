/**
 * What the monitoring saw: rates, errors and latencies are counted from the very requests that were walked; processor and
 * memory follow load and cause. Written as a long CSV, a wide CSV and a Prometheus range answer.
 * https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries
 */
import { isoSeconds } from "./clock.mjs";

/** @typedef {import('./topology.mjs').Service} Service */
/** @typedef {{ t: number, rate: number, errors: number, p50: number, p99: number, cpu: number, memory: number, pool: number }} Sample */

/** Latencies are counted in buckets a twelfth of an octave wide: 6 % is finer than any panel shows. */
const PER_OCTAVE = 12;
const BUCKETS = 24 * PER_OCTAVE;
/** Slow requests end after the step they belong to began; a step is closed this much later. */
const LATE_MS = 20_000;

class Cell {
  count = 0;
  failed = 0;
  total = 0;
  buckets = new Uint32Array(BUCKETS);

  /** @param {number} share */
  quantile(share) {
    let left = this.count * share;
    for (let i = 0; i < BUCKETS; i++) if ((left -= this.buckets[i]) <= 0) return 2 ** ((i + 0.5) / PER_OCTAVE - 6);
    return 0;
  }
}

/** A scrape interval that keeps small incidents sharp and long ones small. @param {number} minutes */
export const stepFor = (minutes) =>
  minutes <= 20 ? 10_000 : minutes <= 240 ? 30_000 : Math.ceil(minutes / 480) * 60_000;

export class Metrics {
  /** @type {Map<number, Cell[]>} */
  #open = new Map();
  #random;
  #topology;
  #cause;
  #next = 0;
  stepMs;
  /** One list a service, in time order. @type {Sample[][]} */
  samples;

  /** @param {import('./random.mjs').Random} random @param {import('./topology.mjs').Topology} topology @param {import('./cause.mjs').Cause} cause @param {number} stepMs */
  constructor(random, topology, cause, stepMs) {
    this.#random = random;
    this.#topology = topology;
    this.#cause = cause;
    this.stepMs = stepMs;
    this.samples = topology.services.map(() => []);
  }

  /** @param {Service} service @param {number} end @param {number} durationMs @param {boolean} failed */
  observe(service, end, durationMs, failed) {
    if (service.role === "provider") return;
    const cell = this.#cells(Math.floor((end - this.#cause.start) / this.stepMs))[service.index];
    cell.count++;
    cell.total += durationMs;
    if (failed) cell.failed++;
    cell.buckets[Math.max(0, Math.min(BUCKETS - 1, Math.floor((Math.log2(durationMs) + 6) * PER_OCTAVE)))]++;
  }

  /** @param {number} step */
  #cells(step) {
    let cells = this.#open.get(step);
    if (cells === undefined) {
      cells = this.#topology.services.map(() => new Cell());
      this.#open.set(step, cells);
    }
    return cells;
  }

  /** Close what nothing can change any more. @param {number} now */
  closeUntil(now) {
    for (; this.#cause.start + (this.#next + 1) * this.stepMs + LATE_MS <= now; this.#next++)
      this.#summarise(this.#next);
  }

  /** @param {number} end */
  closeAll(end) {
    this.closeUntil(end + LATE_MS);
  }

  /** @param {number} step */
  #summarise(step) {
    const random = this.#random;
    const cells = this.#cells(step);
    const t = this.#cause.start + (step + 1) * this.stepMs;
    this.#topology.services.forEach((service, i) => {
      const { count, failed, total } = cells[i];
      const history = this.samples[i];
      const rate = count / (this.stepMs / 1000);
      const usual = history[0]?.rate || rate || 1;
      const own = service === this.#cause.service ? this.#cause.level(t) : 0;
      const hot = { cpu: 62, traffic: 50, "memory-leak": 18 }[/** @type {string} */ (this.#cause.kind)] ?? 2;
      const busy = (total / this.stepMs) * 3;
      const leaked = service === this.#cause.service ? this.#cause.memory(t) : 0;
      history.push({
        t,
        rate,
        errors: count === 0 ? 0 : failed / count,
        p50: cells[i].quantile(0.5),
        p99: cells[i].quantile(0.99),
        cpu: Math.min(99.6, service.cpu * (0.55 + 0.45 * (rate / usual)) + own * hot + random.normal() * 1.1),
        memory: service.memoryMb * (1 + 1.1 * leaked) + 6 * Math.sin(step / 9 + i) + random.normal() * 3,
        pool: Math.round(
          Math.min(own > 0 && this.#cause.kind === "config" ? 4 : 20, Math.max(1, busy + random.between(0.5, 2.5))),
        ),
      });
    });
    this.#open.delete(step);
  }

  /** `timestamp,service,metric,value` @param {{ write(text: string): void }} file */
  writeLong(file) {
    file.write("timestamp,service,metric,value\n");
    for (let step = 0; step < this.samples[0].length; step++) {
      let out = "";
      for (const { name, index } of this.#topology.services) {
        const s = this.samples[index][step];
        const head = `${isoSeconds(s.t)},${name},`;
        out += `${head}requests_per_second,${s.rate.toFixed(2)}\n${head}error_ratio,${s.errors.toFixed(4)}\n${head}latency_p50_ms,${s.p50.toFixed(1)}\n${head}latency_p99_ms,${s.p99.toFixed(1)}\n`;
      }
      file.write(out);
    }
    return this.samples[0].length * this.#topology.services.length * 4;
  }

  /** One column a service and resource; a scrape that failed leaves its cells empty. @param {{ write(text: string): void }} file */
  writeWide(file) {
    const { services } = this.#topology;
    file.write(`time,${services.flatMap((s) => [`${s.name}.cpu_percent`, `${s.name}.memory_mb`]).join(",")}\n`);
    for (let step = 0; step < this.samples[0].length; step++) {
      const cells = services.map(({ index }) => {
        const s = this.samples[index][step];
        return this.#random.chance(0.004) ? "," : `${s.cpu.toFixed(1)},${s.memory.toFixed(0)}`;
      });
      file.write(`${isoSeconds(this.samples[0][step].t)},${cells.join(",")}\n`);
    }
    return this.samples[0].length;
  }

  prometheus() {
    const series = this.#topology.services
      .filter((s) => s.role !== "edge")
      .map((s) => ({
        metric: {
          __name__: s.role === "store" ? "connections_active" : "connection_pool_in_use",
          job: "shop",
          service: s.name,
          instance: `${s.pods[0].ip}:9090`,
        },
        values: this.samples[s.index].map(({ t, pool }) => [t / 1000, String(pool)]),
      }));
    return { status: "success", data: { resultType: "matrix", result: series } };
  }
}
