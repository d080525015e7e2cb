/** The selected span in two lines under the waterfall: what only the trace knows of it, and ways to its neighbours. */
import { ListFilter, ScanSearch } from "lucide-react";
import type { ReactNode } from "react";
import { formatDuration, formatOffset } from "../../shared/text/duration.ts";
import { formatPercent } from "../../shared/text/number.ts";
import { formatClock } from "../../shared/text/time.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { showLogsOfTrace, showSpanOnTimeline } from "./ways-out.ts";
import { spanOf } from "./model.ts";
import { useNotes } from "./notes-state.ts";
import { SpanRecords } from "./span-records.tsx";
import { useWaterfall } from "./waterfall-state.ts";

export function SpanStrip({ traceId }: { readonly traceId: string }): ReactNode {
  const model = useWaterfall((state) => state.model);
  const index = useWaterfall((state) => state.selected);
  const zone = useZone((state) => state.zone);
  const held = useNotes((state) => (index === null ? 0 : (state.critical?.held[index] ?? 0)));
  const span = index === null ? undefined : spanOf(model, index);
  if (index === null || span === undefined) {
    return (
      <div className="span-strip">
        <p className="span-strip-hint">Select a span to see its own time here and its fields in the detail.</p>
        <Button icon={ListFilter} onClick={() => showLogsOfTrace(traceId)}>
          Logs of this trace
        </Button>
      </div>
    );
  }
  const length = model.length[index] ?? 0;
  const self = model.self[index] ?? 0;
  const start = model.start[index] ?? 0;
  return (
    <>
      <SpanRecords index={index} />
      <div className="span-strip" role="status">
        <dl className="span-facts">
          <Fact name="Start" value={formatOffset(start)} beside={formatClock(span.start, zone, 3)} />
          <Fact name="Duration" value={formatDuration(span.duration)} beside={formatPercent(length, model.duration)} />
          <Fact name="Self" value={formatDuration(self)} beside={formatPercent(self, length)} />
          {held > 0 && (
            <Fact name="Critical" value={formatDuration(held)} beside={formatPercent(held, model.duration)} />
          )}
          <Fact name="Span" value={span.spanId || "no id"} mono />
        </dl>
        <span className="spacer" />
        <Button icon={ScanSearch} onClick={() => showSpanOnTimeline(span.ref, span.start, span.duration)}>
          Show on timeline
        </Button>
        <Button icon={ListFilter} onClick={() => showLogsOfTrace(traceId)}>
          Logs of this trace
        </Button>
      </div>
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: string;
  readonly beside?: string;
  readonly mono?: boolean;
}

function Fact({ name, value, beside, mono = false }: FactProps): ReactNode {
  return (
    <div className="span-fact">
      <dt>{name}</dt>
      <dd>
        <span className={mono ? "mono selectable" : "selectable"}>{value}</span>
        {beside !== undefined && <span className="beside">{beside}</span>}
      </dd>
    </div>
  );
}
