/** What a row of the list says in the room that it has: which part of its message, and on how many lines. */
import type { ListRow } from "../../shared/contract.ts";
import { visibleLine, visibleLines } from "../../shared/text/visible.ts";
import { eventKindOfRecord } from "../ui/event-kind.ts";
import { aroundMark, wrappedLines } from "./line-fit.ts";
import { marked, type Searched, type Stretch } from "../../shared/query/searched.ts";

export interface Fit {
  /** Letters that fit the message's column. */
  readonly letters: number;
  readonly wrapped: boolean;
  readonly searched: Searched;
}

export interface RowText {
  readonly parts: readonly Stretch[];
  /** Parts that begin before it are of another field than the message. */
  readonly field: number;
  /** At least 1. */
  readonly lines: number;
}

/** What does not fit as many lines is in the detail. */
export const MOST_LINES = 10;
/** A screen is never wider, and never holds more of one row; a line of megabytes would cost a frame. */
const LONGEST = 2_000;
/** The kind of an event stands before its title, and its count behind it. */
const LETTERS_OF_KIND = 14;
const LETTERS_OF_COUNT = 8;

/** "checkout " where a title begins with its service, which has a column of its own. */
export const serviceWithin = ({
  title,
  service,
}: {
  readonly title: string;
  readonly service: string | null;
}): string => (service !== null && title.startsWith(`${service} `) ? `${service} ` : "");

/** "×1,240" of a burst. */
export function countOf(row: Extract<ListRow, { type: "event" }>): number | null {
  const count = row.event.metadata["count"];
  return typeof count === "number" && count > 1 ? count : null;
}

function lettersFor(row: ListRow, letters: number): number {
  if (row.type === "record") return eventKindOfRecord(row.record.kind) === null ? letters : letters - LETTERS_OF_KIND;
  const count = countOf(row) === null ? 0 : LETTERS_OF_COUNT;
  return letters - LETTERS_OF_KIND - count - serviceWithin(row.event).length;
}

/** Letters around what was found in the description of an event, on each side. */
const AROUND_FOUND = 40;

/** What was searched and stands in another field comes before the message, which would hide it behind the edge. */
function foundIn(row: ListRow, searched: Searched): string {
  if (row.type === "record") return row.found === undefined ? "" : `${row.found.field}: ${row.found.text} · `;
  const { title, description } = row.event;
  if (description === "" || firstMark(title, searched) !== undefined) return "";
  const found = firstMark(description, searched);
  if (found === undefined) return "";
  const from = Math.max(0, found.from - AROUND_FOUND);
  const to = found.from + found.text.length + AROUND_FOUND;
  return `${from > 0 ? "…" : ""}${description.slice(from, to)}${to < description.length ? "…" : ""} · `;
}

const firstMark = (text: string, searched: Searched): Stretch | undefined =>
  marked(text, searched).find((part) => part.marked);

const textOf = (row: ListRow): string =>
  row.type === "record" ? row.record.message : row.event.title.slice(serviceWithin(row.event).length);

function fitted(row: ListRow, { letters, wrapped, searched }: Fit): RowText {
  const room = Math.max(1, lettersFor(row, letters));
  const found = foundIn(row, searched);
  const text = `${found}${textOf(row)}`.slice(0, LONGEST);
  const parts = marked(wrapped ? visibleLines(text.trimEnd()) : visibleLine(text), searched);
  const field = found === "" ? 0 : visibleLine(found).length;
  if (!wrapped) return { parts: aroundMark(parts, room), field, lines: 1 };
  const shown = aroundMark(parts, room * MOST_LINES);
  return { parts: shown, field, lines: wrappedLines(shown.map((part) => part.text).join(""), room, MOST_LINES) };
}

const known = new WeakMap<Fit, WeakMap<ListRow, RowText>>();

/** Remembered for as long as the row and the room stay the same. */
export function rowText(row: ListRow, fit: Fit): RowText {
  let texts = known.get(fit);
  if (texts === undefined) {
    texts = new WeakMap();
    known.set(fit, texts);
  }
  let text = texts.get(row);
  if (text === undefined) {
    text = fitted(row, fit);
    texts.set(row, text);
  }
  return text;
}

/** Pixels between the lines of a wrapped message. */
export const LINE_HEIGHT = 17;

/** Pixels. @param rowHeight of a row of one line. */
export const heightOfRow = (row: ListRow, fit: Fit, rowHeight: number): number =>
  rowHeight + (rowText(row, fit).lines - 1) * LINE_HEIGHT;
