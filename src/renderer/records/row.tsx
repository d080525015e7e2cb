/** One row of the list: a record, or an event that stands among the records. */
import { memo, type ReactNode } from "react";
import type { ListRow } from "../../shared/contract.ts";
import type { EventKind } from "../../shared/model/event.ts";
import { formatCount } from "../../shared/text/number.ts";
import { formatClock, formatDate, formatShortDate } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { EVENT_NAME } from "../../shared/text/event-name.ts";
import { EVENT_ICON, eventKindOfRecord } from "../ui/event-kind.ts";
import { LevelMark, SeverityMark } from "../ui/severity.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { marked, type Searched } from "./marks.ts";

/** A screen is never wider; a line of megabytes would cost a frame. */
const LONGEST = 1_000;

/** How much of a day is told before each clock. */
export type Dated = "day" | "year";

interface RowProps {
  readonly row: ListRow;
  readonly id: string;
  readonly index: number;
  readonly count: number;
  readonly selected: boolean;
  readonly zone: string;
  readonly dated: Dated | undefined;
  readonly searched: Searched;
  readonly sourceName: string;
}

function Time({
  time,
  zone,
  dated,
  digits,
}: {
  time: number | null;
  zone: string;
  dated: Dated | undefined;
  digits: number;
}): ReactNode {
  if (time === null) return <span className="cell-time none">no time</span>;
  return (
    <span className="cell-time">
      {dated && <span className="date">{(dated === "year" ? formatDate : formatShortDate)(time, zone)} </span>}
      {formatClock(time, zone, digits > 3 ? 6 : 3)}
    </span>
  );
}

function Message({ text, searched }: { readonly text: string; readonly searched: Searched }): ReactNode {
  const line = visibleLine(text.slice(0, LONGEST));
  return marked(line, searched).map((part) => (part.marked ? <mark key={part.from}>{part.text}</mark> : part.text));
}

function Kind({ kind }: { readonly kind: EventKind }): ReactNode {
  const Icon = EVENT_ICON[kind];
  return (
    <span className="kind">
      <Icon size={12} aria-hidden />
      {EVENT_NAME[kind]}
    </span>
  );
}

/** "×1,240" of a burst. */
function countOf(row: Extract<ListRow, { type: "event" }>): number | null {
  const count = row.event.metadata["count"];
  return typeof count === "number" && count > 1 ? count : null;
}

/** Titles often begin with their service, which stands beside them already where it has a column. */
const serviceWithin = ({ title, service }: { readonly title: string; readonly service: string | null }): string =>
  service !== null && title.startsWith(`${service} `) ? `${service} ` : "";

/** The title tells what a narrow column cuts. */
function Service({ name }: { readonly name: string | null }): ReactNode {
  if (name === null) return <span className="cell-service" />;
  return (
    <span className="cell-service" title={name}>
      {visibleLine(name)}
    </span>
  );
}

export const Row = memo(function Row(props: RowProps): ReactNode {
  const { row, id, index, count, selected, zone, dated, searched, sourceName } = props;
  const common = {
    id,
    role: "option",
    "aria-selected": selected,
    "aria-posinset": index + 1,
    "aria-setsize": count,
  } as const;
  if (row.type === "record") {
    const { record } = row;
    const eventKind = eventKindOfRecord(record.kind);
    return (
      <div {...common} className={eventKind === null ? "row" : "row event"} data-level={record.level}>
        <Time time={record.time} zone={zone} dated={dated} digits={record.digits} />
        <LevelMark level={record.level} />
        <Service name={record.service} />
        <span className="cell-message">
          {eventKind !== null && <Kind kind={eventKind} />}
          <span className="record-text">
            <Message text={record.message} searched={searched} />
          </span>
        </span>
        <span className="cell-source">
          <span className="source-name">{sourceName}</span>:{record.line}
        </span>
      </div>
    );
  }
  const { event } = row;
  const repeated = countOf(row);
  const within = serviceWithin(event);
  return (
    <div {...common} className="row event">
      <Time time={event.time} zone={zone} dated={dated} digits={3} />
      <SeverityMark severity={event.severity} label={{ word: "" }} />
      <Service name={event.service} />
      <span className="cell-message">
        <Kind kind={event.kind} />
        <span className="event-title">
          {within !== "" && <span className="service-within">{visibleLine(within)}</span>}
          <Message text={event.title.slice(within.length)} searched={searched} />
        </span>
        {repeated !== null && <span className="repeated">×{formatCount(repeated)}</span>}
      </span>
      <span className="cell-source">{event.source}</span>
    </div>
  );
});

const WIDTHS = [48, 72, 60, 84, 40, 66, 54];

/** A row that is on its way. */
export function SkeletonRow({ index }: { readonly index: number }): ReactNode {
  return (
    <div className="row waiting" aria-hidden>
      <span className="cell-time">
        <Skeleton width={78} />
      </span>
      <Skeleton width={28} />
      <Skeleton width={70} />
      <Skeleton width={`${WIDTHS[index % WIDTHS.length] ?? 60}%`} />
      <span />
    </div>
  );
}
