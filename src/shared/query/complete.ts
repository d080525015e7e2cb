/**
 * What a person is typing at the cursor, and what could stand there. Names, operators and the values of closed fields
 * are known here; values that the case holds come by the call `filter.values` with the field and prefix given here.
 */
import { FIELDS, fieldHelp } from "./fields.ts";
import { tokens, type FieldToken, type Span } from "./tokens.ts";

export interface Suggestion {
  /** What replaces the text of {@link Completion}'s place. */
  readonly insert: string;
  readonly about: string;
}

export interface Completion extends Span {
  readonly what: "field" | "operator" | "value";
  /** The field whose operator or value is typed; empty for a field name. */
  readonly field: string;
  /** What stands between the start of the place and the cursor. */
  readonly prefix: string;
  readonly suggestions: readonly Suggestion[];
  /** Whether the values that the case holds for the field belong into the list. */
  readonly asksCase: boolean;
}

export function complete(text: string, cursor: number): Completion {
  const at = Math.max(0, Math.min(cursor, text.length));
  const token = tokens(text.slice(0, at)).at(-1);
  // Of a term that goes on after the cursor all is replaced, up to where a value or a word ends.
  const rest = /^[^\s()",:=<>!]*/.exec(text.slice(at))?.[0].length ?? 0;
  if (token === undefined || token.to < at) return fieldNames(text, at, at + rest, at);
  // Letters right behind it would be its flags.
  if (token.type === "regex" || (token.type === "field" && (token.values.at(-1)?.expression ?? null) !== null))
    return { what: "field", field: "", prefix: "", from: at, to: at, suggestions: [], asksCase: false };
  if (token.type === "field") return values(token, at, rest);
  if (token.type === "bad") return unfinished(text, at, rest);
  if (token.type === "text" && !token.quoted) return words(text, token.from, at + rest, at);
  return fieldNames(text, at, at + rest, at);
}

function words(text: string, from: number, to: number, cursor: number): Completion {
  const written = text.slice(from, cursor);
  const help = fieldHelp(written);
  if (help !== undefined) {
    const suggestions = help.operators.map((operator) => ({ insert: operator, about: `${help.name}${operator} …` }));
    return { what: "operator", field: help.name, prefix: "", from: cursor, to: cursor, suggestions, asksCase: false };
  }
  return fieldNames(text, from, to, cursor);
}

function fieldNames(text: string, from: number, to: number, cursor: number): Completion {
  const prefix = text.slice(from, cursor);
  const suggestions = FIELDS.filter(({ name }) => name.startsWith(prefix.toLowerCase())).map(
    ({ name, about, operators }) => ({
      insert: `${name}${operators[0] ?? ":"}`,
      about,
    }),
  );
  return { what: "field", field: "", prefix, from, to, suggestions, asksCase: false };
}

function values(token: FieldToken, cursor: number, rest: number): Completion {
  const last = token.values.at(-1);
  const from = last?.from ?? token.operatorSpan.to;
  return valuesOf(token.name, last?.text ?? "", from, cursor + rest);
}

/** A quote that is still open, a comma before the next value. */
function unfinished(text: string, cursor: number, rest: number): Completion {
  const written = /([\p{L}_@][\p{L}\p{N}_@.\-/]*)(?:!=|:|=)(?:[^\s()",]*,)*("?)([^",]*)$/u.exec(text.slice(0, cursor));
  if (written === null)
    return { what: "value", field: "", prefix: "", from: cursor, to: cursor, suggestions: [], asksCase: false };
  const [, field = "", quote = "", prefix = ""] = written;
  return valuesOf(field, prefix, cursor - prefix.length - quote.length, cursor + rest);
}

function valuesOf(field: string, prefix: string, from: number, to: number): Completion {
  const closed = fieldHelp(field)?.values;
  const suggestions = (closed ?? [])
    .filter((value) => value.startsWith(prefix.toLowerCase()))
    .map((value) => ({ insert: value, about: "" }));
  return {
    what: "value",
    field,
    prefix,
    from,
    to,
    suggestions,
    asksCase: closed === undefined && !["time", "duration", "value", "line"].includes(field),
  };
}
