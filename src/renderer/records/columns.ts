/**
 * Which columns the list has and how wide they are: what a person chose, or else what leaves the message the most room.
 * Time and message are always there.
 */
import { z } from "zod";
import { create } from "zustand";
import { readStored, writeStored } from "../state/stored.ts";

export const COLUMNS = ["level", "service", "source"] as const;
export type ColumnId = (typeof COLUMNS)[number];
export const COLUMN_TITLE: Readonly<Record<ColumnId, string>> = {
  level: "Level",
  service: "Service",
  source: "Source",
};

/** Null is for the list to decide. */
interface Choice {
  readonly shown: boolean | null;
  /** Pixels. */
  readonly width: number | null;
}
export type Choices = Readonly<Record<ColumnId, Choice>>;

const UNDECIDED: Choice = { shown: null, width: null };
export const UNCHOSEN: Choices = { level: UNDECIDED, service: UNDECIDED, source: UNDECIDED };

const NARROWEST = 40;
const WIDEST = 640;
const choiceSchema = z.object({ shown: z.boolean().nullable(), width: z.number().nullable() });
const choicesSchema = z.object({ level: choiceSchema, service: choiceSchema, source: choiceSchema });

interface ColumnState {
  /** Of every case: who reads logs without services does so tomorrow too. */
  readonly choices: Choices;
  /** Width of the list in pixels. */
  readonly room: number;
  /** Letters of the list's monospaced face that fit the message's column. */
  readonly letters: number;
}

/** Until the list was measured: its width in a window of usual size. */
const USUAL_ROOM = 800;
const USUAL_LETTERS = 60;
export const useColumns = create<ColumnState>(() => ({
  choices: readStored("columns", choicesSchema, UNCHOSEN),
  room: USUAL_ROOM,
  letters: USUAL_LETTERS,
}));
useColumns.subscribe(({ choices }, before) => {
  if (choices !== before.choices) writeStored("columns", choices);
});

const change = (id: ColumnId, changed: Partial<Choice>): void =>
  useColumns.setState(({ choices }) => ({ choices: { ...choices, [id]: { ...choices[id], ...changed } } }));

export const showColumn = (id: ColumnId, shown: boolean): void => change(id, { shown });
export const setColumnWidth = (id: ColumnId, width: number | null): void =>
  change(id, { width: width === null ? null : Math.round(Math.min(WIDEST, Math.max(NARROWEST, width))) });
export const resetColumns = (): void => useColumns.setState({ choices: UNCHOSEN });

export interface ListColumns {
  readonly visible: Readonly<Record<ColumnId, boolean>>;
  readonly widths: Readonly<Record<ColumnId, number>>;
  /** False where the mark of a level stands alone, without its letters. */
  readonly levelWords: boolean;
  /** For `grid-template-columns`; the time's width is that of its text. */
  readonly template: string;
}

/** Widths of the list, in pixels, from which each of them leaves the message enough to be read. */
const ROOM = { levelWords: 540, service: 460, wideService: 740, source: 740 } as const;
const LEAST_MESSAGE = 120;

/** @param room width of the list in pixels. */
export function columnsFor(room: number, choices: Choices): ListColumns {
  const levelWords = room >= ROOM.levelWords;
  const visible = {
    level: choices.level.shown ?? true,
    service: choices.service.shown ?? room >= ROOM.service,
    source: choices.source.shown ?? room >= ROOM.source,
  };
  const widths = {
    level: levelWords ? 42 : 12,
    service: choices.service.width ?? (room >= ROOM.wideService ? 148 : 116),
    source: choices.source.width ?? 150,
  };
  const template = [
    "var(--time-column)",
    ...(visible.level ? [`${widths.level}px`] : []),
    ...(visible.service ? [`minmax(0, ${widths.service}px)`] : []),
    `minmax(${LEAST_MESSAGE}px, 1fr)`,
    ...(visible.source ? [`minmax(0, ${widths.source}px)`] : []),
  ].join(" ");
  return { visible, widths, levelWords, template };
}

export function toggleColumn(id: ColumnId): void {
  const { room, choices } = useColumns.getState();
  showColumn(id, !columnsFor(room, choices).visible[id]);
}
