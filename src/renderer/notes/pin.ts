/** Keeps a piece of evidence: a note at its time that says what it says and leads back to it. */
import type { CallOutput, RecordDetail } from "../../shared/contract.ts";
import { SEVERITY_OF_LEVEL } from "../../shared/model/level.ts";
import { unitOf } from "../../shared/model/metric-unit.ts";
import { asFailure, FailureError } from "../../shared/failure.ts";
import { placeText } from "../anomalies/words.ts";
import { call } from "../bridge.ts";
import { formatWithUnit } from "../format/unit.ts";
import { fileName } from "../../shared/text/path.ts";
import { useFocus, type Focus } from "../state/focus.ts";
import { inThisCase } from "../state/in-this-case.ts";
import { showView } from "../state/layout.ts";
import { attempt, notify, undoing } from "../state/notices.ts";
import { newNote, type NewNote } from "./note.ts";

type Event = NonNullable<CallOutput<"events.get">>;
type Anomaly = CallOutput<"anomalies.list">[number];

const TAG = "pinned";
/** A title is one line of a list. */
const MOST_TITLE = 300;

const titleOf = (text: string): string => {
  const line = text.split(/\r?\n/u).find((part) => part.trim() !== "") ?? "Without a message";
  return line.length > MOST_TITLE ? `${line.slice(0, MOST_TITLE)}…` : line;
};

/** @param time that of the record, which a note needs. */
export function pinOfRecord(record: RecordDetail, time: number): NewNote {
  const { ref, level, service, message, path, line, traceId, spanId, requestId, correlationId } = record;
  const sourceId = Number(/^s(\d+):/u.exec(ref)?.[1] ?? 0);
  const note = newNote(
    {
      time,
      severity: SEVERITY_OF_LEVEL[level] ?? "LOW",
      service,
      title: titleOf(message),
      description: `${fileName(path)}:${line}`,
      tags: [TAG],
    },
    `pin ${ref}`,
  );
  const reference = { sourceId, offset: record.offset, length: record.length, record: ref };
  return { ...note, traceId, spanId, requestId, correlationId, reference };
}

export function pinOfEvent(event: Event): NewNote {
  const { id: _, ...rest } = event;
  return {
    ...rest,
    source: "MANUAL",
    kind: "note",
    title: titleOf(event.title),
    tags: [...new Set([...event.tags, TAG])],
    confidence: 1,
    fingerprint: `pin ${event.fingerprint}`,
  };
}

function pinOfAnomaly(anomaly: Anomaly): NewNote {
  const unit = unitOf(anomaly.series);
  const { time, severity, service, series, peakValue, fingerprint } = anomaly;
  const title = `${series} peaked at ${formatWithUnit(peakValue, unit)}, ${placeText(peakValue, anomaly, unit)}`;
  return newNote(
    { time, severity, service, title: titleOf(title), description: "", tags: [TAG] },
    `pin ${fingerprint}`,
  );
}

/** Null for what cannot be pinned, or is gone. */
export async function pinOf(focus: Focus): Promise<NewNote | null> {
  if (focus.type === "record") {
    const record = await call("records.detail", { ref: focus.ref });
    if (record.time !== null) return pinOfRecord(record, record.time);
    throw new FailureError(
      "no-time",
      "The record has no time, so it has no place among the notes. Write a note of it.",
    );
  }
  if (focus.type === "event") {
    const event = await call("events.get", { id: focus.id });
    return event === null ? null : pinOfEvent(event);
  }
  if (focus.type !== "anomaly") return null;
  const anomalies = await call("anomalies.list", { from: null, to: null });
  const anomaly = anomalies.find(({ id }) => id === focus.id);
  return anomaly === undefined ? null : pinOfAnomaly(anomaly);
}

export const canPin = (): boolean => ["record", "event", "anomaly"].includes(useFocus.getState().focus?.type ?? "");

const toNotes = { title: "Show the notes", run: () => showView("notes") };

/** Pins what is selected, in any view. */
export function pinFocus(): void {
  attempt(async () => {
    const { focus } = useFocus.getState();
    const pin = focus === null ? null : await pinOf(focus);
    if (pin === null) return;
    try {
      const { id } = await call("events.create", { event: pin });
      const undo = inThisCase(() => attempt(() => call("events.delete", { id })));
      notify("info", `Pinned to the notes: ${pin.title}`, undoing(undo));
    } catch (thrown) {
      if (asFailure(thrown).reason !== "exists") throw thrown;
      notify("info", "This is pinned to the notes already.", toNotes);
    }
  });
}
