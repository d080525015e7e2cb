/** Records that were written in the selected span, above what the trace knows of it. */
import type { ReactNode } from "react";
import { levelName } from "../../shared/model/level.ts";
import { formatOffset } from "../../shared/text/duration.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { openRecord, useNotes } from "./notes-state.ts";
import { recordsOfSpan } from "./sections.ts";
import { useWaterfall } from "./waterfall-state.ts";

/** The rest is in the list of records. */
const SHOWN = 100;

export function SpanRecords({ index }: { readonly index: number }): ReactNode {
  const marks = useNotes((state) => state.marks);
  const current = useNotes((state) => state.record);
  const epoch = useWaterfall((state) => state.model.epoch);
  const records = marks === null ? [] : recordsOfSpan(marks, index).slice(0, SHOWN);
  if (records.length === 0) return null;
  return (
    <ul className="span-records" aria-label="Records written in the span">
      {records.map((record) => (
        <li key={record.ref}>
          <button
            type="button"
            className="span-record"
            aria-current={record.ref === current}
            onClick={() => openRecord(record)}
          >
            <span className="at">{formatOffset(record.time - epoch + record.nanos / 1_000)}</span>
            <span>{record.level === 0 ? record.kind : levelName(record.level)}</span>
            <span className="mono">{visibleLine(record.message)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
