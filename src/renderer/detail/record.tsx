/** A record: what it is, when and where, its ids, every field, its own bytes. */
import { Copy, FileText, Route, Waypoints } from "lucide-react";
import type { ReactNode } from "react";
import type { RecordDetail as Detail } from "../../shared/contract.ts";
import { Level } from "../../shared/model/level.ts";
import { call } from "../bridge.ts";
import { formatDuration } from "../../shared/text/duration.ts";
import { formatCount, formatValue } from "../../shared/text/number.ts";
import { fileName } from "../../shared/text/path.ts";
import { visibleText } from "../../shared/text/visible.ts";
import { useRevision } from "../state/case.ts";
import type { Focus } from "../state/focus.ts";
import { attempt } from "../state/notices.ts";
import { useQuery } from "../state/query.ts";
import { openTraceOrRecords } from "../traces/store.ts";
import { PinButton } from "../notes/pin-button.tsx";
import { RelatedRecords } from "../related/section.tsx";
import { RecordTemplate } from "../templates/record-template.tsx";
import { Button } from "../ui/button.tsx";
import { LevelMark } from "../ui/severity.tsx";
import { FailedState } from "../ui/failed-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { looseText } from "./bytes.ts";
import { showInContext } from "./context.ts";
import { copy, recordAsJson } from "./copy.ts";
import { Actions, Fact, Facts, FieldTable, Moment, narrow, Section, TermLink } from "./parts.tsx";
import { RawBytes } from "./raw.tsx";

export function RecordDetail({ focus }: { readonly focus: Extract<Focus, { type: "record" }> }): ReactNode {
  const revision = useRevision();
  const key = revision === null ? null : focus.ref;
  const { data, failure, retry } = useQuery(key, () => call("records.detail", { ref: focus.ref }));
  if (failure !== null) return <FailedState title="This record could not be read" failure={failure} retry={retry} />;
  // The last record stays until the next has arrived; of a slow one nothing old is shown.
  if (data === null) return <SkeletonLines count={14} />;
  return <Shown record={data} stale={data.ref !== focus.ref} />;
}

function Shown({ record, stale }: { readonly record: Detail; readonly stale: boolean }): ReactNode {
  return (
    <article className="detail" aria-busy={stale} tabIndex={-1} data-main>
      <header className="detail-head">
        <span className="detail-kind">
          {record.level !== Level.none && <LevelMark level={record.level} />} {record.kind}
        </span>
        <h2 className="selectable">{visibleText(record.message) || "Without a message"}</h2>
      </header>
      <Actions>
        {record.traceId !== null && (
          <Button icon={Waypoints} onClick={() => attempt(() => openTraceOrRecords(record.traceId ?? "", record.ref))}>
            Same trace
          </Button>
        )}
        {record.requestId !== null && (
          <Button icon={Route} onClick={() => narrow("request", record.requestId ?? "")}>
            Same request
          </Button>
        )}
        <Button icon={FileText} onClick={() => showInContext(record.ref)}>
          Show in context
        </Button>
        <PinButton />
      </Actions>
      <Facts>
        <Fact name="Time">
          {record.time === null ? (
            <span className="second">The source states none</span>
          ) : (
            <Moment time={record.time} nanos={record.nanos} digits={record.digits} />
          )}
        </Fact>
        {record.service !== null && (
          <Fact name="Service">
            <TermLink field="service" value={record.service} />
          </Fact>
        )}
        {record.name !== null && record.name !== record.message && (
          <Fact name="Name">
            <TermLink field="name" value={record.name} />
          </Fact>
        )}
        {record.duration !== null && <Fact name="Duration">{formatDuration(record.duration)}</Fact>}
        {record.value !== null && <Fact name="Value">{formatValue(record.value)}</Fact>}
        <Fact name="Source">
          <button type="button" className="link mono" title={record.path} onClick={() => narrow("source", record.path)}>
            {fileName(record.path)}:{formatCount(record.line)}
          </button>
          <span className="second">
            {record.format}, byte {formatCount(record.offset)}, {formatCount(record.length)} bytes
          </span>
        </Fact>
        {record.traceId !== null && (
          <Fact name="Trace">
            <TermLink field="trace" value={record.traceId} />
          </Fact>
        )}
        {record.spanId !== null && (
          <Fact name="Span">
            <TermLink field="span" value={record.spanId} />
          </Fact>
        )}
        {record.requestId !== null && (
          <Fact name="Request">
            <TermLink field="request" value={record.requestId} />
          </Fact>
        )}
        {record.correlationId !== null && (
          <Fact name="Correlation">
            <TermLink field="correlation" value={record.correlationId} />
          </Fact>
        )}
      </Facts>
      <RecordTemplate reference={record.ref} />
      <Section title="Fields" aside={formatCount(record.fields.length)}>
        {record.fields.length === 0 ? (
          <p className="second">The line has no fields of its own.</p>
        ) : (
          <FieldTable fields={record.fields} />
        )}
      </Section>
      <RelatedRecords reference={record.ref} />
      <RawBytes bytes={record.raw} offset={record.offset} length={record.length} />
      <Actions>
        <Button tone="quiet" icon={Copy} onClick={() => copy("Message", record.message)}>
          Message
        </Button>
        <Button tone="quiet" icon={Copy} onClick={() => copy("Raw text", looseText(record.raw))}>
          Raw
        </Button>
        <Button tone="quiet" icon={Copy} onClick={() => copy("JSON", recordAsJson(record))}>
          JSON
        </Button>
      </Actions>
    </article>
  );
}
