/** What changed between two windows, or what sets a selection apart: one ranked list of differences of every kind. */
import { ArrowLeftRight, CircleAlert, GitCompareArrows } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import type { DifferenceRow } from "../../shared/contract/compare.ts";
import { useRegistered } from "../commands/registry.ts";
import { formatCount, formatCountOf } from "../format/number.ts";
import { formatRange } from "../format/time.ts";
import { visibleLine } from "../format/visible.ts";
import { useCase } from "../state/case.ts";
import { useSelection } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { Cell, DataGrid, type Column } from "../ui/data-grid.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { listCommands } from "./commands.ts";
import { Evidence } from "./evidence.tsx";
import { barsOf, changeText, KIND_NAMES, KINDS, valueText } from "./figures.ts";
import {
  ask,
  refresh,
  rowsOf,
  showKind,
  swap,
  takeBrush,
  useComparison,
  type Comparison,
  type Question,
} from "./store.ts";
import { openRow } from "./ways.ts";
import "./compare.css";

export function CompareView(): ReactNode {
  useRegistered(listCommands);
  const { answer, failure, working, asked } = useComparison();
  const revision = useCase(({ info }) =>
    info === null || info.reading > 0 || info.analysing ? null : `${info.file} ${info.revision}`,
  );
  useEffect(() => {
    if (revision !== null) refresh();
  }, [revision]);
  if (answer === null || asked === null) {
    if (failure === null || working) {
      return (
        <div className="comparison-waiting">
          <p role="status">{revision === null ? "Compared as soon as everything is read." : "Comparing…"}</p>
          <SkeletonLines count={14} />
        </div>
      );
    }
    return (
      <EmptyState
        icon={CircleAlert}
        title="The windows could not be compared"
        actions={<Button onClick={refresh}>Try again</Button>}
      >
        {failure.message}
      </EmptyState>
    );
  }
  return (
    <section className="comparison" aria-label="Differences" aria-busy={working}>
      <Header answer={answer} asked={asked} working={working} />
      {failure !== null && (
        <p className="comparison-note" role="alert">
          {failure.message}
        </p>
      )}
      {answer.notes.map((note) => (
        <p key={note} className="comparison-note second">
          {note}
        </p>
      ))}
      <Differences answer={answer} />
    </section>
  );
}

const AGAINST: readonly (readonly [Question["against"], string, string])[] = [
  ["same", "the same", "A holds the records of its window that match the filter too"],
  ["rest", "the rest", "A holds everything of its window that is not in B"],
  ["all", "everything", "A holds every record of its window"],
];

function Header({
  answer,
  asked,
  working,
}: {
  readonly answer: Comparison;
  readonly asked: Question;
  readonly working: boolean;
}): ReactNode {
  const question = useComparison((state) => state.question);
  return (
    <header className="comparison-header">
      <div className="comparison-windows">
        <WindowOf side="a" of={answer.a} title="A, how it was" />
        <Button tone="quiet" icon={ArrowLeftRight} onClick={swap} title="Swap A and B (x)">
          Swap
        </Button>
        <WindowOf side="b" of={answer.b} title="B, what is asked about" />
        <span className="spacer" />
        <span className="second" role="status">
          {working
            ? "Comparing…"
            : `${formatCount(answer.found)} of ${formatCountOf(answer.tested, "comparison")} differ`}
        </span>
      </div>
      <Strip answer={answer} />
      <div className="comparison-choices">
        <span className="comparison-group" role="group" aria-label="B against">
          <span className="second">B against</span>
          {AGAINST.map(([against, title, about]) => (
            <button
              key={against}
              type="button"
              className="comparison-choice"
              aria-pressed={asked.against === against}
              title={about}
              onClick={() => ask({ ...asked, against })}
            >
              {title}
            </button>
          ))}
        </span>
        {asked.filter !== "" && (
          <span className="comparison-filter" title="The filter that B was asked with">
            <code>{asked.filter}</code>
            <Button tone="quiet" onClick={() => ask({ ...asked, filter: "", against: "same" })}>
              Without filter
            </Button>
          </span>
        )}
        {question !== null && <Button onClick={() => ask(null)}>Before and after the onset</Button>}
        <span className="spacer" />
        <KindChoice answer={answer} />
      </div>
    </header>
  );
}

function WindowOf({
  side,
  of,
  title,
}: {
  readonly side: "a" | "b";
  readonly of: Comparison["a"];
  readonly title: string;
}): ReactNode {
  const zone = useZone((state) => state.zone);
  const hasBrush = useSelection((state) => state.brush !== null);
  return (
    <span className="comparison-window" data-side={side}>
      <span className="comparison-mark" aria-hidden>
        {side.toUpperCase()}
      </span>
      <span>
        <span className="selectable mono" title={title}>
          {of.to > of.from ? formatRange(of.from, of.to, zone) : "no time"}
        </span>
        <span className="second">
          {formatCountOf(of.records, "record")}
          {of.samples > 0 && `, ${formatCountOf(of.samples, "sample")}`}
        </span>
      </span>
      {hasBrush && (
        <Button tone="quiet" onClick={() => takeBrush(side)} title="Takes the range that is selected on the timeline">
          Set
        </Button>
      )}
    </span>
  );
}

/** Where both windows lie in the time of the case. */
function Strip({ answer }: { readonly answer: Comparison }): ReactNode {
  const from = useCase((state) => state.info?.from ?? 0);
  const to = useCase((state) => state.info?.to ?? 0);
  const share = (time: number): number =>
    to > from ? Math.min(100, Math.max(0, ((time - from) / (to - from)) * 100)) : 0;
  return (
    <div className="comparison-strip" aria-hidden>
      {(["a", "b"] as const).map((side) => (
        <span
          key={side}
          data-side={side}
          style={{ left: `${share(answer[side].from)}%`, right: `${100 - share(answer[side].to)}%` }}
        />
      ))}
    </div>
  );
}

function KindChoice({ answer }: { readonly answer: Comparison }): ReactNode {
  const hidden = useComparison((state) => state.hidden);
  const counts = KINDS.map((kind) => [kind, answer.differences.filter((row) => row.kind === kind).length] as const);
  return (
    <span className="comparison-group" role="group" aria-label="Kinds that are shown">
      {counts
        .filter(([, count]) => count > 0)
        .map(([kind, count]) => (
          <button
            key={kind}
            type="button"
            className="comparison-choice"
            aria-pressed={!hidden.includes(kind)}
            onClick={() => showKind(kind)}
          >
            {KIND_NAMES[kind][1]} <span className="second">{formatCount(count)}</span>
          </button>
        ))}
    </span>
  );
}

const COLUMNS: readonly Column[] = [
  { id: "kind", title: "Kind" },
  { id: "what", title: "What differs" },
  { id: "a", title: "A", end: true, hint: "How it was" },
  { id: "bars", title: "" },
  { id: "b", title: "B", hint: "What is asked about" },
  { id: "change", title: "Change", end: true },
  { id: "score", title: "Score", end: true, hint: "Doublings of the odds that are certain, weighed by gravity" },
];

function Differences({ answer }: { readonly answer: Comparison }): ReactNode {
  const state = useComparison();
  const rows = rowsOf(state);
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={GitCompareArrows}
        title={answer.found === 0 ? "Nothing differs for certain" : "All kinds are hidden"}
      >
        {answer.found === 0
          ? "What differs between the windows may be chance. Select longer ranges on the timeline, or other ones."
          : "Switch on a kind above."}
      </EmptyState>
    );
  }
  const cursor = Math.min(state.cursor, rows.length - 1);
  return (
    <>
      <DataGrid
        label="Differences, what differs most for certain first"
        className="comparison-grid"
        columns={COLUMNS}
        count={rows.length}
        cursor={cursor}
        onCursor={(next) => useComparison.setState({ cursor: next })}
        onOpen={(index) => {
          const row = rows[index];
          if (row !== undefined) openRow(row);
        }}
        renderCells={(index) => <Cells row={rows[index]} />}
      />
      <Evidence row={rows[Math.max(0, cursor)]} />
    </>
  );
}

function nameOf({ kind, field, name }: DifferenceRow): ReactNode {
  if (field === null) return visibleLine(name);
  return (
    <>
      <span className="second">{visibleLine(field)}</span>
      {kind === "attribute" ? " = " : " "}
      {visibleLine(name)}
    </>
  );
}

function Cells({ row }: { readonly row: DifferenceRow | undefined }): ReactNode {
  if (row === undefined) return null;
  const [a, b] = barsOf(row);
  const isGrave = row.level >= 5 && row.doublings > 0;
  return (
    <>
      <Cell column="kind" className="second">
        {row.measure === "p50" || row.measure === "p95" ? row.measure : KIND_NAMES[row.kind][0]}
      </Cell>
      <Cell column="what" className={isGrave ? "comparison-grave" : ""} title={row.text}>
        {nameOf(row)}
      </Cell>
      <Cell column="a" end title={formatCount(row.a.count)}>
        {valueText(row, row.a)}
      </Cell>
      <Cell column="bars">
        <span className="comparison-bars" aria-hidden>
          <span data-side="a" style={{ width: `${a * 100}%` }} />
          <span data-side="b" style={{ width: `${b * 100}%` }} />
        </span>
      </Cell>
      <Cell column="b" title={formatCount(row.b.count)}>
        {valueText(row, row.b)}
      </Cell>
      <Cell column="change" end>
        {changeText(row)}
      </Cell>
      <Cell column="score" end>
        {row.score.toFixed(1)}
      </Cell>
    </>
  );
}
