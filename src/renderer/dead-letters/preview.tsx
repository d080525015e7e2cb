/** What a format makes of a text right now: the records as the list would show them, or why it fails. */
import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import type { DeadLetterPreview } from "../../shared/contract.ts";
import { FieldTable } from "../detail/parts.tsx";
import { formatCount } from "../../shared/text/number.ts";
import { formatMoment } from "../../shared/text/time.ts";
import { visibleText } from "../../shared/text/visible.ts";
import { useZone } from "../state/zone.ts";
import { LevelMark } from "../ui/severity.tsx";
import { verdictWords } from "./words.ts";

type Record = DeadLetterPreview["records"][number];
type Fault = DeadLetterPreview["faults"][number];

interface PreviewProps {
  readonly preview: DeadLetterPreview;
  /** Puts the cursor of the editor where a fault is. */
  readonly onPlace: ((fault: Fault) => void) | null;
}

export function Preview({ preview, onPlace }: PreviewProps): ReactNode {
  const { records, recordCount, faults, faultCount } = preview;
  const numbered = records.map((record, index) => ({ id: index, record }));
  const tone = faultCount > 0 ? "bad" : recordCount > 0 ? "good" : "none";
  const Icon = tone === "bad" ? CircleAlert : tone === "good" ? CircleCheck : CircleDashed;
  return (
    <div className="letter-preview">
      <p className="preview-verdict" data-tone={tone} role="status">
        <Icon size={14} aria-hidden />
        {verdictWords(preview)}
      </p>
      {faults.map((fault) => (
        <p key={`${fault.line} ${fault.offset} ${fault.message}`} className="preview-fault">
          {visibleText(fault.message)}{" "}
          {onPlace !== null && (
            <button type="button" className="link" onClick={() => onPlace(fault)}>
              Go there
            </button>
          )}
        </p>
      ))}
      {faultCount > faults.length && <p className="second">… and {formatCount(faultCount - faults.length)} more</p>}
      {numbered.map(({ id, record }) => (
        <RecordPreview key={id} record={record} />
      ))}
      {recordCount > records.length && <p className="second">… and {formatCount(recordCount - records.length)} more</p>}
    </div>
  );
}

function RecordPreview({ record }: { readonly record: Record }): ReactNode {
  const zone = useZone((state) => state.zone);
  const { time, nanos, digits, level, service, message, fields } = record;
  return (
    <section className="preview-record">
      <dl className="facts">
        <dt>Time</dt>
        <dd className="mono">
          {time === null
            ? "none: it stands beside its neighbours"
            : formatMoment(time, zone, Math.max(3, digits), nanos)}
        </dd>
        <dt>Level</dt>
        <dd>{level === 0 ? "not stated" : <LevelMark level={level} />}</dd>
        <dt>Service</dt>
        <dd>{service === null ? "none" : visibleText(service)}</dd>
        <dt>Message</dt>
        <dd className="mono selectable">{visibleText(message)}</dd>
      </dl>
      {fields.length > 0 && <FieldTable fields={fields} filterable={false} />}
    </section>
  );
}
