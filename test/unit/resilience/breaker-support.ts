/** A breaker on a fake clock, with the numbers of the rules. */
import type { BreakerOptions } from "../../../src/main/engine/resilience/breaker-options.ts";
import { CircuitBreaker, type Permit } from "../../../src/main/engine/resilience/circuit-breaker.ts";
import { BREAKER } from "../../../src/main/engine/resilience/defaults.ts";
import type { ResilienceEvent } from "../../../src/main/engine/resilience/events.ts";
import type { Random } from "../../../src/main/engine/resilience/random.ts";
import { FakeClock, codeError, middle } from "./support.ts";

export const identity = { connector: "http", target: "api" };
export const broken = codeError("EIO");

export function aBreaker(options: Partial<BreakerOptions> = {}, random: Random = middle, clock = new FakeClock()) {
  const events: ResilienceEvent[] = [];
  const deps = { clock, random, emit: (event: ResilienceEvent) => void events.push(event) };
  const breaker = new CircuitBreaker(identity, () => ({ ...BREAKER, ...options }), deps);
  const state = () => breaker.status().state;
  const permit = (leaseMs?: number): Permit => {
    const admission = breaker.admit(leaseMs);
    if (!admission.admitted) throw new Error("the breaker refused");
    return admission.permit;
  };
  const refusal = (): number | null => {
    const admission = breaker.admit();
    if (admission.admitted) throw new Error("the breaker let a call through");
    return admission.retryAfterMs;
  };
  const fail = (times = 1): void => {
    for (let time = 0; time < times; time += 1) permit().fail(1, broken);
  };
  const succeed = (times = 1): void => {
    for (let time = 0; time < times; time += 1) permit().succeed(1);
  };
  /** Opened by failures, its wait over. */
  const halfOpen = (): void => {
    fail(5);
    clock.jump(30_000);
  };
  const changes = () =>
    events.flatMap((event) => (event.type === "breaker" ? [`${event.from} → ${event.to}: ${event.why}`] : []));
  return { breaker, clock, events, state, permit, refusal, fail, succeed, halfOpen, changes };
}
