/**
 * Bytes of unknown origin as text in which nothing hides: well-formed UTF-8 as it is, every other byte and every
 * invisible character written out and marked. The Unicode Standard, table 3-7, says which sequences are well-formed.
 */
import { visibleText } from "../../shared/text/visible.ts";

export interface TextPiece {
  /** Of its first character among those of all pieces. */
  readonly at: number;
  readonly text: string;
  /** "byte": no text in UTF-8; "control": invisible as it is. */
  readonly kind: "text" | "control" | "byte";
}

/** Names of the C0 controls; their pictures are too small to tell apart. */
const NAMES =
  "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US".split(
    " ",
  );
const FIRST_PICTURE = 0x2400;

/** "‹ESC›" for its picture; what is written out already stays. */
function named(picture: string): string {
  if (picture === "␡") return "‹DEL›";
  const name = NAMES[(picture.codePointAt(0) ?? 0) - FIRST_PICTURE];
  return name === undefined ? picture : `‹${name}›`;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const between = (byte: number | undefined, least: number, most: number): boolean =>
  byte !== undefined && byte >= least && byte <= most;

/** Bytes of the well-formed character that begins at `at`; 0 when none does. */
function characterLength(bytes: Uint8Array, at: number): 0 | 1 | 2 | 3 | 4 {
  const [first = 0, second, third, fourth] = bytes.subarray(at, at + 4);
  const continues = (byte: number | undefined): boolean => between(byte, 0x80, 0xbf);
  if (first < 0x80) return 1;
  if (between(first, 0xc2, 0xdf)) return continues(second) ? 2 : 0;
  if (between(first, 0xe0, 0xef)) {
    // Neither overlong forms nor surrogates.
    const fits = between(second, first === 0xe0 ? 0xa0 : 0x80, first === 0xed ? 0x9f : 0xbf);
    return fits && continues(third) ? 3 : 0;
  }
  if (between(first, 0xf0, 0xf4)) {
    const fits = between(second, first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf);
    return fits && continues(third) && continues(fourth) ? 4 : 0;
  }
  return 0;
}

export function textPieces(bytes: Uint8Array): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let runStart = 0;
  const endRun = (end: number): void => {
    if (end > runStart) addText(pieces, decoder.decode(bytes.subarray(runStart, end)));
  };
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes, at);
    if (length === 0) {
      endRun(at);
      push(pieces, "byte", `‹${hex(bytes[at] ?? 0)}›`);
      at += 1;
      runStart = at;
    } else {
      at += length;
    }
  }
  endRun(bytes.length);
  return pieces;
}

function addText(pieces: TextPiece[], original: string): void {
  if (visibleText(original) === original) return push(pieces, "text", original);
  // One by one: a picture of a control that stands in the text itself is text.
  for (const character of original.match(/\r\n|./gsu) ?? []) {
    const shown = visibleText(character);
    if (shown === character) push(pieces, "text", character);
    else push(pieces, "control", named(shown));
  }
}

function push(pieces: TextPiece[], kind: TextPiece["kind"], text: string): void {
  if (text === "") return;
  const last = pieces.at(-1);
  if (last?.kind === kind) pieces[pieces.length - 1] = { ...last, text: last.text + text };
  else pieces.push({ at: last === undefined ? 0 : last.at + last.text.length, kind, text });
}

const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, "0");
