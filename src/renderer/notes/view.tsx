/** What people wrote down during the incident, in time order. */
import { Copy, FileDown, NotebookPen, Pencil, Plus, Trash2 } from "lucide-react";
import { useCallback, useMemo, type KeyboardEvent, type ReactNode } from "react";
import { call } from "../bridge.ts";
import { DURATION } from "../../shared/text/duration.ts";
import { formatCountOf } from "../../shared/text/number.ts";
import { formatClock, formatMoment, formatShortDate } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { useCase, useRevision } from "../state/case.ts";
import { focusOn, locate, useFocus } from "../state/focus.ts";
import { useQuery } from "../state/query.ts";
import { goTo, listedRange, useSelection } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { Cell, DataGrid, type Column } from "../ui/data-grid.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Keycaps } from "../ui/keycaps.tsx";
import { SeverityMark } from "../ui/severity.tsx";
import { FailedState } from "../ui/failed-state.tsx";
import { SkeletonLines } from "../ui/skeleton.tsx";
import { decisionsIn } from "../../shared/report/decisions.ts";
import { readNotes } from "../../shared/report/notes.ts";
import { noteMenu } from "./menu.ts";
import type { Note } from "./note.ts";
import { copyReport, saveReport } from "./save-report.ts";
import { deleteNote, editNote, writeNote } from "./store.ts";
import "./notes.css";

const COLUMNS: readonly Column[] = [
  { id: "time", title: "Time" },
  { id: "severity", title: "Severity" },
  { id: "service", title: "Service" },
  { id: "text", title: "Note" },
  { id: "tags", title: "Tags" },
  { id: "actions", title: "" },
];

export function NotesView(): ReactNode {
  const revision = useRevision();
  const file = useCase((state) => state.info?.file ?? "");
  const { data, failure, retry } = useQuery(`${file}|${revision ?? ""}`, () =>
    readNotes((input) => call("events.list", input)),
  );
  if (data === null) {
    if (failure === null) return <SkeletonLines count={6} />;
    return <FailedState title="The notes could not be read" failure={failure} retry={retry} />;
  }
  if (data.length === 0) return <NoNotes />;
  return (
    <section className="notes" aria-label="Notes">
      <header className="notes-header">
        <strong>{formatCountOf(data.length, "note")}</strong>
        {failure !== null && <span className="note-problem">{failure.message}</span>}
        <Conclusion notes={data} />
        <span className="spacer" />
        <ReportButtons />
        <Button icon={Plus} onClick={() => writeNote()}>
          Add a note <Keycaps binding="n" />
        </Button>
      </header>
      <NoteTable notes={data} />
    </section>
  );
}

/** What the report will begin with, or where it is decided. */
function Conclusion({ notes }: { readonly notes: readonly Note[] }): ReactNode {
  const cause = [...decisionsIn(notes).values()].find(({ decision }) => decision === "cause");
  return (
    <button type="button" className="link note-conclusion" onClick={() => goTo({ view: "suspects" })}>
      {cause === undefined ? "No cause is concluded yet" : visibleLine(cause.note.title)}
    </button>
  );
}

const ReportButtons = (): ReactNode => (
  <>
    <Button icon={Copy} title="As Markdown, for a wiki, an issue or a chat" onClick={copyReport}>
      Copy the report
    </Button>
    <Button
      icon={FileDown}
      title="As Markdown, as a web page for printing too, or as JSON"
      onClick={() => saveReport()}
    >
      Save the report…
    </Button>
  </>
);

function NoNotes(): ReactNode {
  return (
    <EmptyState
      icon={NotebookPen}
      title="No notes yet"
      actions={
        <>
          <Button tone="primary" icon={Plus} data-main onClick={() => writeNote()}>
            Add a note
          </Button>
          <ReportButtons />
        </>
      }
    >
      What you see, decide or do during the incident stands on the timeline beside the data. Press{" "}
      <Keycaps binding="n" /> in any view to write one at the time under the pointer, and <Keycaps binding="p" /> to pin
      the selected record as evidence. In Suspects, <Keycaps binding="c" /> and <Keycaps binding="x" /> keep what you
      conclude. The report tells it all, with the file and line of every piece of evidence.
    </EmptyState>
  );
}

function NoteTable({ notes }: { readonly notes: readonly Note[] }): ReactNode {
  const zone = useZone((state) => state.zone);
  const focused = useFocus(({ focus }) => (focus?.type === "event" ? focus.id : null));
  const cursor = useMemo(() => notes.findIndex(({ id }) => id === focused), [notes, focused]);
  const dated = (notes.at(-1)?.time ?? 0) - (notes[0]?.time ?? 0) > DURATION.day;
  const onCursor = useCallback(
    (index: number) => {
      const note = notes[index];
      if (note !== undefined) focusOn({ type: "event", id: note.id }, note.time);
    },
    [notes],
  );
  const withNote = (index: number, act: (note: Note) => void): void => {
    const note = notes[index];
    if (note !== undefined) act(note);
  };
  return (
    <DataGrid
      label="Notes"
      className="note-grid"
      columns={COLUMNS}
      count={notes.length}
      cursor={cursor}
      onCursor={onCursor}
      onOpen={(index) => withNote(index, editNote)}
      menuOf={(index) => {
        const note = notes[index];
        return note === undefined ? [] : noteMenu(note);
      }}
      onKey={(event: KeyboardEvent, index) => {
        if (event.key !== "Delete") return false;
        withNote(index, deleteNote);
        return true;
      }}
      renderCells={(index) => {
        const note = notes[index];
        return note === undefined ? null : <NoteCells note={note} zone={zone} dated={dated} />;
      }}
    />
  );
}

interface NoteCellsProps {
  readonly note: Note;
  readonly zone: string;
  /** Dates too, when the notes are of several days. */
  readonly dated: boolean;
}

function NoteCells({ note, zone, dated }: NoteCellsProps): ReactNode {
  const { time, severity, service, title, description, tags } = note;
  return (
    <>
      <Cell column="time" title={formatMoment(time, zone)}>
        <button type="button" className="link" tabIndex={-1} onClick={() => showOnTimeline(note)}>
          {dated && `${formatShortDate(time, zone)} `}
          {formatClock(time, zone)}
        </button>
      </Cell>
      <Cell column="severity">
        <SeverityMark severity={severity} label="name" />
      </Cell>
      <Cell column="service">{service === null ? <span className="nothing">–</span> : visibleLine(service)}</Cell>
      <Cell column="text" title={visibleLine(title)}>
        {visibleLine(title)}
        {description !== "" && <span className="note-more"> {visibleLine(description)}</span>}
      </Cell>
      <Cell column="tags" className="note-tags">
        {tags.map((tag) => (
          <span key={tag} className="tag">
            {visibleLine(tag)}
          </span>
        ))}
      </Cell>
      <Cell column="actions" end className="note-actions">
        <RowButton icon={Pencil} label="Edit this note" onClick={() => editNote(note)} />
        <RowButton icon={Trash2} label="Delete this note" onClick={() => deleteNote(note)} />
      </Cell>
    </>
  );
}

interface RowButtonProps {
  readonly icon: typeof Pencil;
  readonly label: string;
  readonly onClick: () => void;
}

/** On every row: its hint is the browser's own, which costs nothing. The keys of the list do the same. */
const RowButton = ({ icon: Icon, label, onClick }: RowButtonProps): ReactNode => (
  <button type="button" className="icon-button" tabIndex={-1} aria-label={label} title={label} onClick={onClick}>
    <Icon size={13} aria-hidden />
  </button>
);

function showOnTimeline({ id, time }: Note): void {
  const range = listedRange(useSelection.getState());
  const isInSight = range === null || (time >= range.from && time < range.to);
  goTo({ view: "timeline", ...(isInSight ? {} : { window: null, brush: null }) });
  focusOn({ type: "event", id }, time);
  locate({ ref: `e${id}` });
}
