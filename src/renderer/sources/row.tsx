/** The cells of one source. */
import { MessageSquareText, TriangleAlert, X } from "lucide-react";
import { memo, type ReactNode } from "react";
import { formatBytes, formatCount, formatPercent, formatRate } from "../../shared/text/number.ts";
import { formatMoment } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { cancelImport, type SourceInfo } from "../state/case.ts";
import { attempt } from "../state/notices.ts";
import { showDeadLetters } from "../dead-letters/filter.ts";
import { Cell } from "../ui/data-grid.tsx";
import { MiddlePath } from "../ui/middle-path.tsx";
import { addsUp, skipReasons } from "./accounting.ts";
import { isActive, readAsPlainText } from "./actions.ts";
import { SourceMenu } from "./menu.tsx";
import { spanText } from "./span-text.ts";
import { StateMark } from "./state-mark.tsx";

interface SourceCellsProps {
  readonly source: SourceInfo;
  readonly zone: string;
  readonly tested: boolean;
  /** The folder that all sources lie in. */
  readonly folder: string;
  /** Bytes a second while it is read. */
  readonly rate: number | null;
}

/** Trials worth a line of a tooltip. */
const TRIED_SHOWN = 5;

export const SourceCells = memo(function SourceCells({
  source,
  zone,
  tested,
  folder,
  rate,
}: SourceCellsProps): ReactNode {
  const { state, path, read, records, deadLetters, skipped, events, messages } = source;
  const why = skipReasons(source).map(([reason, units]) => `${formatCount(units)} × ${reason}`);
  return (
    <>
      <Cell column="state">
        <StateMark state={state} />
      </Cell>
      <Cell column="path" className="source-path">
        <MiddlePath path={path} without={folder} />
        {messages.length > 0 && (
          <span className="source-note" title={messages.map(visibleLine).join("\n")}>
            <MessageSquareText size={12} aria-label={`${messages.length} messages`} />
          </span>
        )}
      </Cell>
      <Cell column="format" title={triedText(source)}>
        <FormatCell source={source} />
      </Cell>
      <Cell column="read" end>
        {!addsUp(source) && <TriangleAlert size={12} className="wrong" aria-label="Does not add up" />}
        <Count value={read} />
      </Cell>
      <Cell column="records" end>
        <Count value={records} />
      </Cell>
      <Cell column="deadLetters" end>
        {deadLetters === 0 ? (
          <Count value={0} />
        ) : (
          <button type="button" className="link dead" tabIndex={-1} onClick={() => showDeadLetters(source.id)}>
            {formatCount(deadLetters)}
          </button>
        )}
      </Cell>
      <Cell column="skipped" end title={why.length === 0 ? undefined : why.join("\n")}>
        <Count value={skipped} />
      </Cell>
      <Cell column="events" end>
        <Count value={events} />
      </Cell>
      {tested && <Tests source={source} />}
      <Time source={source} zone={zone} />
      <Cell column="bytes" end>
        <Size source={source} rate={rate} />
      </Cell>
      <Cell column="actions" end className="source-actions">
        {isActive(source) && (
          <button
            type="button"
            className="icon-button"
            tabIndex={-1}
            title="Stop reading this source; what was read stays"
            aria-label="Stop reading this source"
            onClick={() => attempt(() => cancelImport(source.id))}
          >
            <X size={14} aria-hidden />
          </button>
        )}
        <SourceMenu source={source} />
      </Cell>
    </>
  );
});

const Count = ({ value }: { readonly value: number }): ReactNode =>
  value === 0 ? <span className="nothing">0</span> : formatCount(value);

const percent = (confidence: number): string => `${Math.round(confidence * 100)} %`;

function triedText({ tried }: SourceInfo): string | undefined {
  const likely = tried.filter(({ confidence }) => confidence > 0).slice(0, TRIED_SHOWN);
  if (tried.length === 0) return undefined;
  const lines = likely.map(({ format, confidence, reason }) => `${format} ${percent(confidence)}: ${reason}`);
  const others = tried.length - likely.length;
  if (others > 0) lines.push(`${others} ${likely.length > 0 ? "other " : ""}formats do not match`);
  return lines.join("\n");
}

/** A reason often begins with what it is about, which stands beside it. */
const withoutPath = (message: string, path: string): string =>
  message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message;

function FormatCell({ source }: { readonly source: SourceInfo }): ReactNode {
  const { state, format, confidence, messages } = source;
  if (state === "not-recognised") {
    return <Plain onClick={() => readAsPlainText([source])} />;
  }
  if (state === "failed" && messages[0] !== undefined) {
    return (
      <span className="source-failure" title={messages.map(visibleLine).join("\n")}>
        {visibleLine(withoutPath(messages[0], source.path))}
      </span>
    );
  }
  if (format === null) return <span className="nothing">–</span>;
  return (
    <>
      {format} <span className="nothing">{confidence > 0 ? percent(confidence) : "chosen"}</span>
    </>
  );
}

const Plain = ({ onClick }: { readonly onClick: () => void }): ReactNode => (
  <button type="button" className="button plain-text" tabIndex={-1} onClick={onClick}>
    Read as plain text
  </button>
);

function Tests({ source: { tests } }: { readonly source: SourceInfo }): ReactNode {
  if (tests === null) {
    return (
      <Cell column="tests" end>
        <span className="nothing">–</span>
      </Cell>
    );
  }
  const bad = tests.failed + tests.errors;
  const title = `${tests.total} tests: ${tests.passed} passed, ${tests.failed} failed, ${tests.errors} with errors, ${tests.skipped} skipped`;
  return (
    <Cell column="tests" end title={title}>
      {bad > 0 && <span className="dead">{formatCount(bad)} of </span>}
      {formatCount(tests.total)}
    </Cell>
  );
}

function Time({ source: { from, to }, zone }: { readonly source: SourceInfo; readonly zone: string }): ReactNode {
  if (from === null || to === null) {
    return (
      <Cell column="time">
        <span className="nothing">no time</span>
      </Cell>
    );
  }
  return (
    <Cell column="time" title={`${formatMoment(from, zone)}\n${formatMoment(to, zone)}`}>
      {spanText(from, to, zone)}
    </Cell>
  );
}

function Size({ source, rate }: { readonly source: SourceInfo; readonly rate: number | null }): ReactNode {
  const { state, bytes, bytesRead } = source;
  if (state !== "reading") {
    const title =
      bytesRead < bytes && state !== "waiting"
        ? `${formatCount(bytesRead)} of ${formatCount(bytes)} bytes read`
        : `${formatCount(bytes)} bytes`;
    return (
      <span title={title}>
        {state === "cancelled" ? `${formatPercent(bytesRead, bytes)} of ${formatBytes(bytes)}` : formatBytes(bytes)}
      </span>
    );
  }
  return (
    <span
      className="source-progress"
      title={`${formatBytes(bytesRead)} of ${formatBytes(bytes)}${rate === null ? "" : `, ${formatRate(rate)}`}`}
    >
      <progress className="progress" max={Math.max(1, bytes)} value={bytesRead} aria-label="Read so far" />
      <span>{rate === null ? formatPercent(bytesRead, bytes) : formatRate(rate)}</span>
    </span>
  );
}
