/** One anomaly in the list: what left its baseline and how far, where, when, for how long. */
import type { ReactNode } from "react";
import { methodOf } from "../../shared/model/anomaly-method.ts";
import { formatClock, formatMoment, formatShortDate } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { SeverityMark } from "../ui/severity.tsx";
import type { Anomaly } from "./ranking.ts";
import { Sparkline } from "./sparkline.tsx";
import { lasting, multipleText } from "./words.ts";

interface AnomalyRowProps {
  readonly anomaly: Anomaly;
  readonly zone: string;
  readonly dated: boolean;
}

export function AnomalyRow({ anomaly, zone, dated }: AnomalyRowProps): ReactNode {
  const { service, series, time, severity, method } = anomaly;
  const clock = formatClock(time, zone, 0);
  return (
    <>
      <div className="anomaly-line">
        <SeverityMark severity={severity} />
        <span className="anomaly-series" title={series}>
          {visibleLine(series)}
        </span>
        <span className="anomaly-multiple" title="Score as a multiple of what it had to reach">
          {multipleText(anomaly)}
        </span>
      </div>
      <div className="anomaly-line anomaly-where">
        {service !== null && (
          <span className="anomaly-service" title={service}>
            {visibleLine(service)}
          </span>
        )}
        <span className="anomaly-when" title={formatMoment(time, zone, 3)}>
          {dated ? `${formatShortDate(time, zone)} ${clock}` : clock}
        </span>
        <span className="anomaly-lasting">{lasting(anomaly)}</span>
        <span className="anomaly-method" title={methodOf(method).title}>
          {methodOf(method).title}
        </span>
        <Sparkline seriesKey={{ service, name: series }} />
      </div>
    </>
  );
}
