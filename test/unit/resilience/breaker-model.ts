/**
 * What a breaker should do, told as plainly as can be: a list of what happened, time that passes millisecond event by
 * event, no laziness and no totals. It is slow, and there is nothing in it to get wrong that the rules do not say.
 */
import type { BreakerOptions } from "../../../src/main/engine/resilience/breaker-options.ts";

export interface ModelProbe {
  readonly epoch: number;
  readonly isProbe: boolean;
  leaseEnd: number;
  reported: boolean;
}

export class BreakerModel {
  state: "closed" | "open" | "half-open" = "closed";
  mode: "automatic" | "held-open" | "disabled" = "automatic";
  now = 0;
  wall: number;
  reopenings = 0;
  decisions = 0;
  openUntil = Infinity;
  successes = 0;
  epoch = 0;
  outcomes: { at: number; failed: boolean; slow: boolean }[] = [];
  calls: ModelProbe[] = [];
  readonly options: BreakerOptions;
  readonly chance: () => number;

  constructor(options: BreakerOptions, chance: () => number, wall: number) {
    this.options = options;
    this.chance = chance;
    this.wall = wall;
  }

  get probes(): ModelProbe[] {
    return this.calls.filter((call) => call.isProbe && call.epoch === this.epoch && !call.reported);
  }

  get recent() {
    return this.outcomes.filter(({ at }) => this.now - at < this.options.windowMs);
  }

  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const moments = this.state === "open" ? [this.openUntil] : this.probes.map(({ leaseEnd }) => leaseEnd);
      const next = Math.min(...moments);
      if (this.state === "closed" || next > end) break;
      this.now = Math.max(this.now, next);
      if (this.state === "open") this.tryOut();
      else this.reopen();
    }
    this.now = end;
    this.wall += ms;
  }

  setWall(ms: number): void {
    this.wall += ms;
  }

  admit(leaseMs: number): ModelProbe | null {
    if (this.state === "open") return null;
    const isProbe = this.state === "half-open";
    const isFirst = this.successes === 0 && this.probes.length === 0;
    if (isProbe && !isFirst && this.chance() >= this.options.admission) return null;
    const call = { epoch: this.epoch, isProbe, leaseEnd: this.now + leaseMs, reported: false };
    this.calls.push(call);
    return call;
  }

  report(call: ModelProbe, kind: "success" | "failure" | "release", durationMs: number): void {
    if (call.reported) return;
    call.reported = true;
    if (call.epoch !== this.epoch || this.mode === "disabled" || kind === "release") return;
    if (this.state === "half-open") {
      if (kind === "failure") return this.reopen();
      this.successes += 1;
      if (this.successes === this.options.successesToClose) this.close();
      return;
    }
    const failed = kind === "failure";
    this.outcomes.push({ at: this.now, failed, slow: durationMs >= this.options.slowCallMs });
    const { recent, options } = this;
    const failures = recent.filter((outcome) => outcome.failed).length;
    const slow = recent.filter((outcome) => outcome.slow).length;
    const enough = recent.length >= options.minimumCalls;
    if (
      failures >= options.failuresToOpen ||
      (enough && failures / recent.length >= options.failureRatio) ||
      (enough && slow / recent.length >= options.slowRatio)
    ) {
      this.open();
    }
  }

  decide(what: "reset" | "hold-open" | "disable" | "retry-now"): void {
    if (what === "retry-now") {
      if (this.state !== "open" || this.mode !== "automatic") return;
      this.tryOut();
    } else if (what === "hold-open") {
      this.mode = "held-open";
      this.state = "open";
      this.openUntil = Infinity;
      this.epoch += 1;
    } else {
      this.mode = what === "disable" ? "disabled" : "automatic";
      this.close();
    }
    this.decisions = Math.min(this.decisions + 1, 20);
  }

  /** The process ends and another one begins; the wall clock is what connects them. */
  restart(): () => void {
    const saved = { wall: this.wall, remaining: this.openUntil - this.now };
    return () => {
      this.calls = [];
      this.outcomes = [];
      this.epoch += 1;
      this.successes = 0;
      if (this.mode !== "automatic" || this.state !== "open") return;
      const passed = Math.max(0, this.wall - saved.wall);
      const plain = Math.min(this.options.openMs * 2 ** this.reopenings, this.options.openCapMs);
      const share = this.reopenings === 0 ? 1 : 1 + this.options.openJitter;
      const longest = Math.min(plain * share, this.options.openCapMs);
      this.openUntil = this.now + Math.min(Math.max(0, saved.remaining - passed), longest);
      this.pass(0);
    };
  }

  private open(): void {
    const { openMs, openCapMs, openJitter } = this.options;
    let wait = Math.min(openMs * 2 ** this.reopenings, openCapMs);
    if (this.reopenings > 0) wait = Math.min(wait * (1 + openJitter * (2 * this.chance() - 1)), openCapMs);
    this.state = "open";
    this.openUntil = this.now + wait;
    this.epoch += 1;
  }

  private reopen(): void {
    this.reopenings += 1;
    this.open();
  }

  private tryOut(): void {
    this.state = "half-open";
    this.successes = 0;
    this.epoch += 1;
  }

  private close(): void {
    this.state = "closed";
    this.reopenings = 0;
    this.successes = 0;
    this.outcomes = [];
    this.epoch += 1;
  }
}
