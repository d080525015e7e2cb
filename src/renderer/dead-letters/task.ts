/** What the list asks before it does something with many letters, in place and not in a window of its own. */
import { create } from "zustand";
import { asFailure } from "../../shared/failure.ts";
import { call } from "../bridge.ts";
import { useCase } from "../state/case.ts";
import { attempt, notify } from "../state/notices.ts";
import { useFocus } from "../state/focus.ts";
import { formatCount, formatCountOf } from "../../shared/text/number.ts";
import { fileName } from "../../shared/text/path.ts";
import { useDraft } from "./draft.ts";
import { clearMarks } from "./marked.ts";
import { showOutcome, useReplay } from "./replay.ts";
import { goPast } from "./store.ts";
import type { Target } from "./target.ts";
import { discardWords } from "./words.ts";

export interface Task {
  readonly kind: "read-as" | "discard";
  readonly target: Target;
}

export const useTask = create<{ readonly task: Task | null }>(() => ({ task: null }));

// What was asked and answered is of one case.
useCase.subscribe(({ info }, before) => {
  if (info?.file === before.info?.file) return;
  useTask.setState({ task: null });
  useDraft.setState({ draft: null });
  showOutcome(null);
  clearMarks();
});

const ask = (kind: Task["kind"], target: Target): void => {
  showOutcome(null);
  useTask.setState({ task: { kind, target } });
};

export const askReadAs = (target: Target): void => ask("read-as", target);
export const askDiscard = (target: Target): void => ask("discard", target);

/** Leaves the question; the keyboard goes back to the list. */
export function closeTask(): void {
  useTask.setState({ task: null });
  document.querySelector<HTMLElement>("[data-pane=dead-letter-list] [data-main]")?.focus();
}

export async function discard(target: Target, reason: string): Promise<void> {
  try {
    const { discarded, skipped } = await call("deadLetters.discard", { choice: target.choice, reason });
    const { focus } = useFocus.getState();
    const ids = target.choice.which === "ids" ? target.choice.ids : [];
    if (focus?.type === "dead-letter" && ids.includes(focus.id)) goPast(focus.id);
    clearMarks();
    closeTask();
    showOutcome({ tone: "good", sentence: discardWords(discarded, skipped), records: null });
  } catch (thrown) {
    useReplay.setState({ outcome: { tone: "failure", sentence: asFailure(thrown).message, records: null } });
  }
}

export function exportLetters(target: Target): void {
  attempt(async () => {
    const file = (await call("app.choose", { what: "save-letters" }))?.[0];
    if (file === undefined) return;
    const { letters } = await call("deadLetters.export", { choice: target.choice, file });
    notify("info", `${formatCountOf(letters, "dead letter")} were written to ${file}, one a line.`);
  });
}

export function importLetters(): void {
  attempt(async () => {
    const file = (await call("app.choose", { what: "letters" }))?.[0];
    if (file === undefined) return;
    const { imported, edited, skipped, refused } = await call("deadLetters.import", { file });
    const sentence = [
      `${formatCountOf(imported, "dead letter")} of ${fileName(file)} imported`,
      ...(edited > 0 ? [`${formatCount(edited)} of the case edited`] : []),
      `${formatCount(skipped)} were here already`,
    ].join(", ");
    notify(refused.length > 0 ? "failure" : "info", [`${sentence}.`, ...refused.slice(0, REFUSALS_SHOWN)].join(" "));
  });
}

/** A file of something else would be refused line by line. */
const REFUSALS_SHOWN = 3;
