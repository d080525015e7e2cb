/**
 * Tells counters from gauges as samples come, and turns counters into growth a second: a counter never falls but when
 * its process restarts (https://prometheus.io/docs/concepts/metric_types/#counter).
 */

/** Samples after which a series that only rose is taken for a counter. */
const DECIDE_AFTER = 24;
/** Of the steps up to then; what rests more often may as well be a gauge. */
const LEAST_RISES = 0.5;
/** Names that say it themselves need only rise once. */
const COUNTER_NAME = /(?:^|[._])(?:total|count|sum|bucket)(?:$|[{[( ])/iu;
/** A fall to less than this share of the value before is a restart. */
const RESTART = 0.5;
/** Falls, of any kind, that a counter is forgiven: a few, and one in fifty samples. */
const FORGIVEN = 2;
const FORGIVEN_SHARE = 0.02;

export class CounterRates {
  readonly #isNamed: boolean;
  #kind: "unknown" | "counter" | "gauge" = "unknown";
  #count = 0;
  #rises = 0;
  #falls = 0;
  #time = 0;
  #value = 0;
  #begun: { readonly time: number; readonly value: number }[] = [];
  /** Whether the sample taken last turned the series from a gauge into a counter, or back. */
  turned = false;

  constructor(name: string) {
    this.#isNamed = COUNTER_NAME.test(name);
  }

  get isCounter(): boolean {
    return this.#kind === "counter";
  }

  /**
   * The value as it is watched: growth a second of a counter, the value itself of a gauge. Null where no time passed, and
   * where a counter restarted: what it grew up to then nobody knows, and from 0 it had less time than the whole step.
   */
  take(time: number, value: number): number | null {
    const before = this.#value;
    const seconds = (time - this.#time) / 1_000_000;
    this.turned = false;
    this.#time = time;
    this.#value = value;
    this.#count++;
    if (this.#kind === "gauge") return value;
    if (this.#count > 1) {
      if (value > before) this.#rises++;
      else if (value < before) this.#falls++;
    }
    if (this.#kind === "unknown") {
      this.#begun.push({ time, value });
      this.#decide();
      return value;
    }
    if (this.#falls > FORGIVEN + FORGIVEN_SHARE * this.#count || (value < before && value >= RESTART * before)) {
      this.#kind = "gauge";
      this.turned = true;
      return value;
    }
    return seconds > 0 && value >= before ? (value - before) / seconds : null;
  }

  /** What the series grew before it was known to be a counter; empty afterwards. */
  takeBegun(): readonly { readonly time: number; readonly rate: number }[] {
    const begun = this.#begun;
    this.#begun = [];
    return begun.flatMap(({ time, value }, index) => {
      const before = begun[index - 1];
      if (before === undefined || !(time > before.time)) return [];
      return { time, rate: Math.max(0, value - before.value) / ((time - before.time) / 1_000_000) };
    });
  }

  #decide(): void {
    if (this.#falls > 0 || this.#value < 0) {
      this.#kind = "gauge";
      this.#begun = [];
      return;
    }
    if (this.#count <= DECIDE_AFTER || this.#rises < (this.#isNamed ? 1 : LEAST_RISES * (this.#count - 1))) {
      // A series that rests cannot be told; what is kept of it stays small.
      if (this.#begun.length > DECIDE_AFTER) this.#begun.shift();
      return;
    }
    this.#kind = "counter";
    this.turned = true;
  }
}
