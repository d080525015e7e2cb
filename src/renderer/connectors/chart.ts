/** The chart of the last hour as paths: p95 as a line that breaks where no call was, errors as bars from below. */
import type { ConnectorTarget } from "../../shared/contract/connectors.ts";

type Minutes = ConnectorTarget["minutes"];

const MINUTES = 60;
/** Errors of a minute take at most this much of the height: the line stays to be seen. */
const BARS = 0.6;

export interface ChartPaths {
  /** Empty where nothing was measured. */
  readonly line: string;
  /** Below the line, down to the lower edge: a minute that stands alone is seen by it. */
  readonly area: string;
  readonly errors: string;
  /** p95 at the upper edge, in milliseconds. */
  readonly topMs: number;
  readonly mostErrors: number;
}

const at = (value: number): string => value.toFixed(1).replace(/\.0$/u, "");

export function chartPaths(minutes: Minutes, width: number, height: number): ChartPaths {
  const step = width / MINUTES;
  const topMs = Math.max(0, ...minutes.map(({ p95Ms }) => p95Ms ?? 0));
  const mostErrors = Math.max(0, ...minutes.map(({ errors }) => errors));
  let line = "";
  let area = "";
  let errors = "";
  let last: number | null = null;
  for (const { minutesAgo, errors: failed, p95Ms } of [...minutes].sort((a, b) => b.minutesAgo - a.minutesAgo)) {
    const x = (MINUTES - 1 - minutesAgo) * step;
    if (failed > 0) {
      const tall = Math.max(1, (failed / mostErrors) * height * BARS);
      errors += `M${at(x)} ${at(height)}v${at(-tall)}h${at(Math.max(1, step - 1))}v${at(tall)}z`;
    }
    if (p95Ms === null) continue;
    const y = topMs === 0 ? height - 1 : 1 + (1 - p95Ms / topMs) * (height - 2);
    // A minute of its own is a dash as wide as a minute.
    line += last === minutesAgo + 1 ? `L${at(x)} ${at(y)}h${at(step)}` : `M${at(x)} ${at(y)}h${at(step)}`;
    area += `M${at(x)} ${at(height)}V${at(y)}h${at(Math.max(step, 1))}V${at(height)}z`;
    last = minutesAgo;
  }
  return { line, area, errors, topMs, mostErrors };
}
