// The breaker and a plain model of the rules are given the same random lives and must agree at every step.
import fc from "../../support/properties.ts";
import { describe, expect, it } from "vitest";
import { type Outcome, Pair } from "./breaker-lives.ts";

const RUNS = 10_000;
const DAY = 86_400_000;

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
