/** The listed dead letters, read again when the case changes or another filter is chosen. */
import { create } from "zustand";
import { asFailure, type Failure } from "../../shared/failure.ts";
import { call } from "../bridge.ts";
import { useCase } from "../state/case.ts";
import { focusOn, useFocus } from "../state/focus.ts";
import { latest } from "../state/latest.ts";
import { useDeadLetterFilter } from "./filter.ts";
import { readLetters, readOn, type Letters, type Read, type Wanted } from "./letters.ts";
import { clearMarks } from "./marked.ts";

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
  wanted: { sourceId: null, reason: null },
  letters: null,
  failure: null,
  awaited: null,
}));

const askEngine: Read = (input) => call("deadLetters.list", input);

/** A busy import commits many times a second. */
const REST_MS = 250;
/** Rows that the screen showed last; a new answer reaches at least as far. */
let rowsWanted = 1;

const reload = latest(async () => {
  const { sourceId, reason } = useDeadLetterFilter.getState();
  const wanted = { sourceId, reason };
  const started = performance.now();
  try {
    useLetters.setState({
      letters: await readLetters(askEngine, wanted, rowsWanted),
      wanted,
      failure: null,
      awaited: null,
    });
  } catch (thrown) {
    useLetters.setState({ failure: asFailure(thrown) });
  }
  // The end of a list of 100,000 takes seconds to read again, and a replay changes it many times a second.
  await new Promise((resolve) => setTimeout(resolve, performance.now() - started));
}, REST_MS);

/** Page after page: the last of 100,000 is seconds away, and meanwhile the list says how far it is. */
const extend = latest(async () => {
  for (;;) {
    const { letters, wanted, awaited } = useLetters.getState();
    if (letters === null || letters.next === null || letters.rows.length >= rowsWanted) return;
    try {
      const more = await readOn(askEngine, wanted, letters, letters.rows.length + 1);
      // Another answer has replaced the one that this continues.
      if (useLetters.getState().letters !== letters) return;
      useLetters.setState({ letters: more });
    } catch (thrown) {
      useLetters.setState({ failure: asFailure(thrown), awaited: null });
      return;
    }
    if (awaited !== null && useLetters.getState().awaited === awaited) goTo(awaited);
  }
});

/** Puts a row into focus, now or as soon as it is there. */
export function goTo(row: number): void {
  const letter = useLetters.getState().letters?.rows[row];
  useLetters.setState({ awaited: letter === undefined ? row : null });
  if (letter === undefined) wantRows(row + 1);
  else focusOn({ type: "dead-letter", id: letter.id });
}

/** The row of the letter in focus; -1 when none of the list is. */
export function focusedRow(): number {
  const { focus } = useFocus.getState();
  if (focus?.type !== "dead-letter") return -1;
  return useLetters.getState().letters?.rows.findIndex(({ id }) => id === focus.id) ?? -1;
}

/** Goes to the letter after this one, or the one before it: this one is about to leave the list. */
export function goPast(id: number): void {
  const rows = useLetters.getState().letters?.rows ?? [];
  const row = rows.findIndex((letter) => letter.id === id);
  const neighbour = row < 0 ? undefined : (rows[row + 1] ?? rows[row - 1]);
  focusOn(neighbour === undefined ? null : { type: "dead-letter", id: neighbour.id });
}

/** Sees to it that the rows up to this one arrive. */
export function wantRows(end: number): void {
  rowsWanted = Math.max(1, end);
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
      useDeadLetterFilter.setState({ sourceId: null, reason: null });
    }),
    useDeadLetterFilter.subscribe(() => {
      rowsWanted = 1;
      clearMarks();
      reload();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

export const retryLetters = reload;
