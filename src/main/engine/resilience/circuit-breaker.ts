/**
 * Stops calling a target that fails, and finds out with few calls when it is well again. It has no timer: what time has
 * done is settled whenever somebody looks, in the order in which it would have happened.
 */
import { type Result, asFailure, failed, ok } from "../../../shared/failure.ts";
import type { BreakerOptions } from "./breaker-options.ts";
import {
  type BreakerMode,
  type BreakerSnapshot,
  type BreakerState,
  type BreakerStatus,
  type ControlRecord,
  HEALTH_OF,
  type LastFailure,
  breakerSnapshotSchema,
} from "./breaker-state.ts";
import { classify } from "./classify.ts";
import { type Clock, type MonotonicMs, monotonicMs } from "./clock.ts";
import type { BreakerEvent, Emit } from "./events.ts";
import { longestOpenTimeMs, openTimeMs } from "./open-time.ts";
import { OutcomeWindow } from "./outcome-window.ts";
import type { Random } from "./random.ts";
import { Trial } from "./trial.ts";

export type Admission =
  | { readonly admitted: true; readonly permit: Permit }
  | { readonly admitted: false; readonly retryAfterMs: number | null };

/** The right to make one call. Its first report counts, and only when nothing has changed since it was given. */
export interface Permit {
  succeed(durationMs: number): void;
  fail(durationMs: number, error: unknown): void;
  /** The call said nothing of the target. */
  release(): void;
}

export interface BreakerIdentity {
  readonly connector: string;
  readonly target: string;
}
export interface BreakerDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly emit: Emit;
}

export const breakerName = ({ connector, target }: BreakerIdentity): string => `${connector}:${target}`;

/** Manual decisions that are remembered with a breaker. */
const MOST_CONTROLS = 20;

type Phase =
  | { readonly state: "closed" }
  /** Infinity when only a person ends it. */
  | { readonly state: "open"; readonly since: number; until: number }
  | Trial;

export class CircuitBreaker {
  readonly name: string;
  readonly #identity: BreakerIdentity;
  readonly #optionsNow: () => BreakerOptions;
  readonly #deps: BreakerDeps;
  readonly #window: OutcomeWindow;
  #phase: Phase = { state: "closed" };
  #mode: BreakerMode = "automatic";
  /** Raised by every transition: a permit of another generation has nothing to say any more. */
  #generation = 0;
  #reopenings = 0;
  #inFlight = 0;
  #lastFailure: LastFailure | null = null;
  #controls: readonly ControlRecord[] = [];

  /** The options are asked for anew each time: whoever changes them means the breakers that there are. */
  constructor(identity: BreakerIdentity, options: () => BreakerOptions, deps: BreakerDeps) {
    this.name = breakerName(identity);
    this.#identity = identity;
    this.#optionsNow = options;
    this.#deps = deps;
    this.#window = new OutcomeWindow(options);
  }

  get #options(): BreakerOptions {
    return this.#optionsNow();
  }

  /** Whether a call may be made now. A lease is given to a probe that needs longer than others. */
  admit(leaseMs: number = this.#options.leaseMs): Admission {
    const now = this.#settled();
    const phase = this.#phase;
    if (phase.state === "closed") return this.#permit(() => {});
    if (phase.state === "open") {
      return { admitted: false, retryAfterMs: phase.until === Infinity ? null : Math.ceil(phase.until - now) };
    }
    const settleProbe = phase.admit(now + leaseMs, this.#options, this.#deps.random);
    if (settleProbe === null) return { admitted: false, retryAfterMs: this.#options.surplusRetryAfterMs };
    return this.#permit(settleProbe);
  }

  status(): BreakerStatus {
    const now = this.#settled();
    const phase = this.#phase;
    return {
      name: this.name,
      ...this.#identity,
      state: phase.state,
      mode: this.#mode,
      health: HEALTH_OF[phase.state],
      remainingOpenMs: phase.state === "open" && phase.until !== Infinity ? phase.until - now : null,
      ...this.#window.counts(now),
      reopenings: this.#reopenings,
      inFlight: this.#inFlight,
      lastFailure: this.#lastFailure,
      controls: this.#controls,
    };
  }

  /** Whether nothing would be lost if it were made anew. */
  isIdle(): boolean {
    const { state, mode, calls, inFlight, controls } = this.status();
    return state === "closed" && mode === "automatic" && calls === 0 && inFlight === 0 && controls.length === 0;
  }

  /** Closes it, forgets its failures and gives it back to the automatic rules. */
  reset(by: string): void {
    this.#control("reset", by, "automatic", { state: "closed" });
  }

  /** Lets nothing through until somebody resets it. */
  holdOpen(by: string): void {
    this.#control("hold-open", by, "held-open", { state: "open", since: this.#deps.clock.now(), until: Infinity });
  }

  /** Lets everything through and counts nothing until somebody resets it. */
  disable(by: string): void {
    this.#control("disable", by, "disabled", { state: "closed" });
  }

  /** Ends the wait of an open breaker now; false when it is not waiting. */
  retryNow(by: string): boolean {
    this.#settled();
    if (this.#phase.state !== "open" || this.#mode !== "automatic") return false;
    this.#control("retry-now", by, "automatic", new Trial());
    return true;
  }

  snapshot(): BreakerSnapshot {
    const { connector, target, state, mode, remainingOpenMs, reopenings, lastFailure, controls } = this.status();
    const savedAt = this.#deps.clock.wall();
    return {
      version: 1,
      connector,
      target,
      state,
      mode,
      remainingOpenMs: remainingOpenMs ?? 0,
      reopenings,
      lastFailure,
      controls,
      savedAt,
    };
  }

  /**
   * Takes up what another process wrote down. The time between is known by the wall clock alone, which may have been
   * set: it never lengthens the wait, and the wait is never longer than the options say.
   */
  restore(saved: unknown): Result<void> {
    const parsed = breakerSnapshotSchema.safeParse(saved);
    if (!parsed.success) {
      return failed("damaged-state", `${this.name}: its saved state is damaged and was set aside; it begins closed.`);
    }
    const { state, mode, remainingOpenMs, reopenings, lastFailure, controls, savedAt } = parsed.data;
    const { clock } = this.#deps;
    const passedMs = Math.max(0, clock.wall() - savedAt);
    this.#generation += 1;
    this.#window.clear();
    this.#mode = mode;
    this.#reopenings = reopenings;
    this.#lastFailure = lastFailure;
    this.#controls = controls;
    if (mode === "held-open") this.#phase = { state: "open", since: clock.now(), until: Infinity };
    else if (mode === "disabled" || state === "closed") this.#phase = { state: "closed" };
    else if (state === "half-open") this.#phase = new Trial();
    else {
      const remainingMs = Math.min(
        Math.max(0, remainingOpenMs - passedMs),
        longestOpenTimeMs(this.#options, this.#reopenings),
      );
      this.#phase = { state: "open", since: clock.now(), until: clock.now() + remainingMs };
    }
    return ok(undefined);
  }

  /** What it is handed is done with the first report that still counts. */
  #permit(settleProbe: () => void): Admission {
    const generation = this.#generation;
    let reported = false;
    this.#inFlight += 1;
    const report = (record: (now: MonotonicMs, phase: Phase) => void): void => {
      if (reported) return;
      reported = true;
      this.#inFlight -= 1;
      const now = this.#settled();
      if (generation !== this.#generation || this.#mode === "disabled") return;
      settleProbe();
      record(now, this.#phase);
    };
    const permit: Permit = {
      succeed: (durationMs) => report((now, phase) => this.#succeeded(now, phase, durationMs)),
      fail: (durationMs, error) => report((now, phase) => this.#failed(now, phase, durationMs, error)),
      release: () => report(() => {}),
    };
    return { admitted: true, permit };
  }

  #succeeded(now: MonotonicMs, phase: Phase, durationMs: number): void {
    if (phase.state !== "half-open") return this.#count("success", now, durationMs);
    if (phase.succeeded(this.#options)) this.#enter({ state: "closed" }, "probe", now);
  }

  #failed(now: MonotonicMs, phase: Phase, durationMs: number, error: unknown): void {
    this.#lastFailure = {
      errorClass: classify(error),
      message: asFailure(error).message,
      at: this.#deps.clock.wall(),
    };
    if (phase.state === "half-open") this.#reopen("probe", now);
    else this.#count("failure", now, durationMs);
  }

  #count(outcome: "success" | "failure", now: MonotonicMs, durationMs: number): void {
    const why = this.#window.record(outcome, durationMs, now);
    if (why !== null) this.#open(why, now);
  }

  #open(why: BreakerEvent["why"], at: MonotonicMs): void {
    const openMs = openTimeMs(this.#options, this.#reopenings, this.#deps.random);
    this.#enter({ state: "open", since: at, until: at + openMs }, why, at);
  }

  #reopen(why: BreakerEvent["why"], at: MonotonicMs): void {
    this.#reopenings += 1;
    this.#open(why, at);
  }

  /** Lets happen what time has done, and says what time it is. */
  #settled(): MonotonicMs {
    const now = this.#deps.clock.now();
    const phase = this.#phase;
    // A shorter wait that was chosen meanwhile holds for the one that is under way.
    if (phase.state === "open" && phase.until !== Infinity) {
      phase.until = Math.min(phase.until, phase.since + longestOpenTimeMs(this.#options, this.#reopenings));
    }
    for (let due = this.#dueAt(); due <= now; due = this.#dueAt()) {
      if (this.#phase.state === "open") this.#enter(new Trial(), "waited", monotonicMs(due));
      else this.#reopen("lease", monotonicMs(due));
    }
    return now;
  }

  /** When the phase ends by itself. */
  #dueAt(): number {
    const phase = this.#phase;
    if (phase.state === "open") return phase.until;
    return phase.state === "half-open" ? phase.firstLeaseEnd() : Infinity;
  }

  #control(action: ControlRecord["action"], by: string, mode: BreakerMode, phase: Phase): void {
    const now = this.#settled();
    const at = this.#deps.clock.wall();
    this.#mode = mode;
    this.#controls = [...this.#controls, { action, by, at }].slice(-MOST_CONTROLS);
    this.#deps.emit({ type: "control", name: this.name, action, by, at });
    this.#enter(phase, "control", now);
  }

  #enter(phase: Phase, why: BreakerEvent["why"], at: MonotonicMs): void {
    const from: BreakerState = this.#phase.state;
    this.#phase = phase;
    this.#generation += 1;
    if (phase.state === "closed") {
      this.#reopenings = 0;
      this.#window.clear();
    }
    if (from === phase.state) return;
    const openMs = phase.state === "open" && phase.until !== Infinity ? phase.until - at : null;
    this.#deps.emit({ type: "breaker", name: this.name, from, to: phase.state, why, openMs });
  }
}
