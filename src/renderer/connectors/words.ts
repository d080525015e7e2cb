/** States, figures and decisions of connectors in words. */
import type {
  CallSummary,
  ConnectorAction,
  ConnectorHealth,
  ConnectorRow,
  ConnectorTarget,
} from "../../shared/contract/connectors.ts";
import { DURATION, formatDuration } from "../../shared/text/duration.ts";
import { formatCount, formatCountOf } from "../../shared/text/number.ts";

const MICROS_PER_MS = DURATION.second / 1_000;

export type TargetState = ConnectorTarget["state"];

export const STATE_WORD: Readonly<Record<TargetState, string>> = {
  closed: "Closed",
  "half-open": "Half-open",
  open: "Open",
  "held-open": "Held open",
  disabled: "Disabled",
};

export const STATE_MEANING: Readonly<Record<TargetState, string>> = {
  closed: "Its breaker is closed: calls go through.",
  "half-open": "A few calls are let through to see whether it is well again.",
  open: "It failed too often: calls are refused at once until the wait is over, and then one is tried.",
  "held-open": "Calls are refused until somebody resets it.",
  disabled: "The breaker is out of use: every call goes through and nothing is counted.",
};

export const HEALTH_WORD: Readonly<Record<ConnectorRow["health"], string>> = {
  healthy: "Healthy",
  degraded: "Degraded",
  down: "Down",
};

export const ACTION_WORD: Readonly<Record<ConnectorAction["action"], string>> = {
  reset: "Reset",
  "hold-open": "Held open",
  disable: "Disabled",
  enable: "Enabled",
  "retry-now": "Retried at once",
};

/** Milliseconds of an open breaker that are left now, when they were told `sinceMs` ago; never below zero. */
const leftOf = (openMs: number, sinceMs: number): number => Math.max(0, openMs - sinceMs);

/** "Open, 23 s left"; "Open, tries at the next call" when the wait is over and no call has come. */
export function stateText({ state, openMs }: Pick<ConnectorTarget, "state" | "openMs">, sinceMs: number): string {
  if (state !== "open" || openMs === null) return STATE_WORD[state];
  const seconds = Math.ceil(leftOf(openMs, sinceMs) / 1_000);
  return seconds === 0 ? "Open, next call tries" : `Open, ${formatDuration(seconds * DURATION.second)} left`;
}

/** "12.4 ms"; a dash where nothing was measured. */
export const latencyText = (ms: number | null): string => (ms === null ? "–" : formatDuration(ms * MICROS_PER_MS));

/** "0 %", "0.4 %", "12 %": the first failures must not round to nothing. */
export function errorRateText({ calls, errorRate }: Pick<CallSummary, "calls" | "errorRate">): string {
  if (calls === 0) return "–";
  const percent = errorRate * 100;
  if (percent === 0) return "0 %";
  if (percent < 0.1) return "< 0.1 %";
  return `${percent < 10 ? percent.toFixed(1).replace(/\.0$/u, "") : Math.round(percent)} %`;
}

/** "timeout × 3, connection × 1", the most frequent first. */
export const errorsText = (errors: CallSummary["errors"]): string =>
  Object.entries(errors)
    .sort(([a, many], [b, more]) => more - many || a.localeCompare(b, "en"))
    .map(([errorClass, times]) => `${errorClass} × ${formatCount(times)}`)
    .join(", ");

/** "2 of 8 at work, 3 waiting". */
export function bulkheadText({ active, queued, maxConcurrent }: ConnectorTarget["bulkhead"]): string {
  const work = `${formatCount(active)} of ${formatCount(maxConcurrent)} at work`;
  return queued === 0 ? work : `${work}, ${formatCount(queued)} waiting`;
}

/** Share of the tokens that are used up, 0–1. */
export const limitUse = ({ tokens, burst }: { readonly tokens: number; readonly burst: number }): number =>
  burst <= 0 ? 0 : Math.min(1, Math.max(0, 1 - tokens / burst));

export const OVERALL_WORD: Readonly<Record<ConnectorHealth["overall"], string>> = {
  healthy: "Connectors healthy",
  degraded: "Connectors degraded",
  critical: "Connectors critical",
};

/** Of the status bar's hint. */
export function overallText(health: ConnectorHealth): string {
  if (health.targets === 0) return "Nothing was called yet.";
  const counts = [`${formatCount(health.closed)} closed`];
  if (health.halfOpen > 0) counts.push(`${formatCount(health.halfOpen)} half-open`);
  if (health.open > 0) counts.push(`${formatCount(health.open)} open`);
  if (health.disabled > 0) counts.push(`${formatCount(health.disabled)} disabled`);
  const names = health.openNames.length === 0 ? "" : `. Open: ${health.openNames.join(", ")}`;
  return `${formatCountOf(health.targets, "target")}: ${counts.join(", ")}${names}`;
}
