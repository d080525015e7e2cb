/**
 * The templates of a case: found from the different skeletons of all its sources and how many records have each, so that
 * the answer is the same in whatever order the records came.
 */
import { cluster } from "./cluster.ts";
import { fnv64 } from "./hash.ts";
import { headLengths } from "./head.ts";
import { WILDCARD } from "./scan.ts";
import { asValue, textOf, tokensOf, type Token } from "./tokens.ts";

export interface SkeletonCount {
  readonly skeleton: string;
  /** Records that have it. */
  readonly count: number;
}

export interface Template {
  /** Twelve hexadecimal digits, from the text. */
  readonly id: string;
  /** `Connection to <*> timed out after <*>`. */
  readonly text: string;
  readonly count: number;
}

/** How a skeleton is told by its template. */
export interface Fit {
  readonly template: Template;
  /** Tokens of the skeleton that are its head and no part of the template. */
  readonly head: number;
  /** Places among the other tokens, runs of values counted once, that the template has a wildcard for. */
  readonly values: ReadonlySet<number>;
}

/** One distinct text without heads, and where it comes from. */
interface Body {
  /** Runs of values as one. */
  readonly tokens: readonly Token[];
  readonly whole: readonly Token[];
  readonly places: { readonly key: string; readonly head: number; readonly count: number; readonly size: number }[];
}

const ID_DIGITS = 12;

const keyOf = (source: number, skeleton: string): string => `${source}\n${skeleton}`;

export class TemplateModel {
  readonly #fits = new Map<string, Fit>();
  readonly templates: readonly Template[];

  constructor(sources: ReadonlyMap<number, readonly SkeletonCount[]>) {
    const templates = new Map<string, Template>();
    for (const { members, values } of cluster(bodiesOf(sources))) {
      const tokens = textTokens(members, values);
      const id = idOf(members[0]?.tokens ?? [], values);
      const count = members.reduce((sum, body) => sum + body.places.reduce((all, place) => all + place.count, 0), 0);
      const template = { id, text: textOf(tokens), count: (templates.get(id)?.count ?? 0) + count };
      templates.set(id, template);
      for (const { places } of members)
        for (const { key, head } of places) this.#fits.set(key, { template, head, values });
    }
    // A text may come from two clusters; its last count is the whole one.
    for (const [key, fit] of this.#fits)
      this.#fits.set(key, { ...fit, template: templates.get(fit.template.id) ?? fit.template });
    this.templates = [...templates.values()].sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
  }

  /** How a skeleton that the model was made of is told; undefined for any other. */
  fit(source: number, skeleton: string): Fit | undefined {
    return this.#fits.get(keyOf(source, skeleton));
  }
}

function bodiesOf(sources: ReadonlyMap<number, readonly SkeletonCount[]>): Body[] {
  const bodies = new Map<string, Body>();
  for (const [source, skeletons] of sources) {
    const lines = skeletons.map(({ skeleton, count }) => ({ skeleton, count, tokens: tokensOf(skeleton) }));
    const heads = headLengths(lines);
    for (const [index, { skeleton, count, tokens }] of lines.entries()) {
      const head = heads[index] ?? 0;
      const whole = tokens.slice(head);
      const body = whole.filter(({ text }, at) => text !== WILDCARD || whole[at - 1]?.text !== WILDCARD);
      const key = body.map(({ text }) => text).join("\u0001");
      const place = { key: keyOf(source, skeleton), head, count, size: whole.length };
      const known = bodies.get(key);
      if (known === undefined) bodies.set(key, { tokens: body, whole, places: [place] });
      else known.places.push(place);
    }
  }
  return [...bodies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, body]) => body);
}

/** Spaces do not count: they may differ from one member to the next. */
function idOf(tokens: readonly Token[], values: ReadonlySet<number>): string {
  return fnv64(tokens.map(({ text }, at) => (values.has(at) ? WILDCARD : text)).join(" ")).slice(0, ID_DIGITS);
}

/** Values in a row are shown as they are where all members have the same number of them. */
function textTokens(members: readonly Body[], values: ReadonlySet<number>): Token[] {
  const [first] = members;
  if (first === undefined) return [];
  const size = first.whole.length;
  const asIs = members.every(({ places }) => places.every((place) => place.size === size));
  let at = -1;
  return (asIs ? first.whole : first.tokens).map((token, index, all) => {
    if (token.text !== WILDCARD || all[index - 1]?.text !== WILDCARD) at += 1;
    return values.has(at) ? asValue(token) : token;
  });
}
