/** The listed dead letters, one a row, with where each stands in its source. */
import { Check, Pencil } from "lucide-react";
import { useCallback, useMemo, type KeyboardEvent, type ReactNode } from "react";
import { formatBytes, formatCount } from "../../shared/text/number.ts";
import { formatClock, formatMoment } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { useCommonFolder } from "../sources/folder.ts";
import { useFocus } from "../state/focus.ts";
import { attempt } from "../state/notices.ts";
import { useZone } from "../state/zone.ts";
import { Cell, DataGrid, type Column } from "../ui/data-grid.tsx";
import { MiddlePath } from "../ui/middle-path.tsx";
import type { RowRange } from "../ui/scroller.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { editLetter } from "./draft.ts";
import { type Letter, letterAt, type Letters, rowOf } from "./letters.ts";
import { clearMarks, useMarked } from "./marked.ts";
import { letterMenu } from "./menu.ts";
import { goTo, markRow, useLetters, wantRows } from "./store.ts";
import { reasonWords } from "./words.ts";

const COLUMNS: readonly Column[] = [
  { id: "mark", title: "" },
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

export function LetterTable({ letters }: { readonly letters: Letters }): ReactNode {
  const zone = useZone((state) => state.zone);
  const focused = useFocus(({ focus }) => (focus?.type === "dead-letter" ? focus.id : null));
  const folder = useCommonFolder();
  const known = useMemo(() => (focused === null ? -1 : rowOf(letters, focused)), [letters, focused]);
  const awaited = useLetters((state) => state.awaited);
  const cursor = awaited ?? known;
  const marked = useMarked((state) => state.ids);
  const mark = (index: number, range: boolean): void => attempt(() => markRow(index, range));
  const onKey = (event: KeyboardEvent, index: number): boolean => {
    if (event.key === " ") mark(index, event.shiftKey);
    else if (event.key === "Escape" && marked.size > 0) clearMarks();
    else return false;
    return true;
  };
  const onRows = useCallback(({ first, end }: RowRange) => wantRows({ first: first - 20, end: end + 20 }), []);
  return (
    <DataGrid
      label="Dead letters"
      className="letter-grid"
      columns={COLUMNS}
      count={letters.total}
      cursor={cursor}
      onCursor={goTo}
      onOpen={(index) => {
        const letter = letterAt(letters, index);
        if (letter !== undefined) editLetter(letter.id);
      }}
      onKey={onKey}
      menuOf={(index) => {
        const letter = letterAt(letters, index);
        return letter === undefined ? [] : letterMenu(letter);
      }}
      onRows={onRows}
      renderCells={(index) => {
        const letter = letterAt(letters, index);
        return letter === undefined ? (
          <WaitingCells />
        ) : (
          <LetterCells
            letter={letter}
            zone={zone}
            folder={folder}
            marked={marked.has(letter.id)}
            onMark={(range) => mark(index, range)}
          />
        );
      }}
    />
  );
}

interface LetterCellsProps {
  readonly letter: Letter;
  readonly zone: string;
  /** The folder that all sources lie in. */
  readonly folder: string;
  readonly marked: boolean;
  readonly onMark: (range: boolean) => void;
}

function LetterCells({ letter, zone, folder, marked, onMark }: LetterCellsProps): ReactNode {
  const message = visibleLine(letter.message);
  return (
    <>
      <Cell column="mark">
        <button
          type="button"
          role="checkbox"
          className="mark-box"
          tabIndex={-1}
          aria-checked={marked}
          aria-label="Marked"
          title="Mark (x); with Shift all from the last mark to here"
          onClick={(event) => onMark(event.shiftKey)}
        >
          {marked && <Check size={11} strokeWidth={3} aria-hidden />}
        </button>
      </Cell>
      <Cell column="reason">
        {letter.edited && <Pencil size={11} className="letter-edited-mark" aria-label="Edited" />}
        {reasonWords(letter.reason)}
      </Cell>
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
      <Cell column="mark" />
      <Cell column="reason">
        <Skeleton width={80} />
      </Cell>
      <Cell column="message">
        <Skeleton width="60%" />
      </Cell>
    </>
  );
}
