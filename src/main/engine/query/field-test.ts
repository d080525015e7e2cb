// Conditions on fields that only decoding a record shows. Keys are the format's dotted ones.
import type { Fields } from "../../../shared/model/record.ts";
import { isExpression, type Condition } from "../../../shared/query/ast.ts";
import { readNumber } from "../../../shared/query/quantities.ts";
import { holds } from "./gravity.ts";
import { anyValue } from "../../../shared/query/pattern.ts";

export type FieldCondition = Extract<Condition, { type: "field" | "fieldNumber" | "has" }>;
export type FieldTest = (fields: Fields) => boolean;

export function fieldTest(condition: FieldCondition): FieldTest {
  if (condition.type === "has")
    return (fields) => fields.some(([key, value]) => key === condition.field && value !== null);
  if (condition.type === "field") {
    const fits = anyValue(condition.values);
    return (fields) => fields.some(([key, value]) => key === condition.key && fits(String(value)));
  }
  const { key: wanted, operator, value: bound } = condition;
  return (fields) =>
    fields.some(([key, value]) => {
      if (key !== wanted) return false;
      const number = typeof value === "number" ? value : typeof value === "string" ? readNumber(value) : null;
      return number !== null && holds(number - bound, operator);
    });
}

/** Only what no format writes otherwise than it means it: no escapes, no quotes. */
const PLAIN = /^[A-Za-z0-9_ ./:@-]*$/;
/** Numbers are written in many ways, and an empty cell may mean null. */
const REWRITTEN = /^[\d.e+-]*$/i;
const CONSTANTS = ["null", "true", "false"];

/**
 * A text that stands in the bytes of every record that fits, so that the others need not be decoded; null when the
 * condition promises none.
 */
export function promisedText(condition: FieldCondition): string | null {
  if (condition.type !== "field" || condition.values.length !== 1) return null;
  const [only] = condition.values;
  if (only === undefined || isExpression(only)) return null;
  const longest = only.reduce((a, b) => (b.length > a.length ? b : a), "");
  if (longest.length < 2 || !PLAIN.test(longest) || REWRITTEN.test(longest)) return null;
  return CONSTANTS.some((constant) => constant.includes(longest.toLowerCase())) ? null : longest;
}
