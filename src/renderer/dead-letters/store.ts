/** The listed dead letters, read again when the case changes or another filter is chosen. */
import { create } from "zustand";
import { asFailure, type Failure } from "../../shared/failure.ts";
import { call } from "../bridge.ts";
import { useCase } from "../state/case.ts";
import { latest } from "../state/latest.ts";
import { useDeadLetterFilter } from "./filter.ts";
import { readLetters, readOn, type Letters, type Read, type Wanted } from "./letters.ts";

interface LettersState {
  /** What `letters` are the answer to. */
  readonly wanted: Wanted;
  /** Null until the first answer. */
  readonly letters: Letters | null;
  readonly failure: Failure | null;
}

export const useLetters = create<LettersState>(() => ({
  wanted: { sourceId: null, reason: null },
  letters: null,
  failure: null,
}));

export const askEngine: Read = (input) => call("deadLetters.list", input);

/** A busy import commits many times a second. */
const REST_MS = 250;
/** Rows that the screen showed last; a new answer reaches at least as far. */
let rowsWanted = 1;

const reload = latest(async () => {
  const { sourceId, reason } = useDeadLetterFilter.getState();
  const wanted = { sourceId, reason };
  try {
    useLetters.setState({ letters: await readLetters(askEngine, wanted, rowsWanted), wanted, failure: null });
  } catch (thrown) {
    useLetters.setState({ failure: asFailure(thrown) });
  }
}, REST_MS);

const extend = latest(async () => {
  const { letters, wanted } = useLetters.getState();
  if (letters === null || letters.next === null || letters.rows.length >= rowsWanted) return;
  try {
    const more = await readOn(askEngine, wanted, letters, rowsWanted);
    // Another answer has replaced the one that this continues.
    if (useLetters.getState().letters === letters) useLetters.setState({ letters: more });
  } catch (thrown) {
    useLetters.setState({ failure: asFailure(thrown) });
  }
});

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
      if (info.file === before?.file) reload();
      else useDeadLetterFilter.setState({ sourceId: null, reason: null });
    }),
    useDeadLetterFilter.subscribe(() => {
      rowsWanted = 1;
      reload();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

export const retryLetters = reload;
