/** Commands of the dead letters, while they are on screen. */
import type { Command } from "../commands/registry.ts";
import { useFocus } from "../state/focus.ts";
import { useLayout } from "../state/layout.ts";
import { attempt } from "../state/notices.ts";
import { editLetter, replayLetter, useDraft } from "./draft.ts";
import { useMarked } from "./marked.ts";
import { cancelReplay, replay, useReplay } from "./replay.ts";
import { focusedRow, markRow, useLetters } from "./store.ts";
import { oneLetter, targetOf, type Target } from "./target.ts";
import { askDiscard, askReadAs, exportLetters, importLetters } from "./task.ts";

const isShown = (): boolean => useLayout.getState().view === "dead-letters";

function focusedId(): number | null {
  const { focus } = useFocus.getState();
  return isShown() && focus?.type === "dead-letter" ? focus.id : null;
}

/** A button under the keyboard takes Enter and Space for itself. */
const isOnControl = (): boolean => document.activeElement?.matches("button, a, summary") === true;

/** Typing in the filter or in a question about many letters is none of the editor's. */
const isTypingElsewhere = (): boolean =>
  document.activeElement?.matches("input, textarea") === true &&
  document.activeElement.closest(".letter-editor") === null;

function listed(marked: ReadonlySet<number> = new Set()): Target | null {
  const { wanted, letters } = useLetters.getState();
  // What is listed before all of it was found is not all that would be meant.
  const total = letters === null || letters.searched < 1 ? 0 : letters.total;
  return targetOf({ ...wanted, total, marked });
}

/** The marked ones, else the one in focus. */
function chosen(): Target | null {
  const { ids } = useMarked.getState();
  if (ids.size > 0) return listed(ids);
  const id = focusedId();
  return id === null ? null : oneLetter(id);
}

const doTo = (target: Target | null, action: (target: Target) => void): void => {
  if (target !== null) action(target);
};

/** The editor's own letter first: its text goes along. */
function replayChosen(): void {
  const id = focusedId();
  const isEdited = id !== null && useDraft.getState().draft?.id === id;
  const target = chosen();
  if (id !== null && (isEdited || target?.count === 1)) replayLetter(id);
  else doTo(target, (many) => attempt(() => replay(many)));
}

export const letterCommands: readonly Command[] = [
  {
    id: "letters.edit",
    title: "Edit the dead letter",
    group: "Dead letters",
    keys: ["Enter", "e"],
    when: () => focusedId() !== null && !isOnControl(),
    run: () => {
      const id = focusedId();
      if (id !== null) editLetter(id);
    },
  },
  {
    id: "letters.replay",
    title: "Replay the dead letter, or the marked ones",
    group: "Dead letters",
    keys: ["$mod+Enter"],
    whileTyping: true,
    when: () => isShown() && !isTypingElsewhere() && chosen() !== null,
    run: replayChosen,
  },
  {
    id: "letters.mark",
    title: "Mark or unmark the dead letter",
    group: "Dead letters",
    keys: ["x"],
    when: () => focusedId() !== null,
    run: () => attempt(() => markRow(focusedRow())),
  },
  {
    id: "letters.discard",
    title: "Discard the dead letter, or the marked ones…",
    group: "Dead letters",
    keys: ["Delete"],
    when: () => isShown() && chosen() !== null,
    run: () => doTo(chosen(), askDiscard),
  },
  {
    id: "letters.replay-listed",
    title: "Replay all listed dead letters",
    group: "Dead letters",
    when: () => isShown() && listed() !== null,
    run: () => doTo(listed(), (target) => attempt(() => replay(target))),
  },
  {
    id: "letters.read-as",
    title: "Use another format, zone or encoding for the listed dead letters…",
    group: "Dead letters",
    keys: ["r"],
    when: () => isShown() && listed() !== null,
    run: () => doTo(listed(useMarked.getState().ids), askReadAs),
  },
  {
    id: "letters.stop",
    title: "Stop the replay",
    group: "Dead letters",
    when: () => useReplay.getState().running !== null,
    run: () => attempt(cancelReplay),
  },
  {
    id: "letters.export",
    title: "Export the listed dead letters…",
    group: "Dead letters",
    when: () => isShown() && listed() !== null,
    run: () => doTo(listed(useMarked.getState().ids), exportLetters),
  },
  { id: "letters.import", title: "Import dead letters…", group: "Dead letters", run: importLetters },
];
