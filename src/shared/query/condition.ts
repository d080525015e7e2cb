/** What one `field operator value` term means; a value that the field cannot have is refused with the ones it can. */
import { LEVELS, type LevelName } from "../model/level.ts";
import { SEVERITIES, type Severity } from "../model/severity.ts";
import {
  not,
  NUMBER_FIELDS,
  WORD_FIELDS,
  type Comparison,
  type FieldValue,
  type Filter,
  type KindWord,
} from "./ast.ts";
import { KIND_WORDS } from "./fields.ts";
import { readDuration, readNumber, readTime } from "./quantities.ts";
import { regexTrouble } from "./regex.ts";
import type { FieldToken, FilterError, Span, ValueToken } from "./tokens.ts";

type LevelWord = LevelName | Lowercase<Severity>;

const LEVEL_ALIASES: ReadonlyMap<string, LevelName> = new Map([
  ["warning", "warn"],
  ["err", "error"],
  ["panic", "fatal"],
]);

/** A `FilterError` has a message, no filter has. */
export function condition(token: FieldToken): Filter | FilterError {
  const [first] = token.values;
  if (first === undefined) return refuse(token, `A value is missing after "${token.name}${token.operator}".`);
  if (token.operator === "!=") {
    const equal = plain(token, "=");
    return "message" in equal ? equal : not(equal);
  }
  return plain(token, token.operator === ":" ? "=" : token.operator);
}

function plain(token: FieldToken, operator: Comparison): Filter | FilterError {
  const { name } = token;
  const [first] = token.values;
  if (first === undefined) return refuse(token, `A value is missing after "${name}".`);
  if (operator !== "=" && token.values.length > 1)
    return refuse(token, `"${token.operator}" takes one value; a list goes with ":".`);

  if (name === "level") return levels(token, operator);
  if (name === "severity") return severities(token, operator);

  const number = NUMBER_FIELDS.find((field) => field === name);
  if (number !== undefined) {
    if (token.values.length > 1) return refuse(token, `"${name}" takes one value.`);
    const read = number === "duration" ? readDuration(first.text) : readNumber(first.text);
    if (read === null)
      return refuse(
        first,
        number === "duration"
          ? `"${first.text}" is no duration; write for instance 500ms (units ns, us, ms, s, m, h).`
          : `"${first.text}" is no number.`,
      );
    return { type: "number", field: number, operator, value: read };
  }
  if (name === "time") {
    if (token.values.length > 1) return refuse(token, `"time" takes one value.`);
    const read = readTime(first.text);
    if (read === null) return refuse(first, `"${first.text}" is no time; write for instance 2026-06-20T10:00Z.`);
    return { type: "time", operator, ...read };
  }

  const word = WORD_FIELDS.find((field) => field === name);
  if (operator !== "=") {
    if (word !== undefined || name === "kind" || name === "has")
      return refuse(token.operatorSpan, `"${name}" has no order; use ":" or "!=".`);
    const read = readNumber(first.text);
    if (read === null) return refuse(first, `"${first.text}" is no number, and "${operator}" compares numbers.`);
    return { type: "fieldNumber", key: name, operator, value: read };
  }
  if (word !== undefined) {
    const values = fieldValues(token);
    return "message" in values ? values : { type: "word", field: word, values };
  }
  if (name === "kind") return kinds(token);
  if (name === "has") {
    if (token.values.length > 1) return refuse(token, `"has" takes one field; repeat it for more.`);
    return first.text === "" ? refuse(first, `"has" needs the name of a field.`) : { type: "has", field: first.text };
  }
  const values = fieldValues(token);
  return "message" in values ? values : { type: "field", key: name, values };
}

function fieldValues({ values }: FieldToken): readonly FieldValue[] | FilterError {
  for (const value of values) {
    const { expression } = value;
    const trouble = expression === null ? null : regexTrouble(expression.pattern, expression.flags);
    if (trouble !== null) return refuse(value, trouble);
  }
  return values.map(({ pattern, expression }) => expression ?? pattern);
}

function levels(token: FieldToken, operator: Comparison): Filter | FilterError {
  const values: LevelWord[] = [];
  for (const value of token.values) {
    const found = levelWord(value.text.toLowerCase());
    if (found === undefined) return unknownWord(value, "level", [...LEVELS.slice(1), ...SEVERITIES.map(lower)]);
    if (found === "none" && operator !== "=") return refuse(value, `"none" has no order; use "level:none".`);
    values.push(found);
  }
  return { type: "level", operator, values };
}

function severities(token: FieldToken, operator: Comparison): Filter | FilterError {
  const values: Severity[] = [];
  for (const value of token.values) {
    const found = severityWord(value.text.toLowerCase());
    if (found === undefined) return unknownWord(value, "severity", SEVERITIES.map(lower));
    values.push(found);
  }
  return { type: "severity", operator, values };
}

function levelWord(text: string): LevelWord | undefined {
  const severity = severityWord(text);
  return LEVELS.find((level) => level === text) ?? LEVEL_ALIASES.get(text) ?? (severity && lower(severity));
}

const severityWord = (text: string): Severity | undefined => SEVERITIES.find((severity) => lower(severity) === text);

function kinds(token: FieldToken): Filter | FilterError {
  const values: KindWord[] = [];
  for (const value of token.values) {
    const found = KIND_WORDS.find((kind) => kind === value.text.toLowerCase());
    if (found === undefined) return unknownWord(value, "kind", KIND_WORDS);
    values.push(found);
  }
  return { type: "kind", values };
}

function lower(severity: Severity): Lowercase<Severity> {
  return severity.toLowerCase() as Lowercase<Severity>;
}

const refuse = ({ from, to }: Span, message: string): FilterError => ({ from, to, message });
const unknownWord = (value: ValueToken, field: string, words: readonly string[]): FilterError =>
  refuse(value, `"${value.text}" is no ${field}; there are ${words.join(", ")}.`);
