/** Latency and errors of the last hour, small enough for a row. */
import { useMemo, type ReactNode } from "react";
import type { ConnectorTarget } from "../../shared/contract/connectors.ts";
import { formatCountOf } from "../../shared/text/number.ts";
import { chartPaths } from "./chart.ts";
import { latencyText } from "./words.ts";

interface MinuteChartProps {
  readonly minutes: ConnectorTarget["minutes"];
  readonly width: number;
  readonly height: number;
  /** With its scale beside it. */
  readonly scaled?: boolean;
}

export function MinuteChart({ minutes, width, height, scaled = false }: MinuteChartProps): ReactNode {
  const { line, area, errors, topMs, mostErrors } = useMemo(
    () => chartPaths(minutes, width, height),
    [minutes, width, height],
  );
  if (minutes.length === 0) return <span className="nothing">no call</span>;
  const text = `Last hour: p95 up to ${latencyText(topMs)}, at most ${formatCountOf(mostErrors, "error")} a minute`;
  return (
    <span className={scaled ? "minute-chart scaled" : "minute-chart"}>
      <svg viewBox={`0 0 ${width} ${height}`} height={height} preserveAspectRatio="none" role="img" aria-label={text}>
        <title>{text}</title>
        <path className="chart-area" d={area} />
        <path className="chart-errors" d={errors} />
        <path className="chart-line" d={line} vectorEffect="non-scaling-stroke" />
      </svg>
      {scaled && (
        <span className="chart-scale second">
          <span>1 h ago</span>
          <span>
            p95 up to {latencyText(topMs)}
            {mostErrors > 0 && `, errors up to ${mostErrors} a minute`}
          </span>
          <span>now</span>
        </span>
      )}
    </span>
  );
}
