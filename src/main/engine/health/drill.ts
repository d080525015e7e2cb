/** A harmless call through the whole chain of policies, and what each of them did about it. */
import { asFailure } from "../../../shared/failure.ts";
import type { RunCall } from "../../../shared/run.ts";
import type { Connector } from "../connectors/connector.ts";
import { sparingDisks } from "../connectors/support/mount.ts";
import type { ResilienceEvent } from "../resilience/events.ts";
import { runThrough } from "../resilience/run.ts";
import { limitsOf } from "../resilience/settings.ts";
import type { ConnectorHome } from "./connector-home.ts";
import { splitName } from "./target-name.ts";

export interface DrillStep {
  readonly policy: (typeof POLICIES)[number];
  /** In words. */
  readonly decision: string;
}

export interface Drill {
  readonly name: string;
  readonly ok: boolean;
  /** What the target answered, or why it did not. */
  readonly answer: string;
  readonly durationMs: number;
  /** Outermost first. */
  readonly steps: readonly DrillStep[];
}

/** In their order. */
const POLICIES = [
  "total deadline",
  "fallback",
  "retry",
  "circuit breaker",
  "rate limit",
  "bulkhead",
  "attempt timeout",
  "call",
] as const;

export async function drill(
  name: string,
  { home, connector, signal }: { home: ConnectorHome; connector: Connector; signal: AbortSignal },
): Promise<Drill> {
  // Whoever asks how a breaker is must not wait for it.
  const runOnce = home.signed(sparingDisks(runThrough(home.resilience)));
  const events: ResilienceEvent[] = [];
  const calls: RunCall[] = [];
  const stop = home.resilience.events.on((event) => void events.push(event));
  const begun = performance.now();
  let answer: string;
  let ok = true;
  try {
    answer = await connector.probe(splitName(name).target, {
      signal,
      say: () => {},
      run: (call, action, outer, fallback) => {
        calls.push(call);
        return runOnce(call, action, outer, fallback);
      },
    });
  } catch (thrown) {
    ok = false;
    answer = asFailure(thrown).message;
  } finally {
    stop();
  }
  const durationMs = Math.round(performance.now() - begun);
  return { name, ok, answer, durationMs, steps: stepsOf(name, calls[0], { home, events, ok }) };
}

interface Seen {
  readonly home: ConnectorHome;
  readonly events: readonly ResilienceEvent[];
  readonly ok: boolean;
}

function stepsOf(name: string, call: RunCall | undefined, { home, events, ok }: Seen): readonly DrillStep[] {
  if (call === undefined) return [{ policy: "call", decision: "not made: the target was refused before any call" }];
  const limits = limitsOf(call, home.settings);
  const status = home.resilience.status().find(({ breaker }) => breaker.name === name);
  const find = <T extends ResilienceEvent["type"]>(type: T): readonly Extract<ResilienceEvent, { type: T }>[] =>
    events.filter(
      (event): event is Extract<ResilienceEvent, { type: T }> => event.type === type && event.name === name,
    );
  const refusedBy = find("refused").at(-1)?.by ?? null;
  const timeouts = find("timeout").map(({ scope }) => scope);
  const decisions: Record<DrillStep["policy"], string> = {
    "total deadline": timeouts.includes("total")
      ? `ended the call after ${seconds(limits.deadlineMs)}`
      : `kept: ${seconds(limits.deadlineMs)} for all attempts`,
    fallback: find("fallback").length > 0 ? "gave an older answer" : "not asked: a drill has no older answer",
    retry: retried(find("retry"), find("call").at(-1), limits.retry.maxAttempts),
    "circuit breaker": breakerDecision(status?.breaker, refusedBy === "circuit-breaker"),
    "rate limit": rateDecision(status?.rateLimit ?? null, refusedBy),
    bulkhead: bulkheadDecision(status?.bulkhead, refusedBy),
    "attempt timeout": timeouts.includes("attempt")
      ? `ended ${timeouts.filter((scope) => scope === "attempt").length} attempt(s) after ${seconds(limits.timeoutMs)}`
      : `kept: ${seconds(limits.timeoutMs)} for an attempt`,
    call: refusedBy !== null && !ok ? "not made" : ok ? "answered" : "failed",
  };
  return POLICIES.map((policy) => ({ policy, decision: decisions[policy] }));
}

type Refuser = Extract<ResilienceEvent, { type: "refused" }>["by"] | null;
type Status = ReturnType<ConnectorHome["resilience"]["status"]>[number];

const seconds = (milliseconds: number): string => `${milliseconds / 1_000} s`;

function retried(
  retries: readonly Extract<ResilienceEvent, { type: "retry" }>[],
  last: Extract<ResilienceEvent, { type: "call" }> | undefined,
  maxAttempts: number,
): string {
  const waits = retries.map(({ delayMs }) => seconds(Math.round(delayMs)));
  const attempts = `${retries.length + 1} of ${maxAttempts} attempts`;
  const waited = waits.length === 0 ? "" : `, after waits of ${waits.join(", ")}`;
  const failed = last?.errorClass ?? null;
  const gaveUp = failed !== null && retries.length + 1 < maxAttempts ? `; it is not tried again after "${failed}"` : "";
  return `${attempts}${waited}${gaveUp}`;
}

function breakerDecision(breaker: Status["breaker"] | undefined, refused: boolean): string {
  if (breaker === undefined) return "none yet";
  const { state, mode, failures, remainingOpenMs } = breaker;
  const shown = mode === "automatic" ? state : mode;
  const left = remainingOpenMs === null ? "" : ` for ${seconds(Math.ceil(remainingOpenMs / 1_000) * 1_000)}`;
  return `${refused ? "refused" : "let through"}; it is ${shown}${left}, ${failures} failure(s) in its window`;
}

function rateDecision(limit: Status["rateLimit"], refusedBy: Refuser): string {
  if (refusedBy === "circuit-breaker") return "not asked";
  if (limit === null) return "none for this connector";
  const { tokens, burst, perSecond } = limit;
  const left = `${Math.max(0, Math.floor(tokens))} of ${burst} tokens left, ${perSecond} a second`;
  return `${refusedBy === "rate-limit" ? "refused" : "let through"}; ${left}`;
}

function bulkheadDecision(bulkhead: Status["bulkhead"] | undefined, refusedBy: Refuser): string {
  if (refusedBy === "circuit-breaker" || refusedBy === "rate-limit") return "not asked";
  if (bulkhead === undefined) return "let through";
  const { active, queued, maxConcurrent, maxQueued } = bulkhead;
  const use = `${active} of ${maxConcurrent} under way, ${queued} of ${maxQueued} waiting`;
  return `${refusedBy === "bulkhead" ? "refused" : "let through"}; ${use}`;
}
