/** The whole layer for one process: the policies of every connector and target, and what is known of their calls. */
import { asFailure } from "../../../shared/failure.ts";
import type { Fallback, RunCall } from "../../../shared/run.ts";
import { circuitBreaker } from "./breaker-policy.ts";
import { BreakerRegistry } from "./breaker-registry.ts";
import type { BreakerStatus } from "./breaker-state.ts";
import { Bulkhead, type BulkheadState, bulkhead } from "./bulkhead.ts";
import { type BreakerIdentity, breakerName } from "./circuit-breaker.ts";
import { type ErrorClass, classify } from "./classify.ts";
import { type Clock, systemClock } from "./clock.ts";
import { deadline } from "./deadline.ts";
import { MOST_IDLE_TARGETS, RETRY_BUDGET } from "./defaults.ts";
import { type Emit, EventHub } from "./events.ts";
import { type Execute, createExecute } from "./execute.ts";
import type { Answer } from "./fallback.ts";
import { type FaultPlan, faultInjection, faultsAreAllowed } from "./fault-injection.ts";
import { type ConnectorHealth, healthOf } from "./health.ts";
import { Keyed } from "./keyed.ts";
import { type LogLine, logListener } from "./log-listener.ts";
import type { Action, Policy, PolicyContext } from "./policy.ts";
import { type Random, systemRandom } from "./random.ts";
import { type RateLimitState, TokenBucket, UNLIMITED, rateLimit } from "./rate-limit.ts";
import { RetryBudget } from "./retry-budget.ts";
import { retry } from "./retry.ts";
import { type ResilienceSettings, breakerOf, bulkheadOf, healthOptionsOf, limitsOf, rateLimitOf } from "./settings.ts";
import { Statistics } from "./statistics.ts";
import type { Summary } from "./tally.ts";
import { timeout } from "./timeout.ts";

export interface ResilienceOptions {
  readonly settings?: ResilienceSettings;
  readonly log?: (line: LogLine) => void;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Refused outside a test build. */
  readonly faults?: FaultPlan;
  /** Targets beyond so many are forgotten when they hold nothing. */
  readonly capacity?: number;
}

/** A connector and target as it is shown. */
export interface TargetStatus {
  readonly breaker: BreakerStatus;
  readonly health: ConnectorHealth;
  /** Of the last five minutes; null when it was not called for long. */
  readonly calls: Summary | null;
  readonly bulkhead: BulkheadState;
  /** Null when it has none. */
  readonly rateLimit: RateLimitState | null;
}

export class Resilience {
  readonly events = new EventHub();
  readonly breakers: BreakerRegistry;
  readonly statistics: Statistics;
  readonly #settings: ResilienceSettings;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #bulkheads: Keyed<Bulkhead>;
  readonly #budgets: Keyed<RetryBudget>;
  readonly #buckets: Keyed<TokenBucket>;
  readonly #faults: Keyed<Policy> | null;

  constructor(options: ResilienceOptions = {}) {
    const { settings = {}, log = () => {}, clock = systemClock, random = systemRandom, faults } = options;
    const { capacity = MOST_IDLE_TARGETS } = options;
    if (faults !== undefined && !faultsAreAllowed()) throw new Error("faults are injected in test builds only");
    this.#settings = settings;
    this.#clock = clock;
    this.#random = random;
    const { emit } = this.events;
    this.breakers = new BreakerRegistry(() => breakerOf(settings), { clock, random, emit }, capacity);
    this.statistics = new Statistics(clock, capacity);
    this.events.on(logListener(log, this.statistics));

    this.#bulkheads = new Keyed((connector) => new Bulkhead(() => bulkheadOf(connector, settings)));
    this.#budgets = new Keyed(() => new RetryBudget(RETRY_BUDGET, clock));
    this.#buckets = new Keyed(() => new TokenBucket(UNLIMITED, clock), {
      capacity,
      isIdle: (bucket) => bucket.isIdle(),
    });
    this.#faults = faults === undefined ? null : new Keyed((name) => faultInjection(faults, this.#context(name, emit)));
  }

  /** Calls through all policies; tells the statistics once, of the call as whoever made it saw it. */
  async execute<T>(call: RunCall, action: Action<T>, signal: AbortSignal, fallback?: Fallback<T>): Promise<Answer<T>> {
    const name = breakerName(call);
    const begun = this.#clock.now();
    const ended = (errorClass: ErrorClass | null, message: string | null): void =>
      this.events.emit({ type: "call", name, ...call, durationMs: this.#clock.now() - begun, errorClass, message });
    try {
      const answer = await this.#execute(call, name)(action, signal, fallback);
      ended(answer.stale?.errorClass ?? null, answer.stale?.message ?? null);
      return answer;
    } catch (error) {
      ended(classify(error), asFailure(error).message);
      throw error;
    }
  }

  status(): TargetStatus[] {
    const summaries = new Map(
      this.statistics.targets("5m").map((row) => [breakerName({ connector: row.connector, target: row.of }), row]),
    );
    return this.breakers.statuses().map((breaker) => {
      const calls = summaries.get(breaker.name) ?? null;
      return {
        breaker,
        health: healthOf(calls, breaker.state, healthOptionsOf(this.#settings)),
        calls,
        bulkhead: this.#bulkheads.get(breaker.connector).state(),
        rateLimit: this.#rateLimitState(breaker),
      };
    });
  }

  #execute(call: RunCall, name: string): Execute {
    const limits = limitsOf(call, this.#settings);
    const context = this.#context(name, (event) => this.events.emit({ ...event, operation: call.operation }));
    const bucket = this.#bucketOf(call);
    return createExecute(
      {
        deadline: deadline(limits.deadlineMs, context),
        retry: retry(limits.retry, context, { budget: this.#budgets.get(call.connector) }),
        circuitBreaker: circuitBreaker(this.breakers.get(call), context, { leaseMs: limits.leaseMs }),
        ...(bucket === null ? {} : { rateLimit: rateLimit(bucket, context) }),
        bulkhead: bulkhead(this.#bulkheads.get(call.connector), context),
        timeout: timeout(limits.timeoutMs, context),
        ...(this.#faults === null ? {} : { faultInjection: this.#faults.get(name) }),
      },
      context,
    );
  }

  #context(name: string, emit: Emit): PolicyContext {
    return { name, clock: this.#clock, random: this.#random, emit };
  }

  /** Null without a limit, which the settings may give or take at any time. */
  #bucketOf(target: BreakerIdentity): TokenBucket | null {
    const limit = rateLimitOf(target.connector, this.#settings);
    if (limit === null) return null;
    const bucket = this.#buckets.get(breakerName(target));
    bucket.adopt(limit);
    return bucket;
  }

  #rateLimitState(target: BreakerIdentity): RateLimitState | null {
    return this.#buckets.find(breakerName(target)) === undefined ? null : (this.#bucketOf(target)?.state() ?? null);
  }
}
