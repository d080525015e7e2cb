/** The listed dead letters, read again when the case changes or another filter is chosen. */
import { create } from "zustand";
import type { CallInput, CallOutput } from "../../shared/contract.ts";
import { asFailure, type Failure } from "../../shared/failure.ts";
import { call } from "../bridge.ts";
import { useCase } from "../state/case.ts";
import { focusOn, useFocus } from "../state/focus.ts";
import { latest } from "../state/latest.ts";
import { whole } from "../state/searching.ts";
import type { RowRange } from "../ui/scroller.ts";
import { useDeadLetterFilter } from "./filter.ts";
import {
  firstLetters,
  hasRows,
  letterAt,
  type Letters,
  type Read,
  readIds,
  readRows,
  rowOf,
  type Wanted,
} from "./letters.ts";
import { clearMarks, toggled, useMarked, widened } from "./marked.ts";

interface LettersState {
  /** What `letters` are the answer to. */
  readonly wanted: Wanted;
  /** Null until the first answer. */
  readonly letters: Letters | null;
  readonly failure: Failure | null;
  /** A row that the keys went to and that is still on its way. */
  readonly awaited: number | null;
}

export const useLetters = create<LettersState>(() => ({
  wanted: { sourceId: null, reason: null, text: "" },
  letters: null,
  failure: null,
  awaited: null,
}));

/** Words are looked for in every letter, which takes seconds for a million: the first of them are shown meanwhile. */
const askEngine: Read = (input) =>
  whole(
    () => call("deadLetters.list", { ...input, partial: true }),
    (early) => {
      if (!isWanted(input)) return false;
      if (input.offset === 0 && !isListed(input)) showEarly(input, early);
      return true;
    },
  );

const isSame = (a: Wanted, b: Wanted): boolean =>
  a.sourceId === b.sourceId && a.reason === b.reason && a.text === b.text;
const isWanted = (input: Asked): boolean => isSame(wantedOf(input), useDeadLetterFilter.getState());
const wantedOf = ({ sourceId, reason, text = "" }: Asked): Wanted => ({ sourceId, reason, text });

/** A list that is whole stays until the next one is. */
function isListed(input: Asked): boolean {
  const { letters, wanted } = useLetters.getState();
  return letters !== null && letters.searched === 1 && isSame(wantedOf(input), wanted);
}

function showEarly(input: Asked, early: CallOutput<"deadLetters.list">): void {
  useLetters.setState({ letters: firstLetters(early), wanted: wantedOf(input), failure: null });
}

type Asked = Pick<CallInput<"deadLetters.list">, "sourceId" | "reason" | "text">;

/** A busy import commits many times a second. */
const REST_MS = 250;
/** Rows that the screen showed last; a new answer holds at least these. */
let shown: RowRange = { first: 0, end: 1 };

const reload = latest(async () => {
  const { sourceId, reason, text } = useDeadLetterFilter.getState();
  const wanted = { sourceId, reason, text };
  const isNew = !isSame(wanted, useLetters.getState().wanted);
  const started = performance.now();
  try {
    useLetters.setState({ letters: await readRows(askEngine, wanted, shown, null), wanted, failure: null });
    takeAwaited();
  } catch (thrown) {
    useLetters.setState({ failure: asFailure(thrown) });
  }
  // A replay changes the list many times a second; whoever asks for another list does not wait for that.
  if (isNew || !isWanted(wanted)) return;
  await new Promise((resolve) => setTimeout(resolve, performance.now() - started));
}, REST_MS);

/** Pages of the rows on screen that are not here yet. */
const extend = latest(async () => {
  const { letters, wanted } = useLetters.getState();
  if (letters === null || hasRows(letters, shown)) return;
  try {
    const more = await readRows(askEngine, wanted, shown, letters);
    // Another answer has replaced the one that this continues.
    if (useLetters.getState().letters !== letters) return;
    useLetters.setState({ letters: more });
    takeAwaited();
  } catch (thrown) {
    useLetters.setState({ failure: asFailure(thrown), awaited: null });
  }
});

function takeAwaited(): void {
  const { awaited, letters } = useLetters.getState();
  if (awaited === null || letters === null) return;
  const row = Math.min(awaited, letters.total - 1);
  if (row < 0) useLetters.setState({ awaited: null });
  else if (letterAt(letters, row) !== undefined) goTo(row);
}

/** Puts a row into focus, now or as soon as it is there. */
export function goTo(row: number): void {
  const { letters } = useLetters.getState();
  const letter = letters === null ? undefined : letterAt(letters, row);
  useLetters.setState({ awaited: letter === undefined ? row : null });
  if (letter === undefined) wantRows({ first: row, end: row + 1 });
  else focusOn({ type: "dead-letter", id: letter.id });
}

/** Marks or unmarks a row; as a range, all from the last mark to this row, whether or not they were on screen. */
export async function markRow(row: number, range = false): Promise<void> {
  const { letters, wanted } = useLetters.getState();
  const { from } = useMarked.getState();
  if (range && from !== null) {
    const ids = await readIds(askEngine, wanted, Math.min(from, row), Math.max(from, row));
    useMarked.setState((marked) => widened(marked, ids, row));
    return;
  }
  const letter = letters === null ? undefined : letterAt(letters, row);
  if (letter !== undefined) useMarked.setState((marked) => toggled(marked, letter.id, row));
}

/** The row of the letter in focus; -1 when none of the list is. */
export function focusedRow(): number {
  const { focus } = useFocus.getState();
  if (focus?.type !== "dead-letter") return -1;
  const { letters } = useLetters.getState();
  return letters === null ? -1 : rowOf(letters, focus.id);
}

/** Goes to the letter after this one, or the one before it: this one is about to leave the list. */
export function goPast(id: number): void {
  const { letters } = useLetters.getState();
  const row = letters === null ? -1 : rowOf(letters, id);
  const neighbour =
    letters === null || row < 0 ? undefined : (letterAt(letters, row + 1) ?? letterAt(letters, row - 1));
  focusOn(neighbour === undefined ? null : { type: "dead-letter", id: neighbour.id });
}

/** Sees to it that these rows arrive. */
export function wantRows(rows: RowRange): void {
  shown = rows;
  extend();
}

/** Reads now and whenever case or filter change, until the returned function is called. */
export function followLetters(): () => void {
  let known = useCase.getState().info;
  reload();
  const stops = [
    useCase.subscribe(({ info }) => {
      const before = known;
      known = info;
      if (info === null || (info.file === before?.file && info.revision === before.revision)) return;
      // A source of one case is none of another.
      if (info.file === before?.file) return reload();
      clearMarks();
      useDeadLetterFilter.setState({ sourceId: null, reason: null, text: "" });
    }),
    useDeadLetterFilter.subscribe(() => {
      shown = { first: 0, end: 1 };
      useLetters.setState({ awaited: null });
      clearMarks();
      reload();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

export const retryLetters = reload;
