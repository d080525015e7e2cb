/** Which differences count, and in which order: one list for all kinds. */
import { Level } from "../../../shared/model/level.ts";
import type { Difference, Ranked } from "./difference.ts";
import { keptOf } from "./false-discovery.ts";

/** One in a hundred of what is shown may be chance. */
const FALSE_SHARE = 0.01;
/** Fewer records on both sides together are an anecdote. */
const LEAST_COUNT = 5;
/** A rate, a share or a latency that differs by less than this is nothing to look at: a quarter. */
const LEAST_DOUBLINGS = Math.log2(1.25);
/** What fails is looked at before what only talks. */
const WEIGHT_OF_ERROR = 2;
const WEIGHT_OF_WARNING = 1.25;
/** What became faster or failed less is no trouble. */
const WEIGHT_OF_BETTER = 0.5;
/** Many series are written only while something happens: that one begins says little of what. */
const WEIGHT_OF_BEGUN = 0.25;

/**
 * score = doublings that it differs by at least × weight. The weight is 2 for what errors became more or services
 * failed, 1.25 for warnings, 0.5 for what became faster or failed less, 0.25 for series that began, 1 for everything else.
 */
export function rankDifferences<D extends Difference>(tested: readonly D[]): Ranked<D>[] {
  const enough = tested.filter(({ a, b }) => a.count + b.count >= LEAST_COUNT);
  const kept = keptOf(
    enough.map(({ effect }) => effect.chance),
    FALSE_SHARE,
  );
  return enough
    .filter(({ effect }, at) => kept[at] === true && effect.atLeast !== 0 && differs(effect.doublings))
    .map((difference) => ({ difference, score: Math.abs(difference.effect.atLeast) * weightOf(difference) }))
    .sort((x, y) => y.score - x.score || order(x.difference, y.difference));
}

const differs = (doublings: number): boolean => Math.abs(doublings) >= LEAST_DOUBLINGS;

function weightOf({ kind, measure, level, effect }: Difference): number {
  if (effect.doublings < 0) return kind === "errors" || kind === "latency" ? WEIGHT_OF_BETTER : 1;
  if (kind === "metric" && measure === "rate") return WEIGHT_OF_BEGUN;
  if (kind === "errors" || level >= Level.error) return WEIGHT_OF_ERROR;
  return level >= Level.warn ? WEIGHT_OF_WARNING : 1;
}

/** Only so that the same data always gives the same list. */
function order(x: Difference, y: Difference): number {
  const text = ({ kind, field, name, measure }: Difference): string => `${kind}\n${field ?? ""}\n${name}\n${measure}`;
  const [a, b] = [text(x), text(y)];
  return x.a.count + x.b.count === y.a.count + y.b.count
    ? a < b
      ? -1
      : 1
    : y.a.count + y.b.count - x.a.count - x.b.count;
}
