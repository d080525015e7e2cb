// The breaker and a plain model of the rules are given the same random lives and must agree at every step.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BREAKER } from "../../../src/main/engine/resilience/defaults.ts";
import type { Permit } from "../../../src/main/engine/resilience/circuit-breaker.ts";
import { seededRandom } from "../../../src/main/engine/resilience/random.ts";
import { BreakerModel, type ModelProbe } from "./breaker-model.ts";
import { aBreaker, broken } from "./breaker-support.ts";
import { FakeClock } from "./support.ts";

const RUNS = 10_000;
const DAY = 86_400_000;

type Command =
  | { readonly do: "call"; readonly leaseMs: number }
  | { readonly do: "report"; readonly call: number; readonly kind: Outcome; readonly durationMs: number }
  /** A call that is made and reported at once. */
  | { readonly do: "burst"; readonly times: number; readonly kind: Outcome; readonly durationMs: number }
  | { readonly do: "pass"; readonly ms: number }
  | { readonly do: "set-wall"; readonly ms: number }
  | { readonly do: "restart"; readonly wallMs: number; readonly awayMs: number }
  | { readonly do: "decide"; readonly what: "reset" | "hold-open" | "disable" | "retry-now" };
type Outcome = "success" | "failure" | "release";

const outcome = fc.constantFrom<Outcome>("success", "failure", "failure", "release");
const durationMs = fc.constantFrom(0, 9_999, 10_000, 90_000);
const wallJump = fc.constantFrom(0, 0, DAY, -DAY, 3_600_000, -3_600_000, 1);

const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("call" as const), leaseMs: fc.constantFrom(120_000, 5_000) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("report" as const), call: fc.nat(1_000), kind: outcome, durationMs }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("burst" as const),
      times: fc.integer({ min: 1, max: 6 }),
      kind: outcome,
      durationMs,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("pass" as const),
      ms: fc.constantFrom(0, 1, 999, 5_000, 29_999, 30_000, 59_999, 60_000, 72_000, 120_000, 300_000, DAY),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("set-wall" as const), ms: wallJump }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("restart" as const),
      wallMs: wallJump,
      awayMs: fc.constantFrom(0, 1_000, 40_000, DAY),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("decide" as const),
      what: fc.constantFrom("reset" as const, "hold-open" as const, "disable" as const, "retry-now" as const),
    }),
  },
);

const options = fc.record({
  failuresToOpen: fc.constantFrom(1, 5, 1_000),
  failureRatio: fc.constantFrom(0.3, 0.5, 1),
  slowRatio: fc.constantFrom(0.4, 0.8),
  minimumCalls: fc.constantFrom(3, 20),
  openJitter: fc.constantFrom(0, 0.2, 1),
  admission: fc.constantFrom(0.2, 0.5, 1),
  successesToClose: fc.constantFrom(1, 2, 3),
});

/** Both lives side by side. */
class Pair {
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
    expect({ state, mode, calls, failures, slowCalls, reopenings, inFlight, decisions: controls.length }).toEqual({
      state: model.state,
      mode: model.mode,
      calls: model.recent.length,
      failures: model.recent.filter((one) => one.failed).length,
      slowCalls: model.recent.filter((one) => one.slow).length,
      reopenings: model.reopenings,
      inFlight: model.calls.filter((one) => !one.reported).length,
      decisions: model.decisions,
    });
    if (isWaiting) expect(remainingOpenMs).toBeCloseTo(model.openUntil - model.now, 3);
    else expect(remainingOpenMs).toBeNull();
  }

  #make() {
    return aBreaker(this.#options, this.#chance, this.clock).breaker;
  }

  #call(leaseMs: number): boolean {
    const admission = this.#real.admit(leaseMs);
    const probe = this.model.admit(leaseMs);
    expect(admission.admitted).toBe(probe !== null);
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
    expect(this.#real.restore(saved).ok).toBe(true);
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

describe("a circuit breaker", () => {
  it(`does what the model does in ${RUNS} random lives: jumps of the clocks, restarts, cancels, late and lost results`, () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(
        options,
        fc.integer(),
        fc.array(command, { maxLength: 40, size: "max" }),
        (changed, seed, commands) => {
          const pair = new Pair(changed, seed);
          for (const step of commands) {
            pair.take(step);
            pair.compare();
            reached.add(`${pair.model.state} ${pair.model.mode}`);
          }
        },
      ),
      { numRuns: RUNS },
    );
    // A model that is never led anywhere agrees with everything.
    expect([...reached].sort()).toEqual([
      "closed automatic",
      "closed disabled",
      "half-open automatic",
      "open automatic",
      "open held-open",
    ]);
  }, 60_000);
});
