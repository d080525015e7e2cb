/** Everything known of one source: what became of its units, what was tried on it, and what can be done. */
import { FileText, GanttChart, MailX, RotateCw, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Actions, Fact, Facts, Moment } from "../detail/parts.tsx";
import { showDeadLetters } from "../dead-letters/filter.ts";
import { formatBytes, formatCount, formatCountOf, formatPercent } from "../../shared/text/number.ts";
import { fileName } from "../../shared/text/path.ts";
import { visibleLine, visibleText } from "../../shared/text/visible.ts";
import { cancelImport, useCase, type SourceInfo } from "../state/case.ts";
import { useClocks } from "../state/clocks.ts";
import type { Focus } from "../state/focus.ts";
import { attempt } from "../state/notices.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { filterToSource, isActive, readAgain, readAsPlainText } from "./actions.ts";
import { ClockFact } from "./clocks.tsx";
import { Equation } from "./equation.tsx";
import { ReadAs, Tried } from "./recognition.tsx";
import { StateMark } from "./state-mark.tsx";

export function SourceDetail({ focus }: { readonly focus: Extract<Focus, { type: "source" }> }): ReactNode {
  const source = useCase(({ sources }) => sources.find(({ id }) => id === focus.id));
  if (source === undefined) {
    return <EmptyState title="This source is gone">It no longer belongs to the case. Select another one.</EmptyState>;
  }
  return (
    <article className="detail source-detail" tabIndex={-1} data-main>
      <header className="detail-head">
        <StateMark state={source.state} />
        <h2 className="selectable">{visibleLine(fileName(source.path))}</h2>
        <p className="detail-text selectable">{visibleLine(source.path)}</p>
      </header>
      <Messages key={source.id} messages={source.messages} />
      <SourceActions source={source} />
      <Equation source={source} />
      <SourceFacts source={source} />
      <ReadAs source={source} />
      <Tried source={source} />
    </article>
  );
}

/** More sentences than these stand behind a click. */
const MESSAGES_SHOWN = 4;

function Messages({ messages }: { readonly messages: readonly string[] }): ReactNode {
  const [all, setAll] = useState(false);
  if (messages.length === 0) return null;
  const sentences = [...new Set(messages)];
  return (
    <ul className="source-messages selectable">
      {(all ? sentences : sentences.slice(0, MESSAGES_SHOWN)).map((message) => (
        <li key={message}>{visibleText(message)}</li>
      ))}
      {sentences.length > MESSAGES_SHOWN && (
        <li>
          <button type="button" className="link" onClick={() => setAll(!all)}>
            {all ? "Show fewer" : `Show ${formatCount(sentences.length - MESSAGES_SHOWN)} more`}
          </button>
        </li>
      )}
    </ul>
  );
}

function SourceActions({ source }: { readonly source: SourceInfo }): ReactNode {
  const { state, records, deadLetters, path, id, format } = source;
  return (
    <Actions>
      {state === "not-recognised" && (
        <Button tone="primary" icon={FileText} onClick={() => readAsPlainText([source])}>
          Read as plain text
        </Button>
      )}
      {isActive(source) ? (
        <Button icon={X} onClick={() => attempt(() => cancelImport(id))}>
          Stop reading
        </Button>
      ) : (
        <Button icon={RotateCw} onClick={() => readAgain(source, format)}>
          Read again
        </Button>
      )}
      {records > 0 && (
        <Button icon={GanttChart} onClick={() => filterToSource(path)}>
          Show on the timeline
        </Button>
      )}
      {deadLetters > 0 && (
        <Button icon={MailX} onClick={() => showDeadLetters(id)}>
          Show its dead letters
        </Button>
      )}
    </Actions>
  );
}

/** A format without confidence was not recognised but chosen by somebody. */
function formatText({ format, confidence }: SourceInfo): string {
  if (format === null) return "not recognised";
  return confidence > 0 ? `${format}, ${formatPercent(confidence, 1)} sure` : `${format}, chosen by you`;
}

function SourceFacts({ source }: { readonly source: SourceInfo }): ReactNode {
  const { id, connector, bytes, bytesRead, state, events, tests, from, to } = source;
  const clock = useClocks(({ clocks }) => clocks.find((one) => one.sourceId === id || one.referenceId === id) ?? null);
  return (
    <Facts>
      <Fact name="Format">{formatText(source)}</Fact>
      <Fact name="Fetched by">{connector}</Fact>
      <Fact name="Size">
        {formatBytes(bytes)}
        {state !== "done" && bytesRead < bytes && (
          <span className="second">
            {formatBytes(bytesRead)} read, {formatPercent(bytesRead, bytes)}
          </span>
        )}
      </Fact>
      {clock !== null && (
        <Fact name="Clock">
          <ClockFact id={id} />
        </Fact>
      )}
      <Fact name="Events">{formatCount(events)}</Fact>
      {tests !== null && (
        <Fact name="Tests">
          {formatCountOf(tests.total, "test")}
          <span className="second">
            {formatCount(tests.passed)} passed, {formatCount(tests.failed)} failed, {formatCount(tests.errors)} with
            errors, {formatCount(tests.skipped)} skipped
          </span>
        </Fact>
      )}
      {from !== null && (
        <Fact name="From">
          <Moment time={from} />
        </Fact>
      )}
      {to !== null && (
        <Fact name="To">
          <Moment time={to} />
        </Fact>
      )}
    </Facts>
  );
}
