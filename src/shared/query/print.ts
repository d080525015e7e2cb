/** Writes a filter as a person would; reading it again gives the same filter. */
import { isExpression, type Condition, type Expression, type FieldValue, type Filter, type Pattern } from "./ast.ts";
import { printDuration, printTime } from "./quantities.ts";

const BARE_TEXT = /^[\p{L}\p{N}_][\p{L}\p{N}_.%+-]*$/u;
const KEYWORD = /^(?:AND|OR|NOT)$/;
/** A value that begins with a slash could be read as a regular expression together with what follows it. */
const BARE_VALUE = /^(?!\/)[^\s()",*]+$/;

export const printFilter = (filter: Filter): string => print(filter, 0);

/** The term that a click on a value adds: `service:checkout`, `source:"a b.log"`. */
export const printTerm = (field: string, value: string): string => `${field}:${piece(value)}`;

/** `binding` of what stands around: 0 nothing, 1 OR, 2 AND, 3 NOT. */
function print(filter: Filter, binding: number): string {
  switch (filter.type) {
    case "and":
      return parenthesised(filter.parts.map((part) => print(part, 2)).join(" "), binding >= 2);
    case "or":
      return parenthesised(filter.parts.map((part) => print(part, 1)).join(" OR "), binding >= 1);
    case "not":
      return `-${print(filter.part, 3)}`;
    default:
      return printCondition(filter);
  }
}

const parenthesised = (text: string, needed: boolean): string => (needed ? `(${text})` : text);

function printCondition(condition: Condition): string {
  switch (condition.type) {
    case "text":
      return BARE_TEXT.test(condition.text) && !KEYWORD.test(condition.text) ? condition.text : quote(condition.text);
    case "regex":
      return expression(condition);
    case "level":
    case "severity":
      return `${condition.type}${sign(condition.operator)}${condition.values.join(",").toLowerCase()}`;
    case "kind":
      return `kind:${condition.values.join(",")}`;
    case "word":
      return `${condition.field}:${patterns(condition.values)}`;
    case "number": {
      const value = condition.field === "duration" ? printDuration(condition.value) : String(condition.value);
      return `${condition.field}${sign(condition.operator)}${value}`;
    }
    case "time":
      return `time${sign(condition.operator)}${printTime(condition.time, condition.width)}`;
    case "has":
      return `has:${piece(condition.field)}`;
    case "field":
      return `${condition.key}:${patterns(condition.values)}`;
    default:
      return `${condition.key}${condition.operator}${condition.value}`;
  }
}

const sign = (operator: string): string => (operator === "=" ? ":" : operator);
const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
const piece = (text: string): string => (BARE_VALUE.test(text) ? text : quote(text));
const patterns = (values: readonly FieldValue[]): string =>
  values.map((value) => (isExpression(value) ? expression(value) : pattern(value))).join(",");

/** An escaped character stays as it is; a slash on its own would end the expression. */
const expression = ({ pattern: text, flags }: Expression): string =>
  `/${text.replaceAll(/\\.|\//g, (found) => (found === "/" ? "\\/" : found))}/${flags}`;

/** Nothing stands between two stars or before the first; a value of nothing at all is `""`. */
const pattern = (pieces: Pattern): string =>
  pieces.length === 1 ? piece(pieces[0] ?? "") : pieces.map((text) => (text === "" ? "" : piece(text))).join("*");
