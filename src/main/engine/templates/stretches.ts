/**
 * Stretches of text that are values: what stands in quotes or brackets (a title, a query, an object with changing keys),
 * and free text behind a colon (a cause). They have different numbers of words, so the templates they stand in have
 * different shapes and are never compared place by place. Where templates are alike but for one stretch, and that has
 * several shapes, it is no wording: all of it is a value.
 */
import type { Cluster, Member } from "./member.ts";
import { WILDCARD } from "./skeleton-items.ts";
import { asValue, isWord, shapeOf, type Token } from "./tokens.ts";

/** So many shapes of what is enclosed are values, where so many words stand around it. */
const FEWEST_SHAPES = 3;
const FEWEST_WORDS = 2;
/** Behind a colon nothing says where a text ends, and kinds of failures stand there too: more of them, and most rare. */
const FEWEST_TAIL_SHAPES = 4;
const FEWEST_TAILS = 5;
const RARE_TAILS = 0.5;
/** So many texts are no kinds. */
const MANY_TAILS = 24;
const QUOTE = '"';
const CLOSING: ReadonlyMap<string, string> = new Map([
  [QUOTE, QUOTE],
  ["{", "}"],
  ["[", "]"],
  ["(", ")"],
]);

/** Tokens of a stretch. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A template and the stretches in it. */
interface Holder<M extends Member> {
  readonly cluster: Cluster<M>;
  readonly tokens: readonly Token[];
  readonly stretches: readonly Stretch[];
}

/** What stands around stretches, each of them as one value. */
interface Frame<M extends Member> {
  readonly around: readonly string[];
  readonly holders: Holder<M>[];
}

interface Rule {
  readonly stretchesIn: (tokens: readonly Token[]) => readonly Stretch[];
  /** Whether the texts at one place of templates that are alike are values; `counts`: records of each different line. */
  readonly areValues: (texts: readonly (readonly Token[])[], counts: readonly number[]) => boolean;
}

/** The same templates, more of their places taken for values. */
export const withStretches = <M extends Member>(clusters: readonly Cluster<M>[]): Cluster<M>[] =>
  widened(widened(clusters, ENCLOSED), TAIL);

const ENCLOSED: Rule = {
  stretchesIn: enclosedIn,
  areValues: (texts) => shapesOf(texts) >= FEWEST_SHAPES,
};

const TAIL: Rule = {
  stretchesIn: tailIn,
  areValues(texts, counts) {
    if (counts.length < FEWEST_TAILS || shapesOf(texts) < FEWEST_TAIL_SHAPES) return false;
    return counts.length >= MANY_TAILS || counts.filter((count) => count === 1).length >= RARE_TAILS * counts.length;
  },
};

const shapesOf = (texts: readonly (readonly Token[])[]): number => new Set(texts.map(shapeOf)).size;

function widened<M extends Member>(clusters: readonly Cluster<M>[], rule: Rule): Cluster<M>[] {
  const frames = new Map<string, Frame<M>>();
  const found: Cluster<M>[] = [];
  for (const cluster of clusters) {
    const holder = holderOf(cluster, rule);
    const around = aroundOf(holder);
    if (around.filter(isWord).length < FEWEST_WORDS) {
      found.push(cluster);
      continue;
    }
    const key = around.join("\u0001");
    const known = frames.get(key);
    if (known === undefined) frames.set(key, { around, holders: [holder] });
    else known.holders.push(holder);
  }
  for (const { holders } of frames.values()) found.push(...widen(holders, rule));
  return found;
}

function holderOf<M extends Member>(cluster: Cluster<M>, { stretchesIn }: Rule): Holder<M> {
  const first = cluster.members[0]?.tokens ?? [];
  const tokens = first.map((token, at) => (cluster.values.has(at) ? asValue(token) : token));
  return { cluster, tokens, stretches: stretchesIn(tokens) };
}

/** Nothing where there is no stretch. */
function aroundOf({ tokens, stretches }: Holder<Member>): string[] {
  const around: string[] = [];
  let from = 0;
  for (const { start, end } of stretches) {
    for (let at = from; at < start; at += 1) around.push(tokens[at]?.text ?? "");
    around.push(WILDCARD);
    from = end;
  }
  if (stretches.length > 0) for (const { text } of tokens.slice(from)) around.push(text);
  return around;
}

function enclosedIn(tokens: readonly Token[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const closing = CLOSING.get(tokens[at]?.text ?? "");
    const end = closing === undefined ? -1 : closingAt(tokens, at, closing);
    if (end < 0) continue;
    // What stands in quotes after a key is its text: "msg=", "error:".
    if (closing !== QUOTE || tokens[at - 1]?.text !== "=") stretches.push({ start: at + 1, end });
    at = end;
  }
  return stretches;
}

/** The sign that closes the one at `start`, those in between of the same kind counted; -1 for none. */
function closingAt(tokens: readonly Token[], start: number, closing: string): number {
  const opening = tokens[start]?.text;
  let depth = 1;
  for (let at = start + 1; at < tokens.length; at += 1) {
    const text = tokens[at]?.text;
    if (text === closing) depth -= 1;
    else if (text === opening) depth += 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** What stands behind the first colon that has enough words before it. */
function tailIn(tokens: readonly Token[]): Stretch[] {
  let words = 0;
  for (const [at, { text }] of tokens.entries()) {
    if (isWord(text)) words += 1;
    if (text === ":" && words >= FEWEST_WORDS && tokens[at + 1]?.spaced === true)
      return [{ start: at + 1, end: tokens.length }];
  }
  return [];
}

function widen<M extends Member>(alike: readonly Holder<M>[], { areValues }: Rule): Cluster<M>[] {
  const count = alike[0]?.stretches.length ?? 0;
  const values = alike.map(({ cluster }) => new Set(cluster.values));
  const counts = alike.flatMap(({ cluster }) => cluster.members.map(({ count: own = 1 }) => own));
  for (let nth = 0; nth < count; nth += 1) {
    const texts = alike.map(({ tokens, stretches: { [nth]: place } }) => tokens.slice(place?.start, place?.end));
    if (!areValues(texts, counts)) continue;
    for (const [index, { stretches }] of alike.entries())
      for (let at = stretches[nth]?.start ?? 0; at < (stretches[nth]?.end ?? 0); at += 1) values[index]?.add(at);
  }
  return alike.map(({ cluster: { members } }, index) => ({ members, values: values[index] ?? new Set() }));
}
