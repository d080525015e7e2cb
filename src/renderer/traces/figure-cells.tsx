/** How often, how fast, how well: the cells that operations, services and calls share. */
import type { ReactNode } from "react";
import { formatDuration } from "../../shared/text/duration.ts";
import { formatCount, formatValue } from "../../shared/text/number.ts";
import { Cell, type Column } from "../ui/data-grid.tsx";

export interface Figures {
  readonly count: number;
  readonly errors: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export const FIGURE_COLUMNS: readonly Column[] = [
  { id: "errors", title: "Errors", end: true, hint: "Share that failed" },
  { id: "p50", title: "p50", end: true, hint: "Half took less" },
  { id: "p95", title: "p95", end: true, hint: "95 of 100 took less" },
  { id: "p99", title: "p99", end: true, hint: "99 of 100 took less" },
];

export const errorRate = ({ errors, count }: Figures): number => (count > 0 ? errors / count : 0);

/** 0, 0.12 %, 4.5 %, 100 %. */
export function shareText(share: number): string {
  if (share === 0) return "0";
  return `${formatValue(Number((share * 100).toPrecision(share < 0.1 ? 2 : 3)))} %`;
}

/** So seldom that it is told by the minute. */
const SELDOM = 0.1;

/** 0.31/s; what is seldom by the minute. `beside` is a rate that it is read together with, in the same unit. */
export function rateText(perSecond: number | null, beside: number | null = perSecond): string {
  if (perSecond === null) return "–";
  const largest = Math.max(perSecond, beside ?? 0);
  return largest >= SELDOM || largest === 0
    ? `${formatValue(Number(perSecond.toPrecision(3)))}/s`
    : `${formatValue(Number((perSecond * 60).toPrecision(2)))}/min`;
}

export function FigureCells(figures: Figures): ReactNode {
  const { errors, p50, p95, p99 } = figures;
  return (
    <>
      <Cell
        column="errors"
        end
        title={`${formatCount(errors)} failed`}
        className={errors > 0 ? "trace-failures" : "nothing"}
      >
        {shareText(errorRate(figures))}
      </Cell>
      <Cell column="p50" end>
        {formatDuration(p50)}
      </Cell>
      <Cell column="p95" end>
        {formatDuration(p95)}
      </Cell>
      <Cell column="p99" end>
        {formatDuration(p99)}
      </Cell>
    </>
  );
}
