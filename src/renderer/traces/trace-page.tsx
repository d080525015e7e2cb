/** One open trace: what it is, what is wrong with its spans, the minimap, the waterfall and the selected span. */
import { ArrowLeft, ChevronDown, ChevronUp, Maximize2, Waypoints } from "lucide-react";
import { useEffect, useMemo, type ReactNode } from "react";
import { call } from "../bridge.ts";
import { useRegistered } from "../commands/registry.ts";
import { formatDuration } from "../../shared/text/duration.ts";
import { formatCount, formatCountOf } from "../../shared/text/number.ts";
import { formatMoment } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { useCase } from "../state/case.ts";
import { useQuery } from "../state/query.ts";
import { useZone } from "../state/zone.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { FailedState } from "../ui/failed-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { traceCommands } from "./commands.ts";
import { serviceHues } from "./hues.ts";
import { Minimap } from "./minimap.tsx";
import { spanOf, traceModel, type TraceModel } from "./model.ts";
import { SearchField } from "./search-field.tsx";
import { SpanStrip } from "./span-strip.tsx";
import { forgetNotes, showCriticalPath, showFindings, showRecords, toggleCritical, useNotes } from "./notes-state.ts";
import { closeTrace, stepTrace, useTraces } from "./store.ts";
import { TraceNotes } from "./trace-notes.tsx";
import { Waterfall } from "./waterfall.tsx";
import { fitTrace, showModel, useWaterfall } from "./waterfall-state.ts";

const MINIMAP_HEIGHT_ROWS = 12;

export function TracePage({ traceId }: { readonly traceId: string }): ReactNode {
  useRegistered(traceCommands);
  // While an import runs a trace may still grow, but not so that it must be read again with every commit.
  const settled = useCase((state) => (state.info?.reading === 0 ? state.info.revision : -1));
  const query = useQuery(`${traceId} ${settled}`, () => call("traces.get", { traceId }));
  const trace = query.data;
  const model = useMemo(() => (trace === null ? null : traceModel(trace.spans)), [trace]);
  useEffect(() => {
    if (model !== null) showModel(model, useTraces.getState().wantedSpan);
  }, [model]);
  const shown = useWaterfall((state) => state.model === model);
  useTold(traceId, settled, shown ? model : null);

  if (trace === null || model === null) {
    return (
      <div className="traces">
        <Head title={null} traceId={traceId} />
        {query.failure === null ? (
          <SkeletonLines count={MINIMAP_HEIGHT_ROWS} />
        ) : (
          <FailedState title="The trace could not be read" failure={query.failure} retry={query.retry} />
        )}
      </div>
    );
  }
  if (model.count === 0) {
    return (
      <div className="traces">
        <Head title={null} traceId={traceId} />
        <EmptyState
          icon={Waypoints}
          title="This trace has no spans in the case"
          actions={<Button onClick={closeTrace}>All traces</Button>}
        >
          Records carry the id, but no source that was read holds its spans.
        </EmptyState>
      </div>
    );
  }
  const root = spanOf(model, model.order[0] ?? 0);
  return (
    <div className="traces">
      <Head
        title={{ service: visibleLine(root?.service ?? "no service"), name: visibleLine(root?.name ?? "") }}
        traceId={traceId}
      />
      <Facts model={model} />
      <TraceNotes problems={trace.problems} />
      {shown && <OpenTrace model={model} traceId={traceId} />}
    </div>
  );
}

/** Records of one trace that the waterfall marks; the timeline lists all. */
const MOST_RECORDS = 2_000;

/** What is told beside the spans is asked once these are on screen, for it takes longer. */
function useTold(traceId: string, settled: number, model: TraceModel | null): void {
  const key = model === null ? null : `${traceId} ${settled}`;
  const path = useQuery(key, () => call("traces.criticalPath", { traceId }));
  const findings = useQuery(key, () => call("traces.findings", { traceId }));
  const records = useQuery(key, () => call("traces.records", { traceId, limit: MOST_RECORDS }));
  useEffect(() => (model === null ? undefined : forgetNotes), [model]);
  useEffect(() => {
    if (model !== null && path.data !== null) showCriticalPath(path.data);
  }, [model, path.data]);
  useEffect(() => {
    if (model !== null && findings.data !== null) showFindings(findings.data);
  }, [model, findings.data]);
  useEffect(() => {
    if (model !== null && records.data !== null) showRecords(records.data, useTraces.getState().wantedSpan);
  }, [model, records.data]);
}

function OpenTrace({ model, traceId }: { readonly model: TraceModel; readonly traceId: string }): ReactNode {
  const hues = useMemo(() => serviceHues(model.services), [model]);
  return (
    <>
      <Minimap model={model} hues={hues} />
      <Waterfall hues={hues} />
      <SpanStrip traceId={traceId} />
    </>
  );
}

interface HeadProps {
  readonly title: { readonly service: string; readonly name: string } | null;
  readonly traceId: string;
}

function Head({ title, traceId }: HeadProps): ReactNode {
  const at = useTraces((state) => state.listed.findIndex((trace) => trace.traceId === traceId));
  const count = useTraces((state) => state.listed.length);
  return (
    <div className="trace-head">
      <IconButton icon={ArrowLeft} label="All traces" keys="Escape" onClick={closeTrace} />
      <h2 className="trace-title">
        {title !== null && (
          <>
            <span className="trace-service">{title.service}</span> {title.name}
          </>
        )}
      </h2>
      <span className="mono selectable trace-id" title="Trace id">
        {traceId}
      </span>
      <span className="spacer" />
      {title !== null && <SearchField />}
      <CriticalToggle />
      <IconButton icon={Maximize2} label="Fit the whole trace" keys="f" onClick={fitTrace} />
      <IconButton
        icon={ChevronUp}
        label="Previous trace of the list"
        disabled={at <= 0}
        onClick={() => stepTrace(-1)}
      />
      <IconButton
        icon={ChevronDown}
        label="Next trace of the list"
        disabled={at < 0 || at >= count - 1}
        onClick={() => stepTrace(1)}
      />
    </div>
  );
}

function RecordsFact(): ReactNode {
  const count = useNotes((state) => state.recordsInAll);
  const marked = useNotes((state) => state.marks?.records.length ?? 0);
  if (count === 0) return null;
  const rest = count > marked ? `, the first ${formatCount(marked)} marked` : "";
  return <span title="Dots on the bars; L goes to the next">{`${formatCountOf(count, "record")}${rest}`}</span>;
}

function CriticalToggle(): ReactNode {
  const isShown = useNotes((state) => state.isCriticalShown);
  return (
    <button
      type="button"
      className="trace-critical-toggle"
      aria-pressed={isShown}
      title="Critical path: the line under a bar marks the time that everything above the span waited for it (C)"
      onClick={toggleCritical}
    >
      <span className="trace-critical-sample" aria-hidden />
      Critical path
    </button>
  );
}

function Facts({ model }: { readonly model: TraceModel }): ReactNode {
  const zone = useZone((state) => state.zone);
  const services = model.services.filter((name) => name !== "").length;
  return (
    <p className="trace-facts">
      <span className="selectable">{formatMoment(model.epoch, zone, 3)}</span>
      <span className="selectable">{formatDuration(model.duration)}</span>
      <span>{formatCountOf(model.count, "span")}</span>
      <span>{formatCountOf(services, "service")}</span>
      <RecordsFact />
      <span className={model.failures > 0 ? "trace-failures" : ""}>
        {model.failures === 0 ? "none failed" : `${formatCount(model.failures)} failed`}
      </span>
    </p>
  );
}
