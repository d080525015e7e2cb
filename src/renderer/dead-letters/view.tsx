/** Input that could not become a record: by reason at the left, each one with where it stands at the right. */
import { CircleCheck, MailX } from "lucide-react";
import { useCallback, useEffect, useMemo, type ReactNode } from "react";
import { formatBytes, formatCount, formatCountOf } from "../format/number.ts";
import { formatClock, formatMoment } from "../format/time.ts";
import { fileName } from "../format/path.ts";
import { visibleLine } from "../format/visible.ts";
import { useCommonFolder } from "../sources/folder.ts";
import { Border, Pane, Panes } from "../shell/panes.tsx";
import { useCase } from "../state/case.ts";
import { useFocus } from "../state/focus.ts";
import { useLayout } from "../state/layout.ts";
import { showView } from "../state/layout.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { Cell, DataGrid, type Column } from "../ui/data-grid.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { MiddlePath } from "../ui/middle-path.tsx";
import { Picker } from "../ui/picker.tsx";
import type { RowRange } from "../ui/scroller.ts";
import { Skeleton, SkeletonLines } from "../ui/skeleton.tsx";
import { filterDeadLetters, useDeadLetterFilter } from "./filter.ts";
import type { Letter, Letters } from "./letters.ts";
import { followLetters, goTo, retryLetters, useLetters, wantRows } from "./store.ts";
import { reasonWords } from "./words.ts";
import "./dead-letters.css";

const COLUMNS: readonly Column[] = [
  { id: "reason", title: "Reason" },
  { id: "message", title: "What is wrong" },
  { id: "source", title: "Source" },
  { id: "line", title: "Line", end: true },
  { id: "offset", title: "Offset", end: true, hint: "Bytes from the beginning of the source, after decompression" },
  { id: "length", title: "Bytes", end: true },
  { id: "attempts", title: "Attempts", end: true, hint: "How often it was tried to read it" },
  { id: "first", title: "First met" },
  { id: "last", title: "Last tried" },
];

export function DeadLettersView(): ReactNode {
  useEffect(followLetters, []);
  const { letters, failure } = useLetters();
  const filtered = useDeadLetterFilter(({ sourceId, reason }) => sourceId !== null || reason !== null);
  if (letters === null) {
    if (failure === null) return <SkeletonLines count={10} />;
    return (
      <EmptyState
        icon={MailX}
        title="The dead letters could not be read"
        actions={<Button onClick={retryLetters}>Try again</Button>}
      >
        {failure.message}
      </EmptyState>
    );
  }
  if (letters.total === 0 && !filtered) return <NothingLost />;
  return (
    <Panes id="dead-letters" across>
      <Pane id="dead-letter-reasons" label="Reasons" size={184} least={140} fixed>
        <Reasons letters={letters} />
      </Pane>
      <Border across />
      <Pane id="dead-letter-list" label="Dead letters" least={320}>
        <ListHeader letters={letters} />
        {letters.total === 0 ? <NoneHere /> : <LetterTable letters={letters} />}
      </Pane>
    </Panes>
  );
}

function NothingLost(): ReactNode {
  const reading = useCase(({ info }) => (info?.reading ?? 0) > 0);
  return (
    <EmptyState
      icon={CircleCheck}
      title={reading ? "Nothing was lost so far" : "Nothing was lost"}
      actions={<Button onClick={() => showView("sources")}>Show the accounting</Button>}
    >
      Every unit read became a record or was skipped for a stated reason.
    </EmptyState>
  );
}

function NoneHere(): ReactNode {
  return (
    <EmptyState
      icon={CircleCheck}
      title="No dead letters here"
      actions={
        <Button onClick={() => filterDeadLetters({ sourceId: null, reason: null })}>Show all dead letters</Button>
      }
    >
      Every unit of this source became a record or was skipped for a stated reason.
    </EmptyState>
  );
}

function Reasons({ letters }: { readonly letters: Letters }): ReactNode {
  const reason = useDeadLetterFilter((state) => state.reason);
  const all = letters.reasons.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="reasons">
      <div className="pane-title">Reasons</div>
      <ul>
        <ReasonRow
          title="All"
          count={all}
          share={1}
          chosen={reason === null}
          onChoose={() => filterDeadLetters({ reason: null })}
        />
        {letters.reasons.map((one) => (
          <ReasonRow
            key={one.reason}
            title={reasonWords(one.reason)}
            count={one.count}
            share={all === 0 ? 0 : one.count / all}
            chosen={reason === one.reason}
            onChoose={() => filterDeadLetters({ reason: reason === one.reason ? null : one.reason })}
          />
        ))}
      </ul>
    </div>
  );
}

interface ReasonRowProps {
  readonly title: string;
  readonly count: number;
  /** 0–1 of all that are listed. */
  readonly share: number;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function ReasonRow({ title, count, share, chosen, onChoose }: ReasonRowProps): ReactNode {
  return (
    <li>
      <button type="button" className="reason" aria-pressed={chosen} onClick={onChoose}>
        <span className="reason-share" style={{ width: `${share * 100}%` }} aria-hidden />
        <span className="reason-title">{title}</span>
        <span className="reason-count">{formatCount(count)}</span>
      </button>
    </li>
  );
}

function ListHeader({ letters }: { readonly letters: Letters }): ReactNode {
  const sourceId = useDeadLetterFilter((state) => state.sourceId);
  const failure = useLetters((state) => state.failure);
  const sources = useCase((state) => state.sources);
  const chosen = sources.find(({ id }) => id === sourceId);
  const choices = (typed: string): readonly { id: string; title: string; aside?: string }[] => {
    const wanted = typed.trim().toLowerCase();
    const found = sources
      .filter(
        ({ deadLetters, id, path }) => (deadLetters > 0 || id === sourceId) && path.toLowerCase().includes(wanted),
      )
      .map(({ id, path, deadLetters }) => ({ id: String(id), title: fileName(path), aside: formatCount(deadLetters) }));
    return wanted === "" ? [{ id: "", title: "All sources" }, ...found] : found;
  };
  return (
    <header className="letters-header">
      <strong>{formatCountOf(letters.total, "dead letter")}</strong>
      <Picker
        label="Source of the dead letters"
        shown={chosen === undefined ? "All sources" : visibleLine(fileName(chosen.path))}
        placeholder="Source"
        value={sourceId === null ? "" : String(sourceId)}
        choices={choices}
        onChoose={(id) => filterDeadLetters({ sourceId: id === "" ? null : Number(id) })}
      />
      {failure !== null && (
        <span className="failure" role="alert">
          {failure.message}{" "}
          <button type="button" className="link" onClick={retryLetters}>
            Try again
          </button>
        </span>
      )}
    </header>
  );
}

function LetterTable({ letters }: { readonly letters: Letters }): ReactNode {
  const zone = useZone((state) => state.zone);
  const focused = useFocus(({ focus }) => (focus?.type === "dead-letter" ? focus.id : null));
  const folder = useCommonFolder();
  const { rows } = letters;
  const known = useMemo(() => rows.findIndex(({ id }) => id === focused), [rows, focused]);
  const awaited = useLetters((state) => state.awaited);
  const cursor = awaited ?? known;
  const onRows = useCallback(({ end }: RowRange) => wantRows(end + 20), []);
  return (
    <DataGrid
      label="Dead letters"
      className="letter-grid"
      columns={COLUMNS}
      count={letters.total}
      cursor={cursor}
      onCursor={goTo}
      onOpen={openDetail}
      onRows={onRows}
      renderCells={(index) => {
        const letter = rows[index];
        return letter === undefined ? <WaitingCells /> : <LetterCells letter={letter} zone={zone} folder={folder} />;
      }}
    />
  );
}

interface LetterCellsProps {
  readonly letter: Letter;
  readonly zone: string;
  /** The folder that all sources lie in. */
  readonly folder: string;
}

function LetterCells({ letter, zone, folder }: LetterCellsProps): ReactNode {
  const message = visibleLine(letter.message);
  return (
    <>
      <Cell column="reason">{reasonWords(letter.reason)}</Cell>
      <Cell column="message" title={message}>
        {message}
      </Cell>
      <Cell column="source">
        <MiddlePath path={letter.path} without={folder} />
      </Cell>
      <Cell column="line" end>
        {formatCount(letter.line)}
      </Cell>
      <Cell column="offset" end>
        {formatCount(letter.offset)}
      </Cell>
      <Cell column="length" end title={formatBytes(letter.length)}>
        {formatCount(letter.length)}
      </Cell>
      <Cell column="attempts" end>
        {formatCount(letter.attempts)}
      </Cell>
      <Cell column="first" title={formatMoment(letter.firstAt, zone)}>
        {formatClock(letter.firstAt, zone, 0)}
      </Cell>
      <Cell column="last" title={formatMoment(letter.lastAt, zone)}>
        {formatClock(letter.lastAt, zone, 0)}
      </Cell>
    </>
  );
}

function WaitingCells(): ReactNode {
  return (
    <>
      <Cell column="reason">
        <Skeleton width={80} />
      </Cell>
      <Cell column="message">
        <Skeleton width="60%" />
      </Cell>
    </>
  );
}

function openDetail(): void {
  useLayout.setState({ detailOpen: true });
  requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-pane=detail] [data-main]")?.focus());
}
