/** An anomaly in the detail pane: what it measured, against which normal, how sure the method is. */
import { ChartLine, ScanSearch } from "lucide-react";
import type { ReactNode } from "react";
import { Actions, Fact, Facts, Moment, TermLink } from "../detail/parts.tsx";
import { formatValue } from "../../shared/text/number.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import type { Focus } from "../state/focus.ts";
import { useLayout } from "../state/layout.ts";
import { attempt } from "../state/notices.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SeverityMark } from "../ui/severity.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { PinButton } from "../notes/pin-button.tsx";
import type { Anomaly } from "./ranking.ts";
import { openAnomaly, showOnTimeline, useAllAnomalies } from "./store.ts";
import { methodOf } from "../../shared/model/anomaly-method.ts";
import { unitOf } from "../../shared/model/metric-unit.ts";
import { formatWithUnit } from "../format/unit.ts";
import { expectedText, lasting, multipleText, placeText } from "./words.ts";

export function AnomalyPanel({ focus }: { readonly focus: Extract<Focus, { type: "anomaly" }> }): ReactNode {
  const { data, failure } = useAllAnomalies();
  if (data === null) {
    return failure === null ? (
      <SkeletonLines count={8} />
    ) : (
      <EmptyState title="The anomaly could not be read">{failure.message}</EmptyState>
    );
  }
  const anomaly = data.find(({ id }) => id === focus.id);
  if (anomaly === undefined) {
    return (
      <EmptyState title="This anomaly is gone">
        The detectors ran again and no longer find it: samples or settings have changed.
      </EmptyState>
    );
  }
  return <Shown anomaly={anomaly} />;
}

function Shown({ anomaly }: { readonly anomaly: Anomaly }): ReactNode {
  const inView = useLayout((state) => state.view === "anomalies");
  const unit = unitOf(anomaly.series);
  const value = (one: number): string => `${formatWithUnit(one, unit)}${anomaly.perSecond ? " a second" : ""}`;
  const method = methodOf(anomaly.method);
  const expected = expectedText(anomaly, unit);
  return (
    <article className="detail" tabIndex={-1} data-main>
      <header className="detail-head">
        <span className="detail-kind">
          Anomaly <SeverityMark severity={anomaly.severity} label="name" />
        </span>
        <h2 className="selectable">{visibleLine(anomaly.series)}</h2>
        <p className="detail-text selectable">
          {`Peaked at ${value(anomaly.peakValue)}, ${placeText(anomaly.peakValue, anomaly, unit)}.`}
        </p>
      </header>
      <Actions>
        <Button icon={ScanSearch} onClick={() => attempt(() => showOnTimeline(anomaly))}>
          Show on timeline
        </Button>
        {!inView && (
          <Button icon={ChartLine} onClick={() => openAnomaly(anomaly)}>
            Show the chart
          </Button>
        )}
        <PinButton />
      </Actions>
      <Facts>
        <Fact name="Began">
          <Moment time={anomaly.time} digits={3} />
        </Fact>
        <Fact name="Ended">
          <Moment time={anomaly.endTime} digits={3} />
        </Fact>
        <Fact name="Lasted">{lasting(anomaly)}</Fact>
        <Fact name="Peak">
          <span className="selectable">{value(anomaly.peakValue)}</span>
          <Moment time={anomaly.peakTime} digits={3} />
        </Fact>
        {expected !== null && (
          <Fact name="Expected">
            <span className="selectable">{expected}</span>
          </Fact>
        )}
        <Fact name="Score">
          <span className="selectable">{`${formatValue(anomaly.score)}, ${multipleText(anomaly)} the limit of ${formatValue(anomaly.threshold)}`}</span>
        </Fact>
        <Fact name="Method">{`${method.title}: ${method.saw}`}</Fact>
        <Fact name="Baseline">{method.baseline}</Fact>
        {anomaly.service !== null && (
          <Fact name="Service">
            <TermLink field="service" value={anomaly.service} />
          </Fact>
        )}
        <Fact name="Series">
          <TermLink field="name" value={anomaly.series} />
        </Fact>
        <Fact name="Fingerprint">
          <span className="anomaly-fingerprint mono selectable">{anomaly.fingerprint}</span>
        </Fact>
      </Facts>
    </article>
  );
}
