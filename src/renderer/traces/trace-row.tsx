/** One trace in the list. */
import type { ReactNode } from "react";
import { formatDuration } from "../../shared/text/duration.ts";
import { formatCount } from "../../shared/text/number.ts";
import { formatClock, formatMoment, formatShortDate } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { SEVERITY_NAME, SEVERITY_SHAPE } from "../ui/severity.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { openTrace, useTraces, type TraceSummary } from "./store.ts";

interface TraceRowProps {
  readonly trace: TraceSummary;
  readonly row: number;
  readonly count: number;
  readonly current: boolean;
  /** Longest duration of the list, for the bar. */
  readonly longest: number;
  readonly zone: string;
  /** Whether the list holds more than one day, so that a clock alone would mislead. */
  readonly dated: boolean;
}

export const traceRowId = (row: number): string => `trace-row-${row}`;

export function TraceRow({ trace, row, count, current, longest, zone, dated }: TraceRowProps): ReactNode {
  const share = longest > 0 ? Math.max(0, trace.duration) / longest : 0;
  const clock = formatClock(trace.start, zone, 3);
  const service = visibleLine(trace.service ?? "no service");
  const name = visibleLine(trace.name);
  const services = visibleLine(trace.services.join(", "));
  return (
    <div
      id={traceRowId(row)}
      className={current ? "trace-row current" : "trace-row"}
      role="option"
      aria-selected={current}
      aria-posinset={row + 1}
      aria-setsize={count}
      data-severity={trace.severity ?? undefined}
      onClick={() => openTrace(trace.traceId)}
      onPointerDown={() => useTraces.setState({ currentId: trace.traceId })}
    >
      <span className="trace-cell at mono" title={formatMoment(trace.start, zone, 6)}>
        {dated ? `${formatShortDate(trace.start, zone)} ${clock}` : clock}
      </span>
      <span className="trace-cell what" title={`${service}  ${name}`}>
        <span className="trace-service">{service}</span> {name}
      </span>
      <span className="trace-cell lasts" title={trace.severity === null ? undefined : SEVERITY_NAME[trace.severity]}>
        <span className="trace-bar" aria-hidden>
          <span style={{ width: `${Math.max(1, share * 100)}%` }} />
        </span>
        <svg className="trace-severity" width={9} height={9} viewBox="0 0 10 10" aria-hidden>
          {trace.severity !== null && <path d={SEVERITY_SHAPE[trace.severity]} />}
        </svg>
        <span className="trace-lasts">{formatDuration(trace.duration)}</span>
      </span>
      <span className="trace-cell count">{formatCount(trace.spanCount)}</span>
      <span className="trace-cell failed">
        {trace.errorCount > 0 && (
          <>
            <svg width={9} height={9} viewBox="0 0 10 10" aria-hidden>
              <path d={SEVERITY_SHAPE.HIGH} />
            </svg>
            {formatCount(trace.errorCount)}
          </>
        )}
      </span>
      <span className="trace-cell services" title={services}>
        {services}
      </span>
    </div>
  );
}

const WIDTHS = [180, 140, 220, 160] as const;

export function WaitingRow({ row }: { readonly row: number }): ReactNode {
  return (
    <div className="trace-row" aria-hidden>
      <span className="trace-cell at">
        <Skeleton width={78} />
      </span>
      <span className="trace-cell what">
        <Skeleton width={WIDTHS[row % WIDTHS.length] ?? 180} />
      </span>
      <span className="trace-cell lasts">
        <Skeleton width={60} />
      </span>
    </div>
  );
}
