/** Writes a note at a time, from wherever the person is: a floating sheet that leaves the timeline in sight. */
import { Dialog } from "@base-ui/react/dialog";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { SEVERITIES, type Severity } from "../../shared/model/severity.ts";
import { asFailure } from "../../shared/failure.ts";
import { call } from "../bridge.ts";
import { useRegistered, type Command } from "../commands/registry.ts";
import { civil } from "../../shared/text/time.ts";
import { offsetLabel } from "../../shared/text/zone.ts";
import { useCase } from "../state/case.ts";
import { focusOn } from "../state/focus.ts";
import { useQuery } from "../state/query.ts";
import { Button } from "../ui/button.tsx";
import { Keycaps } from "../ui/keycaps.tsx";
import { SeverityMark } from "../ui/severity.tsx";
import { newNote, readDraft, type Draft } from "./note.ts";
import { canPin, pinFocus } from "./pin.ts";
import { PlaceInReport } from "./place-in-report.tsx";
import { copyReport, saveReport } from "./save-report.ts";
import { abandon, changeDraft, stopEditing, useNotes, writeNote, type Editing } from "./store.ts";
import "./notes.css";

const commands: readonly Command[] = [
  { id: "note.add", title: "Add a note at this time", group: "Timeline", keys: ["n"], run: () => writeNote() },
  {
    id: "note.pin",
    title: "Pin what is selected to the notes",
    group: "List",
    keys: ["p"],
    when: canPin,
    run: pinFocus,
  },
  {
    id: "report.save",
    title: "Save a report of the incident…",
    group: "Case",
    run: () => saveReport(),
  },
  {
    id: "report.save-html",
    title: "Save a report of the incident as a web page, for printing too…",
    group: "Case",
    run: () => saveReport("html"),
  },
  { id: "report.copy", title: "Copy a report of the incident", group: "Case", run: copyReport },
];

export function NoteEditor(): ReactNode {
  useRegistered(commands);
  const file = useCase((state) => state.info?.file);
  // Another case has other notes.
  const editing = useNotes((state) => (state.editing?.file === file ? state.editing : null));
  return (
    <Dialog.Root
      open={editing !== null}
      modal={false}
      disablePointerDismissal
      onOpenChange={(open) => {
        if (!open) abandon();
      }}
    >
      <Dialog.Portal>
        <Dialog.Popup className="note-editor">
          {editing !== null && <Form key={editing.note?.id ?? "new"} editing={editing} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface Problem {
  readonly field: "text" | "time" | "engine";
  readonly message: string;
}

function Form({ editing }: { readonly editing: Editing }): ReactNode {
  const { draft } = editing;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const time = useRef<HTMLInputElement>(null);
  const id = useId();
  const services = useQuery("services", () => call("filter.values", { field: "service", prefix: "", limit: 100 })).data;
  useEffect(() => {
    const before = document.activeElement;
    text.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const change = (part: Partial<Draft>): void => {
    changeDraft(part);
    setProblem(null);
  };

  const save = async (): Promise<void> => {
    const read = readDraft(draft, editing.zone, editing.day);
    if (!read.ok) {
      setProblem(read);
      (read.field === "text" ? text : time).current?.focus();
      return;
    }
    setSaving(true);
    try {
      const saved =
        editing.note === null
          ? await call("events.create", { event: newNote(read.note, crypto.randomUUID()) })
          : await call("events.update", { id: editing.note.id, change: read.note });
      stopEditing();
      focusOn({ type: "event", id: saved.id }, saved.time);
    } catch (thrown) {
      setProblem({ field: "engine", message: asFailure(thrown).message });
      setSaving(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!saving) void save();
  };
  return (
    <form
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Dialog.Title className="note-heading">{editing.note === null ? "New note" : "Edit note"}</Dialog.Title>
      <textarea
        ref={text}
        className="field note-text"
        aria-label="Text"
        aria-invalid={problem?.field === "text"}
        placeholder="What happened, or what you think"
        rows={4}
        value={draft.text}
        onChange={(event) => change({ text: event.target.value })}
      />
      <div className="note-fields">
        <label htmlFor={`${id}-time`}>Time</label>
        <span className="note-time">
          <input
            ref={time}
            id={`${id}-time`}
            className="field mono"
            aria-invalid={problem?.field === "time"}
            value={draft.time}
            onChange={(event) => change({ time: event.target.value })}
          />
          <span className="quiet">{offsetLabel(civil(editing.day, editing.zone).offset)}</span>
        </span>
        <span id={`${id}-severity`}>Severity</span>
        <SeverityChoice id={id} value={draft.severity} onChange={(severity) => change({ severity })} />
        <label htmlFor={`${id}-service`}>Service</label>
        <input
          id={`${id}-service`}
          className="field"
          list={`${id}-services`}
          placeholder="None"
          value={draft.service}
          onChange={(event) => change({ service: event.target.value })}
        />
        <datalist id={`${id}-services`}>
          {services?.map(({ value }) => (
            <option key={value} value={value} />
          ))}
        </datalist>
        <label htmlFor={`${id}-tags`}>Tags</label>
        <input
          id={`${id}-tags`}
          className="field"
          placeholder="Separated by commas"
          value={draft.tags}
          onChange={(event) => change({ tags: event.target.value })}
        />
        <span>Report</span>
        <PlaceInReport tags={draft.tags} onChange={(tags) => change({ tags })} />
      </div>
      {problem !== null && (
        <p className="note-problem" role="alert">
          {problem.message}
        </p>
      )}
      <div className="note-buttons">
        <Keycaps binding="$mod+Enter" />
        <span className="spacer" />
        <Button onClick={abandon}>Cancel</Button>
        <Button tone="primary" type="submit" disabled={saving}>
          Save
        </Button>
      </div>
    </form>
  );
}

interface SeverityChoiceProps {
  readonly id: string;
  readonly value: Severity;
  readonly onChange: (severity: Severity) => void;
}

function SeverityChoice({ id, value, onChange }: SeverityChoiceProps): ReactNode {
  return (
    <span className="severity-choice" role="radiogroup" aria-labelledby={`${id}-severity`}>
      {SEVERITIES.map((severity) => (
        <label key={severity}>
          <input
            type="radio"
            className="visually-hidden"
            name={`${id}-severity`}
            value={severity}
            checked={severity === value}
            onChange={() => onChange(severity)}
          />
          <SeverityMark severity={severity} label="name" />
        </label>
      ))}
    </span>
  );
}
