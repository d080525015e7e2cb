/** How much of a message fits its column: the lines it takes when it is wrapped, and its part around what was searched. */
import type { Stretch } from "../../shared/query/searched.ts";

/** Letters that a monospaced face draws two columns wide. https://www.unicode.org/reports/tr11/ */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const COMBINING = /\p{M}/u;
const PLAIN = /^[\u0020-\u007e]*$/u;

const widthOf = (character: string): number => (WIDE.test(character) ? 2 : COMBINING.test(character) ? 0 : 1);

/** Lines of one line of text that breaks at any letter, as in a terminal. */
function wrappedOnce(line: string, columns: number): number {
  if (PLAIN.test(line)) return Math.max(1, Math.ceil(line.length / columns));
  let lines = 1;
  let taken = 0;
  for (const character of line) {
    const width = widthOf(character);
    if (taken + width > columns) {
      lines += 1;
      taken = 0;
    }
    taken += width;
  }
  return lines;
}

/** @returns lines that the text takes, `most` where it takes more. */
export function wrappedLines(text: string, columns: number, most: number): number {
  const room = Math.max(1, columns);
  let lines = 0;
  for (const line of text.split("\n", most)) {
    lines += wrappedOnce(line, room);
    if (lines >= most) return most;
  }
  return lines;
}

/** Of what is shown before a hit beyond the edge, as a share of the room. */
const LEAD = 1 / 3;

/** Cuts what stands before the first mark, so that the mark is seen within so many columns; an ellipsis says so. */
export function aroundMark(parts: readonly Stretch[], columns: number): readonly Stretch[] {
  const first = parts.find((part) => part.marked);
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return parts;
  const isWide = parts.some(({ text }) => WIDE.test(text));
  const room = Math.max(8, isWide ? Math.floor(columns / 2) : columns);
  const length = last.from + last.text.length;
  if (length <= room || first.from + first.text.length < room) return parts;
  const lead = Math.min(Math.floor(room * LEAD), Math.max(2, room - first.text.length - 2));
  // The end of a text is shown as far as there is room; one column is for the ellipsis.
  const wanted = Math.min(first.from - lead, length - room + 1);
  const from = Math.max(0, wanted);
  if (from === 0) return parts;
  const kept = parts.filter((part) => part.from + part.text.length > from);
  const [cut, ...rest] = kept;
  if (cut === undefined) return parts;
  const begins = Math.max(from, cut.from);
  return [{ from: begins, text: `…${wholeFrom(cut.text, begins - cut.from)}`, marked: cut.marked }, ...rest];
}

/** Text from there on, without the second half of a letter that was cut. */
function wholeFrom(text: string, at: number): string {
  const code = text.charCodeAt(at);
  return text.slice(code >= 0xdc00 && code <= 0xdfff ? at + 1 : at);
}
