/** A breaker and its model side by side: what is done to one is done to the other, and they must agree. */
import assert from "node:assert/strict";
import type { Permit } from "../../../src/main/engine/resilience/circuit-breaker.ts";
import { BREAKER } from "../../../src/main/engine/resilience/defaults.ts";
import { seededRandom } from "../../../src/main/engine/resilience/random.ts";
import { BreakerModel, type ModelProbe } from "./breaker-model.ts";
import { aBreaker, broken } from "./breaker-support.ts";
import { FakeClock } from "./support.ts";

export type Command =
  | { readonly do: "call"; readonly leaseMs: number }
  | { readonly do: "report"; readonly call: number; readonly kind: Outcome; readonly durationMs: number }
  /** A call that is made and reported at once. */
  | { readonly do: "burst"; readonly times: number; readonly kind: Outcome; readonly durationMs: number }
  | { readonly do: "pass"; readonly ms: number }
  | { readonly do: "set-wall"; readonly ms: number }
  | { readonly do: "restart"; readonly wallMs: number; readonly awayMs: number }
  | { readonly do: "decide"; readonly what: "reset" | "hold-open" | "disable" | "retry-now" };
export type Outcome = "success" | "failure" | "release";

export class Pair {
  readonly clock = new FakeClock();
  readonly model: BreakerModel;
  readonly #options: typeof BREAKER;
  readonly #chance: () => number;
  #real: ReturnType<typeof aBreaker>["breaker"];
  readonly #calls: { readonly permit: Permit; readonly probe: ModelProbe }[] = [];

  constructor(changed: Partial<typeof BREAKER>, seed: number) {
    this.#options = { ...BREAKER, ...changed };
    this.#chance = seededRandom(seed);
    this.#real = this.#make();
    this.model = new BreakerModel(this.#options, seededRandom(seed), this.clock.wall());
  }

  take(step: Command): void {
    switch (step.do) {
      case "call":
        this.#call(step.leaseMs);
        break;
      case "report":
        if (this.#calls.length > 0) this.#report(step.call % this.#calls.length, step.kind, step.durationMs);
        break;
      case "burst":
        for (let time = 0; time < step.times; time += 1) {
          if (this.#call(120_000)) this.#report(this.#calls.length - 1, step.kind, step.durationMs);
        }
        break;
      case "pass":
        this.clock.jump(step.ms);
        this.model.pass(step.ms);
        break;
      case "set-wall":
        this.clock.setWall(step.ms);
        this.model.setWall(step.ms);
        break;
      case "restart":
        this.#restart(step.wallMs, step.awayMs);
        break;
      case "decide":
        this.#decide(step.what);
        break;
    }
  }

  compare(): void {
    const { state, mode, remainingOpenMs, calls, failures, slowCalls, reopenings, inFlight, controls } =
      this.#real.status();
    const { model } = this;
    const isWaiting = model.state === "open" && model.mode === "automatic";
    const real = { state, mode, calls, failures, slowCalls, reopenings, inFlight, decisions: controls.length };
    assert.deepEqual(real, {
      state: model.state,
      mode: model.mode,
      calls: model.recent.length,
      failures: model.recent.filter((one) => one.failed).length,
      slowCalls: model.recent.filter((one) => one.slow).length,
      reopenings: model.reopenings,
      inFlight: model.calls.filter((one) => !one.reported).length,
      decisions: model.decisions,
    });
    if (!isWaiting) return assert.equal(remainingOpenMs, null);
    const differenceMs = Math.abs((remainingOpenMs ?? Number.NaN) - (model.openUntil - model.now));
    assert.ok(differenceMs < 0.001, `it is open for ${remainingOpenMs} ms, not for ${model.openUntil - model.now} ms`);
  }

  #make() {
    return aBreaker(this.#options, this.#chance, this.clock).breaker;
  }

  #call(leaseMs: number): boolean {
    const admission = this.#real.admit(leaseMs);
    const probe = this.model.admit(leaseMs);
    assert.equal(admission.admitted, probe !== null);
    if (!admission.admitted || probe === null) return false;
    this.#calls.push({ permit: admission.permit, probe });
    return true;
  }

  #report(index: number, kind: Outcome, ms: number): void {
    const call = this.#calls[index];
    if (call === undefined) return;
    if (kind === "success") call.permit.succeed(ms);
    else if (kind === "failure") call.permit.fail(ms, broken);
    else call.permit.release();
    this.model.report(call.probe, kind, ms);
  }

  #restart(wallByMs: number, awayMs: number): void {
    const saved: unknown = JSON.parse(JSON.stringify(this.#real.snapshot()));
    const begin = this.model.restart();
    // A dead process reports nothing, and while the program is closed only the wall clock goes on.
    this.#calls.length = 0;
    this.clock.setWall(awayMs + wallByMs);
    this.model.setWall(awayMs + wallByMs);
    this.#real = this.#make();
    assert.ok(this.#real.restore(saved).ok);
    begin();
  }

  #decide(what: "reset" | "hold-open" | "disable" | "retry-now"): void {
    if (what === "reset") this.#real.reset("Ada");
    else if (what === "hold-open") this.#real.holdOpen("Ada");
    else if (what === "disable") this.#real.disable("Ada");
    else this.#real.retryNow("Ada");
    this.model.decide(what);
  }
}
