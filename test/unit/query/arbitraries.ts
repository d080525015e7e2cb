// Random filters for property tests, in the one form in which the parser would give them.
import fc from "../../support/properties.ts";
import {
  and,
  not,
  or,
  WORD_FIELDS,
  type Condition,
  type Expression,
  type FieldValue,
  type Filter,
  type Pattern,
} from "../../../src/shared/query/ast.ts";
import { KIND_WORDS } from "../../../src/shared/query/fields.ts";
import { LEVELS } from "../../../src/shared/model/level.ts";
import { SEVERITIES } from "../../../src/shared/model/severity.ts";
import { micros } from "../../../src/shared/units.ts";

/** No lone surrogates are needed to break a parser; what breaks one is in here often enough. */
export const hostileText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(
      '"',
      "\\",
      "*",
      "(",
      ")",
      ":",
      ",",
      "-",
      "/",
      " ",
      "=",
      ">",
      "<",
      "!",
      "a",
      "B",
      "é",
      "OR",
      "NOT ",
      "level",
      "\n",
    ),
  }),
);

const comparison = fc.constantFrom("=", ">", ">=", "<", "<=" as const);
const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(value, { minLength: 1, maxLength: 3 });

export const patternOf = (text: fc.Arbitrary<string>): fc.Arbitrary<Pattern> =>
  fc.oneof(
    text.map((piece) => [piece]),
    // Nothing stands between two stars, and the parser folds stars that follow each other.
    fc
      .tuple(
        text,
        fc.array(
          text.filter((piece) => piece !== ""),
          { maxLength: 2 },
        ),
        text,
      )
      .map(([first, inner, last]) => [first].concat(inner, last)),
  );

const expression: fc.Arbitrary<Expression> = fc
  .tuple(
    some(fc.constantFrom("a", "B", "é", ".", "/", ",", "[^/ ]", "\\d", "\\\\", "(?:e|k)+", "c?", "^", "$")),
    fc.subarray(["i", "m", "s"]),
  )
  .map(([pieces, flags]) => ({ pattern: pieces.join(""), flags: flags.join("") }));

const valueOf = (text: fc.Arbitrary<string>): fc.Arbitrary<FieldValue> =>
  fc.oneof({ weight: 3, arbitrary: patternOf(text) }, { weight: 1, arbitrary: expression });

const WIDTHS = [86_400e6, 3_600e6, 60e6, 1e6, 1e5, 1e3, 1];

export const conditionOf = (text: fc.Arbitrary<string>): fc.Arbitrary<Condition> =>
  fc.oneof(
    text.map((value): Condition => ({ type: "text", text: value })),
    expression.map(({ pattern, flags }): Condition => ({ type: "regex", pattern, flags })),
    fc
      .tuple(comparison, fc.constantFrom(...LEVELS.slice(1), "high" as const, "medium" as const))
      .map(([operator, value]): Condition => ({ type: "level", operator, values: [value] })),
    some(fc.constantFrom(...LEVELS)).map((values): Condition => ({ type: "level", operator: "=", values })),
    fc
      .tuple(comparison, fc.constantFrom(...SEVERITIES))
      .map(([operator, value]): Condition => ({ type: "severity", operator, values: [value] })),
    some(fc.constantFrom(...KIND_WORDS)).map((values): Condition => ({ type: "kind", values })),
    fc
      .tuple(fc.constantFrom(...WORD_FIELDS), some(valueOf(text)))
      .map(([field, values]): Condition => ({ type: "word", field, values })),
    fc
      .tuple(
        fc.constantFrom("duration", "value", "line" as const),
        comparison,
        fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 })),
      )
      .map(([field, operator, value]): Condition => ({ type: "number", field, operator, value: value + 0 })),
    fc
      .tuple(comparison, fc.constantFrom(...WIDTHS), fc.nat({ max: 4e15 }))
      .map(([operator, width, time]): Condition => ({
        type: "time",
        operator,
        time: micros(Math.floor(time / width) * width),
        width,
      })),
    text.filter((field) => field !== "").map((field): Condition => ({ type: "has", field })),
    fc
      .tuple(fc.constantFrom("http.route", "user_id", "@timestamp", "a/b-c"), some(valueOf(text)))
      .map(([key, values]): Condition => ({ type: "field", key, values })),
    fc
      .tuple(
        fc.constantFrom("http.status", "n"),
        fc.constantFrom(">", ">=", "<", "<=" as const),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      )
      .map(([key, operator, value]): Condition => ({ type: "fieldNumber", key, operator, value: value + 0 })),
  );

export const filterOf = (condition: fc.Arbitrary<Condition>): fc.Arbitrary<Filter> =>
  fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      condition,
      fc.array(tie("filter"), { minLength: 2, maxLength: 3 }).map(and),
      fc.array(tie("filter"), { minLength: 2, maxLength: 3 }).map(or),
      tie("filter").map(not),
    ),
  })).filter;
