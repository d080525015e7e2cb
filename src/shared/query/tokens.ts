/**
 * Cuts the text of a filter into terms, with their places, for the parser and for colouring what a person types.
 * Any text gives tokens; what cannot be read becomes a `bad` token with a sentence.
 */
import type { Expression, Pattern } from "./ast.ts";

/** Places are UTF-16 indices; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where a filter cannot be read, and a sentence: what is wrong and what to write instead. */
export interface FilterError extends Span {
  readonly message: string;
}

export interface ValueToken extends Span {
  /** As written, without quotes: what numbers, times and names are read from. */
  readonly text: string;
  readonly pattern: Pattern;
  /** Of a value in slashes; what takes no expressions reads its text. */
  readonly expression: Expression | null;
}

export type Operator = ":" | "=" | "!=" | ">" | ">=" | "<" | "<=";

export interface FieldToken extends Span {
  readonly type: "field";
  readonly name: string;
  readonly operator: Operator;
  readonly operatorSpan: Span;
  /** Empty when nothing follows the operator. */
  readonly values: readonly ValueToken[];
}

export type Token =
  | (Span & { readonly type: "open" | "close" | "and" | "or" | "not" })
  | (Span & { readonly type: "text"; readonly text: string; readonly quoted: boolean })
  | (Span & { readonly type: "regex"; readonly pattern: string; readonly flags: string })
  | FieldToken
  | (Span & { readonly type: "bad"; readonly message: string });

const SPACE = /\s+/y;
const QUOTED = /"((?:\\["\\]|[^"])*)"/y;
const REGULAR_EXPRESSION = /\/((?:\\.|[^/\\\n])+)\/([gimsuy]*)(?=$|[\s),])/y;
const FIELD = /([\p{L}_@][\p{L}\p{N}_@.\-/]*)(!=|>=|<=|[:=<>])/uy;
const WORD = /[^\s()"]+/y;
const VALUE_WORD = /[^\s()",*]+/y;
const KEYWORDS = new Map([
  ["AND", "and"],
  ["OR", "or"],
  ["NOT", "not"],
] as const);

function match(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

const unescape = (inner: string): string => inner.replaceAll(/\\(["\\])/g, "$1");

export function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = match(SPACE, text, at);
    if (space !== null) at += space[0].length;
    else {
      const token = next(text, at);
      found.push(token);
      at = token.to;
    }
  }
  return found;
}

function next(text: string, from: number): Token {
  const character = text[from];
  if (character === "(") return { type: "open", from, to: from + 1 };
  if (character === ")") return { type: "close", from, to: from + 1 };
  if (character === "-") return { type: "not", from, to: from + 1 };
  if (character === '"') return quoted(text, from);
  const found = expression(text, from);
  if (found !== null && text[found.to] !== ",") return { type: "regex", from, to: found.to, ...found.expression };
  return field(text, from) ?? word(text, from);
}

/** `/pattern/flags`, a slash inside behind a backslash; null where none begins. */
function expression(text: string, from: number): { readonly to: number; readonly expression: Expression } | null {
  const found = match(REGULAR_EXPRESSION, text, from);
  if (found === null) return null;
  const [written, inner = "", flags = ""] = found;
  const pattern = inner.replaceAll("\\/", "/");
  return { to: from + written.length, expression: { pattern, flags: [...new Set(flags)].toSorted().join("") } };
}

function quoted(text: string, from: number): Token {
  const found = match(QUOTED, text, from);
  if (found === null)
    return { type: "bad", from, to: text.length, message: "The quote that opens here is not closed." };
  return { type: "text", from, to: from + found[0].length, text: unescape(found[1] ?? ""), quoted: true };
}

function word(text: string, from: number): Token {
  const written = match(WORD, text, from)?.[0] ?? text.slice(from, from + 1);
  const to = from + written.length;
  for (const [keyword, type] of KEYWORDS) if (written === keyword) return { type, from, to };
  return { type: "text", from, to, text: written, quoted: false };
}

/** Null when it is no field: `12:30:05` and `http://host` are words. */
function field(text: string, from: number): Token | null {
  const found = match(FIELD, text, from);
  if (found === null) return null;
  const [head, name = "", operator = ":"] = found;
  const start = from + head.length;
  if (operator === ":" && text.startsWith("//", start)) return null;
  const values: ValueToken[] = [];
  let at = start;
  for (;;) {
    const one = value(text, at);
    if ("message" in one) return one;
    if (one.to === at && text[at] !== ",") {
      if (values.length > 0) return { type: "bad", from, to: at, message: "A value is missing after the comma." };
      break;
    }
    if (one.to === at) return { type: "bad", from, to: at + 1, message: "A value is missing before the comma." };
    values.push(one);
    at = one.to;
    if (text[at] !== ",") break;
    at++;
  }
  const operatorSpan = { from: start - operator.length, to: start };
  return { type: "field", from, to: at, name, operator: operator as Operator, operatorSpan, values };
}

/** A regular expression, or words, quoted text and wildcards that stand together; quoted stars are stars. */
function value(text: string, from: number): ValueToken | (Span & { type: "bad"; message: string }) {
  const whole = expression(text, from);
  if (whole !== null) {
    const { to, expression: found } = whole;
    const plain = text.slice(from, to);
    return { from, to, text: plain, pattern: [plain], expression: found };
  }
  const pieces = [""];
  let plain = "";
  let at = from;
  for (;;) {
    const last = pieces.length - 1;
    if (text[at] === "*") {
      plain += "*";
      if (pieces[last] !== "" || last === 0) pieces.push("");
      at++;
      continue;
    }
    const quote = text[at] === '"' ? match(QUOTED, text, at) : null;
    if (text[at] === '"' && quote === null)
      return { type: "bad", from: at, to: text.length, message: "The quote that opens here is not closed." };
    const piece = quote ?? match(VALUE_WORD, text, at);
    if (piece === null) {
      // No path goes on with a parenthesis.
      if (text[from] === "/" && text[at] === "(")
        return {
          type: "bad",
          from,
          to: text.length,
          message: 'The regular expression that opens here needs a "/" at its end.',
        };
      return { from, to: at, text: plain, pattern: pieces, expression: null };
    }
    const written = quote === null ? piece[0] : unescape(quote[1] ?? "");
    plain += written;
    pieces[last] = (pieces[last] ?? "") + written;
    at += piece[0].length;
  }
}
