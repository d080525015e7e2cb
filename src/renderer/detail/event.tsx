/** An event: what happened, how sure we are, and the record that says so. */
import { FileText, Quote, Waypoints } from "lucide-react";
import type { ReactNode } from "react";
import type { CallOutput } from "../../shared/contract.ts";
import { call } from "../bridge.ts";
import { formatDuration } from "../../shared/text/duration.ts";
import { formatCount } from "../../shared/text/number.ts";
import { fileName } from "../../shared/text/path.ts";
import { decisionOf } from "../../shared/report/decisions.ts";
import { pinnedTo } from "../../shared/report/pins.ts";
import { visibleText } from "../../shared/text/visible.ts";
import { useCase, useRevision } from "../state/case.ts";
import { focusOn, locate, type Focus } from "../state/focus.ts";
import { attempt } from "../state/notices.ts";
import { useQuery } from "../state/query.ts";
import { PinButton } from "../notes/pin-button.tsx";
import { openTraceOrRecords } from "../traces/store.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { EVENT_NAME } from "../../shared/text/event-name.ts";
import { EVENT_ICON } from "../ui/event-kind.ts";
import { SeverityMark } from "../ui/severity.tsx";
import { FailedState } from "../ui/failed-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { showInContext } from "./context.ts";
import { Actions, Fact, Facts, FieldTable, Moment, Section, TermLink } from "./parts.tsx";

type Event = NonNullable<CallOutput<"events.get">>;

export function EventDetail({ focus }: { readonly focus: Extract<Focus, { type: "event" }> }): ReactNode {
  const revision = useRevision();
  const { data, failure, loading, retry } = useQuery(
    revision === null ? null : `${revision}|${focus.id}`,
    async () => ({
      id: focus.id,
      event: await call("events.get", { id: focus.id }),
    }),
  );
  if (failure !== null) return <FailedState title="This event could not be read" failure={failure} retry={retry} />;
  if (data === null || (loading && data.event === null)) return <SkeletonLines count={10} />;
  if (data.event === null) {
    return (
      <EmptyState title="This event is gone">
        The detectors looked again since and found it otherwise. Select another mark on the timeline.
      </EmptyState>
    );
  }
  return <Shown event={data.event} stale={data.id !== focus.id} />;
}

function Shown({ event, stale }: { readonly event: Event; readonly stale: boolean }): ReactNode {
  const Icon = EVENT_ICON[event.kind];
  // What ties a conclusion to its suspect is no finding, and for no eyes.
  const pinned = pinnedTo(event);
  const metadata = decisionOf(event) === null && pinned === null ? Object.entries(event.metadata) : [];
  return (
    <article className="detail" aria-busy={stale} tabIndex={-1} data-main>
      <header className="detail-head">
        <span className="detail-kind">
          <Icon size={13} aria-hidden /> {EVENT_NAME[event.kind]}{" "}
          <SeverityMark severity={event.severity} label="name" />
        </span>
        <h2 className="selectable">{visibleText(event.title)}</h2>
        {event.description !== "" && event.description !== event.title && (
          <p className="detail-text selectable">{visibleText(event.description)}</p>
        )}
      </header>
      <Actions>
        {event.reference?.record !== undefined && event.reference.record !== null && (
          <Button icon={Quote} onClick={() => showEvidence(event)}>
            Show the record
          </Button>
        )}
        {event.traceId !== null && (
          <Button
            icon={Waypoints}
            onClick={() => attempt(() => openTraceOrRecords(event.traceId ?? "", event.reference?.record ?? null))}
          >
            Same trace
          </Button>
        )}
        <Button icon={FileText} onClick={() => showInContext(`e${event.id}`)}>
          Show in context
        </Button>
        {event.kind !== "note" && <PinButton />}
      </Actions>
      <Facts>
        <Fact name={event.endTime === null ? "Time" : "Began"}>
          <Moment time={event.time} />
        </Fact>
        {event.endTime !== null && <Fact name="Lasted">{formatDuration(event.endTime - event.time)}</Fact>}
        {event.service !== null && (
          <Fact name="Service">
            <TermLink field="service" value={event.service} />
          </Fact>
        )}
        {pinned !== null && (
          <Fact name="Evidence">{`${pinned.for ? "For" : "Against"} ${visibleText(pinned.title)}`}</Fact>
        )}
        {event.kind !== "note" && (
          <>
            <Fact name="Found in">
              {event.source}
              <Reference event={event} />
            </Fact>
            <Fact name="Confidence">{Math.round(event.confidence * 100)} %</Fact>
          </>
        )}
        {event.traceId !== null && (
          <Fact name="Trace">
            <TermLink field="trace" value={event.traceId} />
          </Fact>
        )}
        {event.requestId !== null && (
          <Fact name="Request">
            <TermLink field="request" value={event.requestId} />
          </Fact>
        )}
        {event.correlationId !== null && (
          <Fact name="Correlation">
            <TermLink field="correlation" value={event.correlationId} />
          </Fact>
        )}
        {event.tags.length > 0 && (
          <Fact name="Tags">
            <span className="tags">
              {event.tags.map((tag) => (
                <span key={tag} className="tag">
                  {visibleText(tag)}
                </span>
              ))}
            </span>
          </Fact>
        )}
      </Facts>
      {metadata.length > 0 && (
        <Section title="What the detector noted" aside={formatCount(metadata.length)}>
          <FieldTable fields={metadata} filterable={false} />
        </Section>
      )}
    </article>
  );
}

function Reference({ event }: { readonly event: Event }): ReactNode {
  const path = useCase((state) => state.sources.find(({ id }) => id === event.reference?.sourceId)?.path);
  if (event.reference === null || path === undefined) return null;
  return (
    <span className="second" title={path}>
      {fileName(path)}, byte {formatCount(event.reference.offset)}
    </span>
  );
}

function showEvidence(event: Event): void {
  const ref = event.reference?.record;
  if (ref === undefined || ref === null) return;
  focusOn({ type: "record", ref }, event.time);
  locate({ ref });
}
