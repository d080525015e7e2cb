/** One row of the list: a record, or an event that stands among the records. */
import { Fragment, memo, type ReactNode } from "react";
import type { ListRow } from "../../shared/contract.ts";
import type { EventKind } from "../../shared/model/event.ts";
import { formatCount } from "../../shared/text/number.ts";
import { formatClock, formatDate, formatShortDate } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { EVENT_NAME } from "../../shared/text/event-name.ts";
import { EVENT_ICON, eventKindOfRecord } from "../ui/event-kind.ts";
import { LevelMark, SeverityMark } from "../ui/severity.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { countOf, rowText, serviceWithin, type Fit, type RowText } from "./row-text.ts";

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
  readonly fit: Fit;
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

function Message({ parts, field }: Pick<RowText, "parts" | "field">): ReactNode {
  return parts.map((part) => {
    if (part.marked) return <mark key={part.from}>{part.text}</mark>;
    if (part.from >= field) return part.text;
    const ends = Math.min(part.text.length, field - part.from);
    return (
      <Fragment key={part.from}>
        <span className="found-field">{part.text.slice(0, ends)}</span>
        {part.text.slice(ends)}
      </Fragment>
    );
  });
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
  const { row, id, index, count, selected, zone, dated, fit, sourceName } = props;
  const { parts, field } = rowText(row, fit);
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
            <Message parts={parts} field={field} />
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
          <Message parts={parts} field={field} />
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
