// https://github.com/connor4312/cockatiel
/** The rules that cockatiel gets right, ours against its: another author's reading of the same words. */
import {
  BulkheadRejectedError,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  bulkhead as theirBulkhead,
  circuitBreaker as theirBreaker,
  handleAll,
  noJitterGenerator,
  retry as theirRetry,
} from "cockatiel";
import fc from "../../support/properties.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Bulkhead, bulkhead } from "../../../src/main/engine/resilience/bulkhead.ts";
import { retry } from "../../../src/main/engine/resilience/retry.ts";
import { aBreaker, broken } from "./breaker-support.ts";
import { codeError, fakeContext, never, watch } from "./support.ts";

const RUNS = { numRuns: 200 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("like cockatiel", () => {
  it("retries as often and after the same delays", async () => {
    const shapes = fc.record({
      retries: fc.integer({ min: 0, max: 6 }),
      initialDelay: fc.integer({ min: 1, max: 2_000 }),
      maxDelay: fc.integer({ min: 1, max: 60_000 }),
      failures: fc.integer({ min: 0, max: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(shapes, async ({ retries, initialDelay, maxDelay, failures }) => {
        const flaky = () => {
          let calls = 0;
          return async (): Promise<number> => {
            calls += 1;
            if (calls <= failures) throw codeError("EBUSY");
            return calls;
          };
        };
        const theirDelays: number[] = [];
        const backoff = new ExponentialBackoff({ generator: noJitterGenerator, initialDelay, maxDelay });
        const policy = theirRetry(handleAll, { maxAttempts: retries, backoff });
        policy.onRetry(({ delay }) => theirDelays.push(delay));
        const theirs = watch(policy.execute(flaky()));
        await vi.advanceTimersByTimeAsync(1e6);

        const { context, clock, events } = fakeContext();
        const plain = { strategy: "exponential", baseMs: initialDelay, factor: 2, capMs: maxDelay, jitter: 0 } as const;
        const options = { maxAttempts: retries + 1, backoff: plain, honourRetryAfter: false };
        const ours = watch(retry(options, context)(flaky(), never));
        await clock.advance(1e6);

        expect(ours.state).toBe(theirs.state);
        expect(ours.value).toBe(theirs.value);
        expect(events.flatMap((event) => (event.type === "retry" ? [event.delayMs] : []))).toEqual(theirDelays);
      }),
      RUNS,
    );
  });

  it("opens on failures that follow each other, waits, and is closed or reopened by its first probe", async () => {
    const command = fc.oneof(
      fc.record({ do: fc.constant("call" as const), succeeds: fc.boolean() }),
      fc.record({ do: fc.constant("pass" as const), ms: fc.constantFrom(1, 1_000, 29_999, 30_000) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 60 }), async (commands) => {
        const theirs = theirBreaker(handleAll, { halfOpenAfter: 30_000, breaker: new ConsecutiveBreaker(5) });
        const { breaker, clock, state } = aBreaker({
          windowMs: 1e12,
          failureRatio: 2,
          slowRatio: 2,
          openCapMs: 30_000,
          openJitter: 0,
          successesToClose: 1,
        });
        for (const step of commands) {
          if (step.do === "pass") {
            clock.jump(step.ms);
            await vi.advanceTimersByTimeAsync(step.ms);
            continue;
          }
          // Successes between failures are where the two differ on purpose.
          const succeeds = step.succeeds && state() !== "closed";
          let theyCalled = false;
          await theirs
            .execute(async () => {
              theyCalled = true;
              if (!succeeds) throw broken;
            })
            .catch(() => {});
          const admission = breaker.admit();
          expect(admission.admitted).toBe(theyCalled);
          if (admission.admitted && succeeds) admission.permit.succeed(0);
          else if (admission.admitted) admission.permit.fail(0, broken);
          expect(state()).toBe(STATES[theirs.state]);
        }
      }),
      RUNS,
    );
  });

  it("lets in, queues and refuses the same calls, in the same turn", async () => {
    vi.useRealTimers();
    const command = fc.oneof(fc.constant("call" as const), fc.nat(20));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 4 }),
        fc.array(command, { maxLength: 40 }),
        async (maxConcurrent, maxQueued, commands) => {
          const { context } = fakeContext();
          const policy = bulkhead(new Bulkhead(() => ({ maxConcurrent, maxQueued })), context);
          const other = theirBulkhead(maxConcurrent, maxQueued);
          const side = (execute: (action: () => Promise<void>) => Promise<void>) => {
            const log: string[] = [];
            const ends: (() => void)[] = [];
            return {
              log,
              call: (id: number) => {
                const entered = execute(() => {
                  log.push(`${id} in`);
                  return new Promise<void>((resolve) => ends.push(resolve));
                });
                entered.then(
                  () => log.push(`${id} out`),
                  (error: unknown) => log.push(`${id} ${isRefusal(error) ? "refused" : "failed"}`),
                );
              },
              end: (index: number) => ends.splice(index % ends.length, 1)[0]?.(),
            };
          };
          const ours = side((action) => policy(action, never));
          const theirs = side((action) => other.execute(action));
          for (const [id, step] of commands.entries()) {
            for (const one of [ours, theirs]) {
              if (step === "call") one.call(id);
              else one.end(step);
            }
            await new Promise((resolve) => setImmediate(resolve));
            expect(ours.log.toSorted()).toEqual(theirs.log.toSorted());
          }
        },
      ),
      RUNS,
    );
  });
});

const STATES = {
  [CircuitState.Closed]: "closed",
  [CircuitState.Open]: "open",
  [CircuitState.HalfOpen]: "half-open",
  [CircuitState.Isolated]: "open",
};

const isRefusal = (error: unknown): boolean =>
  error instanceof BulkheadRejectedError || (error instanceof Error && error.name === "RefusedFailure");
