/**
 * Finds which words of skeletons are values after all: a user's name, a host, a file. Skeletons with the same number of
 * words and the same signs are divided by the place that has the fewest different words, until what still differs differs
 * too much to be wording (after IPLoM, Makanju et al. 2009, and Brain, Yu et al. 2023). The answer depends on the set of
 * skeletons alone, not on their order.
 */
import type { Cluster, Member } from "./member.ts";
import { WILDCARD } from "./skeleton-items.ts";
import { withStretches } from "./stretches.ts";
import { isWord, shapeOf } from "./tokens.ts";

/** A place that holds so many different words holds values. */
const FEWEST_VALUES = 3;
/** Of words that look like names (dots, digits, mixed case) so many are enough. */
const FEWEST_NAMES = 2;
/** The first word, a verb or a word in capitals says what happened; only so many different ones are values. */
const FEWEST_OF_WORDING = 24;
/** Share of the words of a template that must be fixed. */
const LEAST_FIXED = 0.5;

/** Twice: what is a value in one template is one in the others, though few of them stand there. */
export function cluster<M extends Member>(members: readonly M[]): Cluster<M>[] {
  const shapes = new Map<string, M[]>();
  for (const member of members) {
    const key = shapeOf(member.tokens);
    const same = shapes.get(key);
    if (same === undefined) shapes.set(key, [member]);
    else same.push(member);
  }
  const groups = [...shapes.values()];
  return withStretches(divideAll(groups, knownValues(divideAll(groups, new Set()))));
}

function divideAll<M extends Member>(groups: readonly M[][], known: ReadonlySet<string>): Cluster<M>[] {
  const clusters: Cluster<M>[] = [];
  for (const group of groups) divide(group, known, clusters);
  return clusters;
}

function knownValues(clusters: readonly Cluster<Member>[]): Set<string> {
  const known = new Set<string>();
  for (const { members, values } of clusters)
    for (const at of values) for (const { tokens } of members) known.add(tokens[at]?.text ?? "");
  return known;
}

interface Place {
  readonly at: number;
  readonly texts: ReadonlySet<string>;
  readonly isValue: boolean;
}

function divide<M extends Member>(group: readonly M[], known: ReadonlySet<string>, clusters: Cluster<M>[]): void {
  const [first] = group;
  if (first === undefined) return;
  if (group.length === 1) {
    clusters.push({ members: group, values: new Set() });
    return;
  }
  const places = placesOf(group, known);
  const varying = places.filter(({ texts }) => texts.size > 1);
  const wording = varying.filter(({ isValue }) => !isValue);
  const fixed = places.filter(({ texts }) => texts.size === 1 && !texts.has(WILDCARD)).length;
  const words = places.filter((place) => isCounted(place, known)).length;
  const divider = fewest(wording) ?? (fixed < words * LEAST_FIXED ? dividerOf(varying) : undefined);
  if (divider === undefined) {
    clusters.push({ members: group, values: new Set(varying.map(({ at }) => at)) });
    return;
  }
  const parts = new Map<string, M[]>();
  for (const member of group) {
    const text = member.tokens[divider.at]?.text ?? "";
    const part = parts.get(text);
    if (part === undefined) parts.set(text, [member]);
    else part.push(member);
  }
  for (const part of parts.values()) divide(part, known, clusters);
}

const fewest = (places: readonly Place[]): Place | undefined =>
  places.reduce<Place | undefined>(
    (best, place) => (best === undefined || place.texts.size < best.texts.size ? place : best),
    undefined,
  );

/** A place where a value was seen divides last: its words are likely values too. */
const dividerOf = (varying: readonly Place[]): Place | undefined =>
  fewest(varying.filter(({ texts }) => !texts.has(WILDCARD))) ?? fewest(varying);

/** Whether a place counts as a word of the template; what is certainly a value does not. */
const isCounted = ({ texts }: Place, known: ReadonlySet<string>): boolean =>
  texts.size > 1 ? ![...texts].every((text) => known.has(text)) : !texts.has(WILDCARD);

/** The places that hold words, what stands there, and whether these are values. */
function placesOf(group: readonly Member[], known: ReadonlySet<string>): Place[] {
  const places: Place[] = [];
  const length = group[0]?.tokens.length ?? 0;
  for (let at = 0; at < length; at += 1) {
    const texts = new Set<string>();
    for (const { tokens } of group) texts.add(tokens[at]?.text ?? "");
    const [any = ""] = texts;
    if (texts.size === 1 && any !== WILDCARD && !isWord(any)) continue;
    places.push({ at, texts, isValue: holdsValues(texts, at === 0 && !isNamed(group), known) });
  }
  return places;
}

/** Whether a sign follows the first word at once, "eth0:" or "java[12]": it is a name then. */
const isNamed = (group: readonly Member[]): boolean => {
  const second = group[0]?.tokens[1];
  return second !== undefined && !second.spaced && (second.text === "[" || second.text === ":");
};

function holdsValues(texts: ReadonlySet<string>, isFirst: boolean, known: ReadonlySet<string>): boolean {
  if (texts.has(WILDCARD)) return texts.size > 1;
  const all = [...texts];
  if (isFirst || all.every(isWording)) return texts.size >= FEWEST_OF_WORDING;
  if (texts.size > 1 && all.every((text) => known.has(text))) return true;
  return texts.size >= (all.every(isName) ? FEWEST_NAMES : FEWEST_VALUES);
}

/** "Started", "closing", "GET", "RUNNING". */
const isWording = (text: string): boolean => /^[A-Z]?[a-z]+(?:ed|ing)$/.test(text) || /^[A-Z][A-Z_]+$/.test(text);

/** "db-primary.internal", "orderService", but not "Closed", "read-only". */
const isName = (text: string): boolean => /[.@/\\$#~]|[a-z][A-Z]|_/.test(text) || /-.*-/.test(text);
