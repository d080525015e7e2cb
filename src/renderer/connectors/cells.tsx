/** The cells of one row: a connector with all that it called, or one target of it. */
import type { ReactNode } from "react";
import type { CallSummary, ConnectorTarget } from "../../shared/contract/connectors.ts";
import { formatCount } from "../../shared/text/number.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { Cell } from "../ui/data-grid.tsx";
import { MiddlePath } from "../ui/middle-path.tsx";
import { showLettersOf } from "./letters.ts";
import { Meter } from "./meter.tsx";
import { MinuteChart } from "./minute-chart.tsx";
import { HealthMark, TargetMark } from "./state-mark.tsx";
import type { TreeRow } from "./tree.ts";
import { bulkheadText, errorRateText, errorsText, latencyText, limitUse } from "./words.ts";

const CHART = { width: 120, height: 16 };

/** @param folder holds all files of the case: their paths begin below it. */
export function ConnectorCells({ row, folder }: { readonly row: TreeRow; readonly folder: string }): ReactNode {
  const item = row.type === "connector" ? row.connector : row.target;
  const { lastHour, minutes, bulkhead, deadLetters, connector } = item;
  return (
    <>
      <Cell column="name" className={row.type === "connector" ? "connector-name" : "target-name"}>
        {row.type === "connector" ? row.connector.title : <MiddlePath path={row.target.target} without={folder} />}
      </Cell>
      <Cell column="state" title={row.type === "target" ? lastErrorOf(row.target) : undefined}>
        {row.type === "connector" ? <HealthMark health={row.connector.health} /> : <TargetMark target={row.target} />}
      </Cell>
      <Cell column="chart">
        <MinuteChart minutes={minutes} {...CHART} />
      </Cell>
      <SummaryCells summary={lastHour} />
      <Cell column="failures" end>
        {row.type === "target" && <Failures target={row.target} />}
      </Cell>
      <Cell column="use" className="connector-use">
        <Meter
          label="Calls at once"
          text={bulkheadText(bulkhead)}
          share={bulkhead.active / Math.max(1, bulkhead.maxConcurrent)}
          full={bulkhead.queued > 0}
        />
        {row.type === "target" && row.target.rateLimit !== null && <RateMeter limit={row.target.rateLimit} />}
      </Cell>
      <Cell column="letters" end>
        {deadLetters === null || deadLetters === 0 ? (
          <span className="nothing">{deadLetters ?? "–"}</span>
        ) : (
          <button
            type="button"
            className="link"
            tabIndex={-1}
            onClick={() => showLettersOf(connector, row.type === "target" ? row.target.target : null)}
          >
            {formatCount(deadLetters)}
          </button>
        )}
      </Cell>
    </>
  );
}

const lastErrorOf = ({ lastError }: ConnectorTarget): string | undefined =>
  lastError === null ? undefined : `Last error: ${visibleLine(lastError.message)}`;

function SummaryCells({ summary }: { readonly summary: CallSummary }): ReactNode {
  const { calls, errors, errorRate, p50Ms, p95Ms, p99Ms } = summary;
  const classes = errorsText(errors);
  return (
    <>
      <Cell column="calls" end>
        {calls === 0 ? <span className="nothing">0</span> : formatCount(calls)}
      </Cell>
      <Cell column="errors" end className={errorRate > 0 ? "connector-errors" : ""} title={classes || undefined}>
        {errorRateText(summary)}
      </Cell>
      <Cell column="p50" end>
        {latencyText(p50Ms)}
      </Cell>
      <Cell column="p95" end>
        {latencyText(p95Ms)}
      </Cell>
      <Cell column="p99" end>
        {latencyText(p99Ms)}
      </Cell>
    </>
  );
}

const Failures = ({ target: { failures, failuresToOpen } }: { readonly target: ConnectorTarget }): ReactNode => (
  <span className={failures === 0 ? "nothing" : ""} title={`${failuresToOpen} open the breaker`}>
    {failures} of {failuresToOpen}
  </span>
);

export function RateMeter({ limit }: { readonly limit: NonNullable<ConnectorTarget["rateLimit"]> }): ReactNode {
  const { perSecond, burst, tokens } = limit;
  const waiting = tokens < 0 ? `, ${formatCount(Math.ceil(-tokens))} waiting` : "";
  const text = `${formatCount(Math.max(0, Math.floor(tokens)))} of ${formatCount(burst)} calls free at once${waiting}; ${perSecond} a second`;
  return <Meter label="Rate limit" text={text} share={limitUse(limit)} full={tokens < 0} />;
}
