/**
 * Sentences in quotes that are values: titles, subjects, queries. They have different numbers of words, so the templates
 * they stand in have different shapes and are never compared place by place. Where templates are alike but for what is
 * quoted at one place, and that has several shapes, it is no wording: all of it is a value.
 */
import type { Cluster, Member } from "./cluster.ts";
import { asValue, isWord, shapeOf, type Token } from "./tokens.ts";

/** So many shapes of what is quoted are values. */
const FEWEST_SHAPES = 3;
/** Words that templates have in common around their quotations. */
const FEWEST_WORDS = 2;
const QUOTE = '"';

/** From behind the opening quote to the closing one. */
interface Quotation {
  readonly start: number;
  readonly end: number;
}

interface Quoting<M extends Member> {
  readonly cluster: Cluster<M>;
  readonly tokens: readonly Token[];
  readonly quotations: readonly Quotation[];
}

/** The same templates, more of their places taken for values. */
export function withQuotations<M extends Member>(clusters: readonly Cluster<M>[]): Cluster<M>[] {
  const frames = new Map<string, Quoting<M>[]>();
  const widened: Cluster<M>[] = [];
  for (const cluster of clusters) {
    const quoting = quotingOf(cluster);
    const frame = quoting === null ? "" : frameOf(quoting);
    const alike = frames.get(frame);
    if (quoting === null || frame === "") widened.push(cluster);
    else if (alike === undefined) frames.set(frame, [quoting]);
    else alike.push(quoting);
  }
  for (const alike of frames.values()) widened.push(...widen(alike));
  return widened;
}

function quotingOf<M extends Member>(cluster: Cluster<M>): Quoting<M> | null {
  const first = cluster.members[0]?.tokens ?? [];
  if (!first.some(({ text }) => text === QUOTE)) return null;
  const tokens = first.map((token, at) => (cluster.values.has(at) ? asValue(token) : token));
  const quotations: Quotation[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    // What stands in quotes after a key is its text: "msg=", "error:".
    if (tokens[at]?.text !== QUOTE) continue;
    const end = tokens.findIndex(({ text }, index) => index > at && text === QUOTE);
    if (end < 0) break;
    if (tokens[at - 1]?.text !== "=") quotations.push({ start: at + 1, end });
    at = end;
  }
  return { cluster, tokens, quotations };
}

/** What stands around the quotations, or nothing when that does not say much. */
function frameOf({ tokens, quotations }: Quoting<Member>): string {
  if (quotations.length === 0) return "";
  const around = tokens.filter((_, at) => !quotations.some(({ start, end }) => at >= start && at < end));
  const words = around.filter(({ text }) => isWord(text)).length;
  return words < FEWEST_WORDS ? "" : around.map(({ text }) => text).join("\u0001");
}

function widen<M extends Member>(alike: readonly Quoting<M>[]): Cluster<M>[] {
  const count = alike[0]?.quotations.length ?? 0;
  const values = alike.map(({ cluster }) => new Set(cluster.values));
  for (let nth = 0; nth < count; nth += 1) {
    const shapes = alike.map(({ tokens, quotations: { [nth]: place } }) =>
      shapeOf(tokens.slice(place?.start, place?.end)),
    );
    if (new Set(shapes).size < FEWEST_SHAPES) continue;
    for (const [index, { quotations }] of alike.entries())
      for (let at = quotations[nth]?.start ?? 0; at < (quotations[nth]?.end ?? 0); at += 1) values[index]?.add(at);
  }
  return alike.map(({ cluster: { members } }, index) => ({ members, values: values[index] ?? new Set() }));
}
