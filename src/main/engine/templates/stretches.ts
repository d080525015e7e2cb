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
/** An object with quoted keys is no wording, whatever stands around it. */
const FEWEST_WORDS_OF_OBJECTS = 1;
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
  /** Templates that are alike but for their stretches. */
  const frames = new Map<string, Holder<M>[]>();
  const found: Cluster<M>[] = [];
  for (const cluster of clusters) {
    const holder = holderOf(cluster, rule);
    const around = aroundOf(holder);
    if (around.filter(isWord).length < fewestWordsOf(holder)) {
      found.push(cluster);
      continue;
    }
    const key = around.join("\u0001");
    const known = frames.get(key);
    if (known === undefined) frames.set(key, [holder]);
    else known.push(holder);
  }
  for (const alike of frames.values()) found.push(...widen(alike, rule));
  return found;
}

const fewestWordsOf = ({ tokens, stretches }: Holder<Member>): number =>
  stretches.every(({ start }) => tokens[start - 1]?.text === "{" && tokens[start]?.text === QUOTE)
    ? FEWEST_WORDS_OF_OBJECTS
    : FEWEST_WORDS;

function holderOf<M extends Member>(cluster: Cluster<M>, { stretchesIn }: Rule): Holder<M> {
  const first = cluster.members[0]?.tokens ?? [];
  const tokens = first.map((token, at) => (cluster.values.has(at) ? asValue(token) : token));
  return { cluster, tokens, stretches: stretchesIn(tokens) };
}

/** What stands around stretches, each of them as one value; nothing where there is none. */
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
  const closings = closingsOf(tokens);
  const stretches: Stretch[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const end = closings.get(at);
    if (end === undefined) continue;
    // What stands in quotes after a key is its text: "msg=", "error:".
    if (tokens[at]?.text !== QUOTE || tokens[at - 1]?.text !== "=") stretches.push({ start: at + 1, end });
    at = end;
  }
  return stretches;
}

/** Where the sign that opens at a token is closed; in one pass, for a line may open thousands and close none. */
function closingsOf(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const closings = new Map<number, number>();
  /** By the sign that closes: tokens that wait for it. */
  const open = new Map<string, number[]>([...CLOSING.values()].map((closing) => [closing, []]));
  for (const [at, { text }] of tokens.entries()) {
    const opened = open.get(text)?.pop();
    if (opened !== undefined) closings.set(opened, at);
    else open.get(CLOSING.get(text) ?? "")?.push(at);
  }
  return closings;
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
