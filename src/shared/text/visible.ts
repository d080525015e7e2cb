/**
 * Text of unknown origin on screen: what would be invisible or would reorder its neighbours is written out, so that a
 * log line cannot show something else than it holds.
 */

/** Controls, marks of direction, zero-width characters, line and paragraph separators, byte order mark, tags. */
const UNSEEN =
  /[\p{Cc}\u00ad\u061c\u115f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

function written(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // Unicode has a picture for each of the C0 controls and for DEL.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "␡";
  return `‹U+${code.toString(16).toUpperCase().padStart(4, "0")}›`;
}

/** For one line: ends of lines and tabs become pictures too. */
export const visibleLine = (text: string): string =>
  text.replace(UNSEEN, (character) =>
    character === "\n" ? "↵" : character === "\t" ? " ⇥ " : character === "\r" ? "" : written(character),
  );

/** For several lines in letters of one width: tabs become pictures, of which each is as wide as the letters. */
export const visibleLines = (text: string): string =>
  text.replaceAll("\r\n", "\n").split("\n").map(visibleLine).join("\n");

/** For text of several lines: tabs and ends of lines do their work. */
export const visibleText = (text: string): string =>
  text.replace(UNSEEN, (character, at: number) =>
    character === "\n" || character === "\t" || (character === "\r" && text[at + 1] === "\n")
      ? character
      : written(character),
  );
