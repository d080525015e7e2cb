/** Everything known of one connector or target, and what a person may decide over it. */
import { LogIn, MousePointerClick, Power, PowerOff, RefreshCw, RotateCcw, Hand } from "lucide-react";
import type { ReactNode } from "react";
import type { CallSummary, ConnectorRow, ConnectorTarget } from "../../shared/contract/connectors.ts";
import { Actions, Fact, Facts, Section } from "../detail/parts.tsx";
import { DURATION, formatDuration } from "../../shared/text/duration.ts";
import { formatCount, formatCountOf } from "../../shared/text/number.ts";
import { formatMoment } from "../../shared/text/time.ts";
import { visibleText } from "../../shared/text/visible.ts";
import { signInTo } from "../settings/signing-in.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { RateMeter } from "./cells.tsx";
import { showLettersOf } from "./letters.ts";
import { Meter } from "./meter.tsx";
import { MinuteChart } from "./minute-chart.tsx";
import { HealthMark, TargetMark } from "./state-mark.tsx";
import { decide, useConnectors } from "./store.ts";
import { ACTION_WORD, bulkheadText, errorRateText, errorsText, latencyText, STATE_MEANING } from "./words.ts";

const CHART = { width: 300, height: 56 };

export function ConnectorDetail(): ReactNode {
  const connectors = useConnectors((state) => state.connectors) ?? [];
  const chosen = useConnectors((state) => state.chosen);
  const connector = connectors.find((one) => one.connector === chosen);
  const target = connectors.flatMap(({ targets }) => targets).find(({ name }) => name === chosen);
  if (target !== undefined) {
    const isRemote = connectors.some((one) => one.connector === target.connector && one.isRemote);
    return <TargetArticle key={target.name} target={target} isRemote={isRemote} />;
  }
  if (connector !== undefined) return <ConnectorArticle key={connector.connector} connector={connector} />;
  return (
    <EmptyState icon={MousePointerClick} title="Nothing selected">
      A row shows here with its calls over time, its last error and what can be done about it.
    </EmptyState>
  );
}

interface TargetProps {
  readonly target: ConnectorTarget;
  readonly isRemote: boolean;
}

function TargetArticle({ target, isRemote }: TargetProps): ReactNode {
  const zone = useZone((state) => state.zone);
  const { name, state, failures, failuresToOpen, windowMs, reopenings, lastError, rateLimit } = target;
  const held = state === "held-open" ? target.actions.find(({ action }) => action === "hold-open") : undefined;
  return (
    <article className="detail connector-detail" tabIndex={-1} aria-label="Target">
      <header className="detail-head">
        <TargetMark target={target} />
        <h2 className="selectable">{visibleText(target.target)}</h2>
        <p className="detail-text">
          {STATE_MEANING[state]}
          {held !== undefined && ` Held open by ${held.by} since ${formatMoment(held.at, zone, 0)}.`}
        </p>
      </header>
      <Actions>
        {state === "open" && (
          <Button tone="primary" icon={RefreshCw} onClick={() => decide("retryNow", name)}>
            Retry now
          </Button>
        )}
        <Button icon={RotateCcw} onClick={() => decide("reset", name)}>
          Reset
        </Button>
        {state !== "held-open" && (
          <Button icon={Hand} onClick={() => decide("holdOpen", name)}>
            Hold open
          </Button>
        )}
        <EnableButton name={name} disabled={state === "disabled"} />
        {isRemote && (
          <Button icon={LogIn} onClick={() => signInTo(target.target)}>
            Sign in
          </Button>
        )}
      </Actions>
      {lastError !== null && (
        <Section title="Last error" aside={lastError.errorClass}>
          <p className="connector-error selectable">{visibleText(lastError.message)}</p>
          <p className="second">{formatMoment(lastError.at, zone, 0)}</p>
        </Section>
      )}
      <Facts>
        <Fact name="Failures">
          {formatCount(failures)} of {formatCount(failuresToOpen)} that open the breaker
          <span className="second">
            within {formatDuration((windowMs * DURATION.second) / 1_000)}
            {reopenings > 0 && `; opened again ${formatCountOf(reopenings, "time")} after a try`}
          </span>
        </Fact>
        <InUse bulkhead={target.bulkhead} />
        <Fact name="Rate limit">
          {rateLimit === null ? (
            "none"
          ) : (
            <>
              <RateMeter limit={rateLimit} />
              <span className="second">
                {rateLimit.perSecond} a second, {formatCount(rateLimit.burst)} at once
              </span>
            </>
          )}
        </Fact>
        <Letters connector={target.connector} target={target.target} count={target.deadLetters} />
      </Facts>
      <Statistics of={target} />
      <Decisions target={target} />
    </article>
  );
}

function ConnectorArticle({ connector }: { readonly connector: ConnectorRow }): ReactNode {
  const { title, targets, moreTargets, operations } = connector;
  const all = targets.length + moreTargets;
  return (
    <article className="detail connector-detail" tabIndex={-1} aria-label="Connector">
      <header className="detail-head">
        <HealthMark health={connector.health} />
        <h2>{title}</h2>
        <p className="detail-text">
          {all === 0
            ? "It was never called on this machine."
            : `${formatCountOf(all, "target")}, each with a breaker of its own.`}
          {moreTargets > 0 && ` The ${formatCount(targets.length)} that want a look first are listed.`}
        </p>
      </header>
      {all > 0 && (
        <Actions>
          <Button icon={RotateCcw} onClick={() => decide("reset", connector.connector)}>
            Reset all
          </Button>
        </Actions>
      )}
      <Facts>
        <InUse bulkhead={connector.bulkhead} />
        <Letters connector={connector.connector} target={null} count={connector.deadLetters} />
        <Fact name="Fallback">
          {connector.noFallback === null ? "what the case holds of a source, marked as stale" : "none"}
          {connector.noFallback !== null && <span className="second">{connector.noFallback}</span>}
        </Fact>
      </Facts>
      <Statistics of={connector} />
      {operations.length > 0 && (
        <Section title="Operations" aside="last hour">
          <table className="connector-table">
            <Head first="Operation" />
            <tbody>
              {operations.map((operation) => (
                <SummaryRow key={operation.operation} name={operation.operation} summary={operation} />
              ))}
            </tbody>
          </table>
        </Section>
      )}
    </article>
  );
}

const EnableButton = ({ name, disabled }: { readonly name: string; readonly disabled: boolean }): ReactNode =>
  disabled ? (
    <Button icon={Power} onClick={() => decide("enable", name)}>
      Enable
    </Button>
  ) : (
    <Button icon={PowerOff} onClick={() => decide("disable", name)}>
      Disable
    </Button>
  );

const InUse = ({ bulkhead }: { readonly bulkhead: ConnectorTarget["bulkhead"] }): ReactNode => (
  <Fact name="Calls at once">
    <Meter
      label="Calls at once"
      text={bulkheadText(bulkhead)}
      share={bulkhead.active / Math.max(1, bulkhead.maxConcurrent)}
      full={bulkhead.queued > 0}
    />
    <span className="second">
      {bulkheadText(bulkhead)}, room for {formatCount(bulkhead.maxQueued)} to wait
    </span>
  </Fact>
);

interface LettersProps {
  readonly connector: string;
  readonly target: string | null;
  readonly count: number | null;
}

const Letters = ({ connector, target, count }: LettersProps): ReactNode => (
  <Fact name="Dead letters">
    {count === null ? (
      "no case is open"
    ) : count === 0 ? (
      "none"
    ) : (
      <button type="button" className="link" onClick={() => showLettersOf(connector, target)}>
        {formatCount(count)} in its sources
      </button>
    )}
  </Fact>
);

function Statistics({ of }: { readonly of: ConnectorRow | ConnectorTarget }): ReactNode {
  return (
    <Section title="Calls">
      <MinuteChart minutes={of.minutes} {...CHART} scaled />
      <table className="connector-table">
        <Head first="" />
        <tbody>
          <SummaryRow name="5 min" summary={of.last5Minutes} />
          <SummaryRow name="1 h" summary={of.lastHour} />
          <SummaryRow name="All" summary={of.ever} />
        </tbody>
      </table>
      {of.ever.calls > 0 && Object.keys(of.ever.errors).length > 0 && (
        <p className="second">All errors: {errorsText(of.ever.errors)}</p>
      )}
    </Section>
  );
}

const Head = ({ first }: { readonly first: string }): ReactNode => (
  <thead>
    <tr>
      <th scope="col">{first}</th>
      {["Calls", "Errors", "p50", "p95", "p99"].map((title) => (
        <th key={title} scope="col">
          {title}
        </th>
      ))}
    </tr>
  </thead>
);

const SummaryRow = ({ name, summary }: { readonly name: string; readonly summary: CallSummary }): ReactNode => (
  <tr>
    <th scope="row">{name}</th>
    <td>{formatCount(summary.calls)}</td>
    <td className={summary.errorRate > 0 ? "connector-errors" : ""} title={errorsText(summary.errors) || undefined}>
      {errorRateText(summary)}
    </td>
    <td>{latencyText(summary.p50Ms)}</td>
    <td>{latencyText(summary.p95Ms)}</td>
    <td>{latencyText(summary.p99Ms)}</td>
  </tr>
);

function Decisions({ target: { actions } }: { readonly target: ConnectorTarget }): ReactNode {
  const zone = useZone((state) => state.zone);
  return (
    <Section title="Decided by people">
      {actions.length === 0 ? (
        <p className="second">Nothing: its breaker follows the automatic rules.</p>
      ) : (
        <ul className="connector-actions">
          {actions.map(({ action, by, at }) => (
            <li key={`${at} ${action}`}>
              {ACTION_WORD[action]} <span className="second">by {visibleText(by)}</span>
              <span className="second">{formatMoment(at, zone, 0)}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
