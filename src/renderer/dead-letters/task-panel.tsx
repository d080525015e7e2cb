/** The questions before many letters are read otherwise or discarded, above the list that they are about. */
import { Play, Trash2 } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import type { CallOutput } from "../../shared/contract.ts";
import { asFailure } from "../../shared/failure.ts";
import { call } from "../bridge.ts";
import { formatMoment } from "../../shared/text/time.ts";
import { visibleLine } from "../../shared/text/visible.ts";
import { attempt } from "../state/notices.ts";
import { useQuery } from "../state/query.ts";
import { useZone } from "../state/zone.ts";
import { Button } from "../ui/button.tsx";
import { LevelMark } from "../ui/severity.tsx";
import { useDeadLetterFilter } from "./filter.ts";
import { useGroups, type Group } from "./groups.tsx";
import { changesNothing, ReadAsPickers } from "./read-as.tsx";
import { AS_BEFORE, replay, useReplay, type ReadAs } from "./replay.ts";
import { closeTask, discard, useTask } from "./task.ts";
import type { Target } from "./target.ts";

export function TaskPanel(): ReactNode {
  const task = useTask((state) => state.task);
  if (task === null) return null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    closeTask();
  };
  return (
    <section
      className="letters-task"
      aria-label={task.kind === "discard" ? "Discard" : "Read otherwise"}
      onKeyDown={onKeyDown}
    >
      {task.kind === "discard" ? <Discard target={task.target} /> : <ReadOtherwise target={task.target} />}
    </section>
  );
}

/** What letters usually are that nobody needs. */
const USUAL_REASONS = ["not a log line", "duplicate", "not needed"] as const;

function Discard({ target }: { readonly target: Target }): ReactNode {
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const commit = (): void => {
    const why = reason.trim();
    if (why === "" || busy) return;
    setBusy(true);
    attempt(() => discard(target, why).finally(() => setBusy(false)));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        commit();
      }}
    >
      <div className="task-row">
        <label className="task-field">
          Discard {target.words} because
          <input
            className="field"
            ref={input}
            placeholder="reason"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        {USUAL_REASONS.map((one) => (
          <button key={one} type="button" className="chip" onClick={() => setReason(one)}>
            {one}
          </button>
        ))}
      </div>
      <div className="task-row">
        <Button type="submit" tone="primary" icon={Trash2} disabled={reason.trim() === "" || busy}>
          {busy ? "Discarding…" : "Discard"}
        </Button>
        <Button tone="quiet" disabled={busy} onClick={closeTask}>
          Keep
        </Button>
        <span className="second" role={busy ? "status" : undefined}>
          {busy
            ? "All of them or none: many take a while, and nothing else is written meanwhile."
            : target.count === 1
              ? "It leaves the list for good and counts as skipped under this reason. Export it first to be able to take it back."
              : "They leave the list for good and count as skipped under this reason. Export them first to be able to take them back."}
        </span>
      </div>
    </form>
  );
}

const EXAMPLES = 4;

function ReadOtherwise({ target }: { readonly target: Target }): ReactNode {
  const [readAs, setReadAs] = useState<ReadAs>(AS_BEFORE);
  const running = useReplay((state) => state.running !== null);
  const groups = useGroups();
  const reason = useDeadLetterFilter((state) => state.reason);
  const ids = exampleIds(target, groups, reason);
  const key = ids === null ? null : JSON.stringify([ids, readAs]);
  const { data, loading } = useQuery(key, () => Promise.all((ids ?? []).map((id) => tryOne(id, readAs))));
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => row.current?.querySelector("button")?.focus(), []);
  const start = (): void => {
    closeTask();
    attempt(() => replay(target, readAs));
  };
  return (
    <>
      <div className="task-row" ref={row}>
        <span>Read {target.words} as</span>
        <ReadAsPickers readAs={readAs} onChange={setReadAs} />
      </div>
      <table className="task-examples" aria-busy={loading} aria-label="What the first of them become">
        <colgroup>
          <col width={192} />
          <col width={60} />
          <col width={110} />
          <col />
        </colgroup>
        <tbody>
          {(data ?? []).map((trial) => (
            <TrialRow key={trial.id} trial={trial} />
          ))}
        </tbody>
      </table>
      <div className="task-row">
        <Button tone="primary" icon={Play} disabled={running || changesNothing(readAs)} onClick={start}>
          Replay {target.words}
        </Button>
        <Button tone="quiet" onClick={closeTask}>
          Cancel
        </Button>
        <span className="second">
          {changesNothing(readAs)
            ? "Choose what to read them as; the first of them show what comes of it."
            : "Those that fail again stay dead letters."}
        </span>
      </div>
    </>
  );
}

/** Letters that stand for the rest; null while their groups are unknown. */
function exampleIds(
  { choice }: Target,
  groups: readonly Group[] | null,
  reason: string | null,
): readonly number[] | null {
  if (choice.which === "ids") return choice.ids.slice(0, EXAMPLES);
  if (groups === null) return null;
  const meant = groups.filter((group) => reason === null || group.reason === reason);
  // One of each kind says more than several of the first kind.
  const rounds = Math.max(0, ...meant.map(({ examples }) => examples.length));
  const turns = Array.from({ length: rounds }, (_, round) => meant.flatMap(({ examples }) => examples[round] ?? []));
  return turns
    .flat()
    .slice(0, EXAMPLES)
    .map(({ id }) => id);
}

interface Trial {
  readonly id: number;
  readonly preview: CallOutput<"deadLetters.preview"> | null;
  /** Why there is no preview. */
  readonly problem: string;
}

async function tryOne(id: number, readAs: ReadAs): Promise<Trial> {
  try {
    return { id, preview: await call("deadLetters.preview", { id, text: null, ...readAs }), problem: "" };
  } catch (thrown) {
    return { id, preview: null, problem: asFailure(thrown).message };
  }
}

function TrialRow({ trial: { preview, problem } }: { readonly trial: Trial }): ReactNode {
  const zone = useZone((state) => state.zone);
  const record = preview?.records[0];
  if (record === undefined) {
    const [skipped] = Object.keys(preview?.skipped ?? {});
    const why = preview?.faults[0]?.message ?? (skipped === undefined ? problem : `Skipped: ${skipped}`);
    return (
      <tr data-fails>
        <td colSpan={4} title={visibleLine(why)}>
          {visibleLine(why === "" ? "Nothing in it is a record." : why)}
        </td>
      </tr>
    );
  }
  return (
    <tr>
      <td className="mono">{record.time === null ? "no time" : formatMoment(record.time, zone, 3)}</td>
      <td>
        <LevelMark level={record.level} />
      </td>
      <td>{record.service === null ? "" : visibleLine(record.service)}</td>
      <td className="mono" title={visibleLine(record.message)}>
        {visibleLine(record.message)}
      </td>
    </tr>
  );
}
