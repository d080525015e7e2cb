/** Everything known of one source: what became of its units, what was tried on it, and what can be done. */
import { FileText, GanttChart, MailX, RotateCw, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Actions, Fact, Facts, Moment, Section } from "../detail/parts.tsx";
import { showDeadLetters } from "../dead-letters/filter.ts";
import { formatBytes, formatCount, formatCountOf, formatPercent } from "../format/number.ts";
import { fileName } from "../format/path.ts";
import { visibleLine, visibleText } from "../format/visible.ts";
import { zoneChoices } from "../shell/zone-menu.tsx";
import { cancelImport, useCase, type SourceInfo } from "../state/case.ts";
import type { Focus } from "../state/focus.ts";
import { attempt } from "../state/notices.ts";
import { localZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Picker } from "../ui/picker.tsx";
import { addsUp, skipReasons } from "./accounting.ts";
import { filterToSource, isActive, readAgain, readAsPlainText } from "./actions.ts";
import { useFormats } from "./formats.ts";
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

function Equation({ source }: { readonly source: SourceInfo }): ReactNode {
  const formats = useFormats();
  const { read, records, deadLetters, skipped, format } = source;
  const unit = formats.find(({ id }) => id === format)?.unit ?? "unit";
  return (
    <Section title="Accounting" aside={addsUp(source) ? "adds up" : undefined}>
      <table className="sum">
        <tbody>
          <Line sign="" value={records} of={records === 1 ? "record" : "records"} />
          <Line sign="+" value={deadLetters} of={deadLetters === 1 ? "dead letter" : "dead letters"} />
          <Line sign="+" value={skipped} of="skipped" />
          {skipReasons(source).map(([reason, units]) => (
            <tr key={reason} className="why">
              <td />
              <td>{formatCount(units)}</td>
              <td>{visibleLine(reason)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <Line sign="=" value={read} of={`${unit}${read === 1 ? "" : "s"} read`} />
        </tfoot>
      </table>
      {!addsUp(source) && (
        <p className="wrong" role="alert">
          These do not add up: {formatCount(records + deadLetters + skipped)} are accounted for and {formatCount(read)}{" "}
          were read. This is a fault of Faultline, please report it with this file.
        </p>
      )}
    </Section>
  );
}

interface LineProps {
  readonly sign: string;
  readonly value: number;
  readonly of: string;
}

const Line = ({ sign, value, of }: LineProps): ReactNode => (
  <tr>
    <td>{sign}</td>
    <td>{formatCount(value)}</td>
    <td>{of}</td>
  </tr>
);

/** A format without confidence was not recognised but chosen by somebody. */
function formatText({ format, confidence }: SourceInfo): string {
  if (format === null) return "not recognised";
  return confidence > 0 ? `${format}, ${formatPercent(confidence, 1)} sure` : `${format}, chosen by you`;
}

function SourceFacts({ source }: { readonly source: SourceInfo }): ReactNode {
  const { connector, bytes, bytesRead, state, events, tests, from, to } = source;
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

const ZONES_SHOWN = 60;

function ReadAs({ source }: { readonly source: SourceInfo }): ReactNode {
  const formats = useFormats();
  if (isActive(source)) return null;
  const { format, zone } = source;
  return (
    <Section title="Read it otherwise">
      <dl className="read-as">
        <dt>Format</dt>
        <dd>
          <Picker
            label="Read as another format"
            shown={format ?? "Choose a format"}
            placeholder="Format"
            value={format}
            choices={(typed) =>
              formats
                .filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(typed.trim().toLowerCase()))
                .map(({ id, title }) => ({ id, title, aside: id }))
            }
            onChoose={(chosen) => readAgain(source, chosen)}
          />
        </dd>
        <dt>Zone if not stated</dt>
        <dd>
          <Picker
            label="Zone of times that state none"
            shown={zone}
            placeholder="City or zone"
            value={zone}
            choices={(typed) =>
              zoneChoices(typed, localZone(), Intl.supportedValuesOf("timeZone")).slice(0, ZONES_SHOWN)
            }
            onChoose={(chosen) => readAgain(source, format, chosen)}
          />
        </dd>
      </dl>
    </Section>
  );
}

function Tried({ source: { tried } }: { readonly source: SourceInfo }): ReactNode {
  if (tried.length === 0) return null;
  const others = tried.filter(({ confidence }) => confidence === 0);
  return (
    <Section title="What was tried">
      <ul className="tried">
        {tried
          .filter(({ confidence }) => confidence > 0)
          .map(({ format, confidence, reason }) => (
            <li key={format}>
              <span className="mono">{format}</span> <span className="percent">{formatPercent(confidence, 1)}</span>
              <span className="second selectable">{visibleLine(reason)}</span>
            </li>
          ))}
        {others.length > 0 && (
          <li className="second">Does not match: {others.map(({ format }) => format).join(", ")}.</li>
        )}
      </ul>
    </Section>
  );
}
