// What differs between two sets of records, as one ranked list.
import type { CallInput, CallOutput } from "../../../../shared/contract.ts";
import type { Difference } from "../../compare/difference.ts";
import { rankDifferences } from "../../compare/rank.ts";
import { sentenceOf } from "../../compare/sentence.ts";
import type { OpenCase } from "../open-case.ts";
import { comparedAttributes } from "./attributes.ts";
import { comparedMetrics } from "./metrics.ts";
import { comparedOperations } from "./operations.ts";
import { sidesOf, type Side, type Sides } from "./sides.ts";
import { comparedTemplates } from "./templates.ts";

type Comparison = CallOutput<"compare.find">;
type Row = Comparison["differences"][number];

/** Rows that cross to the window. */
const MOST_ROWS = 500;
/** Characters of a name that cross. */
const LONGEST_NAME = 1_000;

/** Fails as {@link sidesOf} does. */
export function compareSides(open: OpenCase, input: CallInput<"compare.find">, checkpoint: () => void): Comparison {
  const sides = sidesOf(open, input, checkpoint);
  checkpoint();
  const attributes = comparedAttributes(open, sides, checkpoint);
  const tested: (Difference & { readonly also?: readonly string[] })[] = [
    ...comparedTemplates(open, sides, checkpoint),
    ...attributes.found,
    ...comparedOperations(open, sides, checkpoint),
    ...comparedMetrics(open, sides, checkpoint),
  ];
  const ranked = rankDifferences(tested);
  const looked = sides.a.records.length + sides.b.records.length;
  return {
    revision: open.revision,
    a: shownSide(sides.a),
    b: shownSide(sides.b),
    tested: tested.length,
    found: ranked.length,
    decoded: attributes.decoded,
    differences: ranked
      .slice(0, MOST_ROWS)
      .map(({ difference, score }) => rowOf(difference, score, difference.also ?? [])),
    notes: notesOf(sides, attributes.decoded, looked),
  };
}

const shownSide = ({ records, withSamples, from, to }: Side): Comparison["a"] => ({
  from,
  to,
  records: records.length,
  samples: withSamples.length - records.length,
});

function rowOf(difference: Difference, score: number, also: readonly string[]): Row {
  const { kind, field, name, measure, unit, a, b, effect, level, term } = difference;
  return {
    kind,
    field,
    name: name.slice(0, LONGEST_NAME),
    measure,
    unit,
    a,
    b,
    lift: a.value > 0 && measure !== "level" && measure !== "growth" ? b.value / a.value : null,
    doublings: effect.doublings,
    atLeast: effect.atLeast,
    chance: effect.chance,
    score,
    level,
    text: sentenceOf(difference),
    also,
    filter: term,
  };
}

function notesOf({ a, b }: Sides, decoded: number, looked: number): string[] {
  const notes: string[] = [];
  for (const [name, side] of [
    ["A", a],
    ["B", b],
  ] as const)
    if (side.withSamples.length === 0) notes.push(`${name} holds no record: there is nothing to compare.`);
  if (decoded < looked)
    notes.push(
      `Fields were read of ${decoded.toLocaleString("en-US")} of ${looked.toLocaleString("en-US")} records, evenly spread.`,
    );
  return notes;
}
