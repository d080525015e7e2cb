/** The values of a record: what of its message stands where its template has a wildcard, and of which type each is. */
import type { ParameterType } from "../../../shared/model/template.ts";
import type { Fit } from "./model.ts";
import { MessageScanner } from "./scan.ts";
import { WILDCARD } from "./skeleton-items.ts";
import { cutTokens, isWord } from "./tokens.ts";

export interface Parameter {
  /** The word before it: "port" of "port 22", "uid" of "uid=0"; empty for none. */
  readonly name: string;
  readonly value: string;
  readonly type: ParameterType;
  /** Where it stands in the message. */
  readonly start: number;
  readonly end: number;
}

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** In the order of the wildcards; of values in a row each. Empty when the message is not of the template. */
export function parametersOf(message: string, { head, values, listsAreOne }: Fit): Parameter[] {
  const pieces = piecesOf(message).slice(head);
  const parameters: Parameter[] = [];
  let name = "";
  let place = -1;
  /** Index of the last piece that was a value. */
  let last = -1;
  for (const [index, piece] of pieces.entries()) {
    const isMasked = piece.text === WILDCARD;
    if (!isMasked || pieces[index - 1]?.text !== WILDCARD) place += 1;
    if (isMasked || values.has(place)) {
      const before = parameters.at(-1);
      const goesOn = listsAreOne && last >= 0 && (last === index - 1 || isListed(pieces, last, index));
      const start = goesOn && before !== undefined ? before.start : piece.start;
      const value = message.slice(start, piece.end);
      const parameter = { name, value, type: typeOf(value), start, end: piece.end };
      if (goesOn && before !== undefined) parameters[parameters.length - 1] = { ...parameter, name: before.name };
      else parameters.push(parameter);
      last = index;
    } else if (isWord(piece.text)) name = piece.text;
  }
  return parameters;
}

/** Whether only a comma stands between two pieces. */
const isListed = (pieces: readonly Piece[], from: number, to: number): boolean =>
  to === from + 2 && pieces[from + 1]?.text === ",";

/** The tokens of a message's skeleton, with their places in the message. */
function piecesOf(message: string): Piece[] {
  const scanner = new MessageScanner();
  scanner.scan(message);
  const pieces: Piece[] = [];
  for (let item = 0; item < scanner.count; item += 1) {
    const start = scanner.start(item);
    const end = scanner.end(item);
    if (scanner.isValue(item)) pieces.push({ text: WILDCARD, start, end });
    else
      for (const token of cutTokens(message.slice(start, end)))
        pieces.push({ text: token.text, start: start + token.start, end: start + token.start + token.text.length });
  }
  return pieces;
}

const TYPES: readonly (readonly [ParameterType, RegExp])[] = [
  ["duration", /^[<>~]?[-+]?[\d.,]+ ?(?:ns|us|µs|ms|s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?|d)$/i],
  ["size", /^[-+]?[\d.,]+ ?(?:b|bytes?|[kmgt]i?b|kbytes|bits)$/i],
  [
    "address",
    /^\/?(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[\da-f.]*:(?::|(?:[\da-f]*:){3}))[\da-f:.]+|[\w.-]+@[\w.-]+)(?:[:/]\d+)?$/i,
  ],
  ["number", /^[-+<>~]?(?:\d[\d.,]*(?:e[-+]?\d+)?|0x[\da-f]{1,8})%?$/i],
  ["time", /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d:\d\d|^[A-Z][a-z]{2} .*\d/],
  ["address", /^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?$|^[\w.-]+:\d{2,5}$/i],
  ["path", /^(?:[a-z][\w+.-]*:\/\/|~?\/|[A-Za-z]:\\|\.{1,2}\/)|^[^\s]+\/[^\s]*\//i],
  ["id", /\d/],
];

export const typeOf = (value: string): ParameterType => TYPES.find(([, form]) => form.test(value))?.[0] ?? "text";
