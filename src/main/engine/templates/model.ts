/**
 * The templates of a case: found from the different skeletons of all its sources and how many records have each, so that
 * the answer is the same in whatever order the records came; then changed as people decided.
 */
import { cluster } from "./cluster.ts";
import type { Cluster, Member } from "./member.ts";
import { NO_DECISIONS, settled, type Decisions, type Part } from "./decisions.ts";
import { fnv64 } from "./hash.ts";
import { headLengths } from "./head.ts";
import { WILDCARD } from "./skeleton-items.ts";
import { slotsOf, wordsAt } from "./slots.ts";
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
  /** The decision that hides it; null for one that is shown. */
  readonly muted: string | null;
  /** Templates that people made one with it, by the ids of their decisions. */
  readonly merged: readonly { readonly id: string; readonly text: string }[];
  /** What people split it off from. */
  readonly splitFrom: { readonly id: string; readonly text: string } | null;
  /** Places ({@link slotsOf}) where different words were taken for values: there it can be split. */
  readonly words: readonly { readonly place: number; readonly texts: readonly string[] }[];
}

/** How a skeleton is told by its template. */
export interface Fit {
  readonly template: Template;
  /** Tokens of the skeleton that are its head and no part of the template. */
  readonly head: number;
  /** Places among the other tokens, runs of values counted once, that the template has a wildcard for. */
  readonly values: ReadonlySet<number>;
  /** Whether values in a row are one: lists, whose length differs from record to record. */
  readonly listsAreOne: boolean;
}

/** One distinct text without heads, and where it comes from. */
interface Body {
  count: number;
  /** Runs of values as one. */
  readonly tokens: readonly Token[];
  readonly whole: readonly Token[];
  readonly places: { readonly key: string; readonly head: number; readonly size: number }[];
}

const ID_DIGITS = 12;

const keyOf = (source: number, skeleton: string): string => `${source}\n${skeleton}`;

/** A template while it is put together. */
interface Draft {
  readonly id: string;
  text: string;
  /** Lines with the same numbers of words each. */
  readonly clusters: Cluster<Body>[];
  readonly splitFrom: Template["splitFrom"];
  /** What people made one with it. */
  readonly parts: Draft[];
  readonly merged: { readonly id: string; readonly text: string }[];
}

export class TemplateModel {
  readonly #fits = new Map<string, Fit>();
  /** The most frequent first. */
  readonly templates: readonly Template[];

  constructor(sources: ReadonlyMap<number, readonly SkeletonCount[]>, decisions: Decisions = NO_DECISIONS) {
    const clusters = cluster(bodiesOf(sources));
    const { muted, targets, divided } = settled(clusters, decisions, idOf);
    const drafts = draftsOf(divided);
    for (const [id, { target, decision }] of targets) mergeDrafts(drafts, id, target, decision);
    this.templates = [...drafts.values()]
      .map((draft) => this.#take(draft, muted.get(draft.id) ?? null))
      .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
  }

  /** How a skeleton that the model was made of is told; undefined for any other. */
  fit(source: number, skeleton: string): Fit | undefined {
    return this.#fits.get(keyOf(source, skeleton));
  }

  #take(draft: Draft, muted: string | null): Template {
    const { id, text, clusters, merged, splitFrom, parts } = draft;
    const drafts = [draft, ...parts];
    let count = 0;
    for (const one of drafts)
      for (const { members } of one.clusters) for (const member of members) count += member.count;
    // What people made one has no places in common.
    const words = parts.length === 0 ? wordsOf(clusters) : [];
    const template: Template = { id, text, count, muted, merged, splitFrom, words };
    for (const one of drafts) this.#fit(template, one.clusters);
    return template;
  }

  #fit(template: Template, clusters: readonly Cluster<Body>[]): void {
    const listsAreOne = clusters.length > 1;
    for (const { members, values } of clusters)
      for (const { places } of members)
        for (const { key, head } of places) this.#fits.set(key, { template, head, values, listsAreOne });
  }
}

function draftsOf(parts: readonly Part<Body>[]): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const { cluster: found, splitFrom } of parts) {
    const id = idOf(found);
    const same = drafts.get(id);
    if (same === undefined)
      drafts.set(id, { id, text: textOf(textTokens(found)), clusters: [found], splitFrom, parts: [], merged: [] });
    else {
      same.clusters.push(found);
      same.text = textOf(slotsOf(found).map(({ token }) => token));
    }
  }
  return drafts;
}

function mergeDrafts(drafts: Map<string, Draft>, id: string, target: string, decision: string): void {
  const from = drafts.get(id);
  const into = drafts.get(target);
  if (from === undefined || into === undefined || from === into) return;
  into.parts.push(from, ...from.parts);
  into.merged.push({ id: decision, text: from.text }, ...from.merged);
  drafts.delete(id);
}

function bodiesOf(sources: ReadonlyMap<number, readonly SkeletonCount[]>): Body[] {
  const bodies = new Map<string, Body>();
  const taken = new Map<string, TakenApart>();
  for (const [source, skeletons] of sources) {
    const lines = skeletons.map(({ skeleton, count }) => {
      const parts = taken.get(skeleton) ?? new TakenApart(skeleton);
      taken.set(skeleton, parts);
      return { skeleton, count, parts, tokens: parts.tokens };
    });
    const heads = headLengths(lines);
    for (const [index, { skeleton, count, parts }] of lines.entries()) {
      const head = heads[index] ?? 0;
      const { whole, body, key } = parts.behind(head);
      const place = { key: keyOf(source, skeleton), head, size: whole.length };
      const known = bodies.get(key);
      if (known === undefined) bodies.set(key, { count, tokens: body, whole, places: [place] });
      else {
        known.count += count;
        known.places.push(place);
      }
    }
  }
  return [...bodies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, body]) => body);
}

interface Behind {
  readonly whole: readonly Token[];
  readonly body: readonly Token[];
  readonly key: string;
}

/** A skeleton, which thousands of small sources may have. */
class TakenApart {
  readonly tokens: readonly Token[];
  readonly #behind = new Map<number, Behind>();

  constructor(skeleton: string) {
    this.tokens = tokensOf(skeleton);
  }

  /** What stands behind a head of so many tokens. */
  behind(head: number): Behind {
    const known = this.#behind.get(head);
    if (known !== undefined) return known;
    const whole = this.tokens.slice(head);
    const body = whole.filter(({ text }, at) => text !== WILDCARD || whole[at - 1]?.text !== WILDCARD);
    const behind = { whole, body, key: body.map(({ text }) => text).join("\u0001") };
    this.#behind.set(head, behind);
    return behind;
  }
}

/** Spaces do not count: they may differ from one member to the next. */
const idOf = (found: Cluster<Member>): string =>
  fnv64(
    slotsOf(found)
      .map(({ token }) => token.text)
      .join(" "),
  ).slice(0, ID_DIGITS);

/** Values in a row are shown as they are where all members have the same number of them. */
function textTokens({ members, values }: Cluster<Body>): Token[] {
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

/** Texts at the places that were taken for values, those of most records first. */
function wordsOf(clusters: readonly Cluster<Body>[]): Template["words"] {
  const counts = new Map<number, Map<string, number>>();
  for (const found of clusters) {
    for (const [place, slot] of slotsOf(found).entries()) {
      if (!slot.varies) continue;
      const known = counts.get(place) ?? new Map<string, number>();
      counts.set(place, known);
      for (const member of found.members) {
        const text = wordsAt(member, slot);
        known.set(text, (known.get(text) ?? 0) + member.count);
      }
    }
  }
  return [...counts]
    .filter(([, texts]) => texts.size > 1)
    .sort(([a], [b]) => a - b)
    .map(([place, texts]) => ({
      place,
      texts: [...texts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([text]) => text),
    }));
}
