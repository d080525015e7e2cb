/** The replay under way, how far it is, and what the last one came to. */
import { create } from "zustand";
import type { CallInput, PushPayload } from "../../shared/contract.ts";
import { asFailure } from "../../shared/failure.ts";
import { printTerm } from "../../shared/query/print.ts";
import { call, on } from "../bridge.ts";
import { useCase } from "../state/case.ts";
import { focusOn, useFocus } from "../state/focus.ts";
import { goTo } from "../state/selection.ts";
import { useDeadLetterFilter } from "./filter.ts";
import { shownLetters } from "./letters.ts";
import { clearMarks } from "./marked.ts";
import { goPast, useLetters } from "./store.ts";
import type { Target } from "./target.ts";
import { replayWords, type Replayed } from "./words.ts";

type ReplayInput = CallInput<"deadLetters.replay">;
export type ReadAs = Pick<ReplayInput, "format" | "zone" | "encoding">;

/** As the letters and their sources were read before. */
export const AS_BEFORE: ReadAs = { format: null, zone: null, encoding: null };

export interface Outcome {
  readonly tone: "good" | "partly" | "failure";
  readonly sentence: string;
  /** Filter that lists what became records; null when nothing did. */
  readonly records: string | null;
}

interface ReplayState {
  /** What is being replayed, in words; null when nothing is. */
  readonly running: string | null;
  readonly progress: PushPayload<"deadLetters.progress"> | null;
  readonly outcome: Outcome | null;
}

export const useReplay = create<ReplayState>(() => ({ running: null, progress: null, outcome: null }));

export const showOutcome = (outcome: Outcome | null): void => useReplay.setState({ outcome });

/** @param text replaces the letter's own; only for one letter. */
export async function replay(target: Target, readAs: ReadAs = AS_BEFORE, text: string | null = null): Promise<boolean> {
  if (useReplay.getState().running !== null) return false;
  const records = recordsFilter(target);
  const file = openFile();
  useReplay.setState({ running: target.words, progress: null, outcome: null });
  try {
    const result = await call("deadLetters.replay", { choice: target.choice, ...readAs, text });
    const [only] = target.choice.which === "ids" ? target.choice.ids : [];
    if (target.count === 1 && only !== undefined && result.failed === 0 && isFocused(only)) goPast(only);
    clearMarks();
    useReplay.setState({ running: null, outcome: openFile() === file ? outcomeOf(result, records) : null });
    return result.failed === 0;
  } catch (thrown) {
    const outcome: Outcome = { tone: "failure", sentence: asFailure(thrown).message, records: null };
    useReplay.setState({ running: null, outcome });
    return false;
  }
}

const openFile = (): string | undefined => useCase.getState().info?.file;

function isFocused(id: number): boolean {
  const { focus } = useFocus.getState();
  return focus?.type === "dead-letter" && focus.id === id;
}

function outcomeOf(result: Replayed, records: string): Outcome {
  const tone = result.failed > 0 ? (result.replayed > 0 ? "partly" : "failure") : "good";
  return { tone, sentence: replayWords(result), records: result.replayed > 0 ? records : null };
}

/** The line of one letter, else the source that all of them are of, else everything. */
function recordsFilter({ choice }: Target): string {
  const { letters } = useLetters.getState();
  const rows = letters === null ? [] : shownLetters(letters);
  const { sourceId } = useDeadLetterFilter.getState();
  const ids = choice.which === "ids" ? new Set(choice.ids) : null;
  const meant = rows.filter((letter) => (ids === null ? letter.sourceId === sourceId : ids.has(letter.id)));
  const [first] = meant;
  if (first === undefined || meant.some(({ path }) => path !== first.path)) return "";
  const source = printTerm("source", first.path);
  return ids?.size === 1 ? `${source} line:${first.line}` : source;
}

export function showRecords(filter: string): void {
  goTo({ view: "timeline", filter, window: null, brush: null });
  focusOn(null);
}

/** Hears how far a replay is until the returned function is called. */
export const followReplay = (): (() => void) =>
  on("deadLetters.progress", (progress) => useReplay.setState({ progress: progress.running ? progress : null }));

export const cancelReplay = (): Promise<unknown> => call("deadLetters.cancelReplay", undefined);
