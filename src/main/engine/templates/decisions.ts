/**
 * What people decided about templates, found again in the templates of now: sources that come later can make a word a
 * value, and then the template that was decided about has another text.
 */
import type { TemplateDecision } from "../../../shared/model/template.ts";
import type { Cluster, Member } from "./member.ts";
import { WILDCARD } from "./skeleton-items.ts";
import { slotsOf, wordsAt } from "./slots.ts";
import { shapeOf, tokensOf, type Token } from "./tokens.ts";

export type Decisions = readonly TemplateDecision[];
export const NO_DECISIONS: Decisions = [];

export interface Part<M extends Member> {
  readonly cluster: Cluster<M>;
  /** The decision that split it off; null for a template as it was found. */
  readonly splitFrom: { readonly id: string; readonly text: string } | null;
}

export interface Settled<M extends Member> {
  /** Id of the decision by the id of now. */
  readonly muted: ReadonlyMap<string, string>;
  /** What is told as what, chains and circles resolved. */
  readonly targets: ReadonlyMap<string, { readonly target: string; readonly decision: string }>;
  readonly divided: readonly Part<M>[];
}

type IdOf = (cluster: Cluster<Member>) => string;

/** Splits first, so that a part can be muted or merged. */
export function settled<M extends Member>(
  clusters: readonly Cluster<M>[],
  decisions: Decisions,
  idOf: IdOf,
): Settled<M> {
  if (decisions.length === 0)
    return {
      muted: new Map(),
      targets: new Map(),
      divided: clusters.map((found) => ({ cluster: found, splitFrom: null })),
    };
  const splits = new Map<string, TemplateDecision & { readonly kind: "split" }>();
  let lookup = new Lookup(clusters, idOf);
  for (const decision of decisions)
    if (decision.kind === "split") splits.set(lookup.find(decision.id, decision.text), decision);
  const divided = clusters.flatMap((found): Part<M>[] => {
    const decision = splits.get(idOf(found));
    if (decision === undefined) return [{ cluster: found, splitFrom: null }];
    const { id, text, place } = decision;
    return split(found, place).map((part) => ({ cluster: part, splitFrom: { id, text } }));
  });
  lookup = new Lookup(
    divided.map(({ cluster: part }) => part),
    idOf,
  );
  const muted = new Map<string, string>();
  const next = new Map<string, { readonly target: string; readonly decision: string }>();
  for (const decision of decisions) {
    if (decision.kind === "mute") muted.set(lookup.find(decision.id, decision.text), decision.id);
    else if (decision.kind === "merge")
      next.set(lookup.find(decision.id, decision.text), {
        target: lookup.find(decision.target, decision.targetText),
        decision: decision.id,
      });
  }
  return { muted, targets: endsOf(next), divided };
}

/** `place`: of {@link slotsOf}, which lines with other numbers of words have too. */
function split<M extends Member>(found: Cluster<M>, place: number): Cluster<M>[] {
  const slot = slotsOf(found)[place];
  if (slot?.varies !== true) return [found];
  const parts = new Map<string, M[]>();
  for (const member of found.members) {
    const text = wordsAt(member, slot);
    const part = parts.get(text);
    if (part === undefined) parts.set(text, [member]);
    else part.push(member);
  }
  const left = new Set([...found.values].filter((at) => at < slot.start || at >= slot.end));
  return [...parts.values()].map((part) => ({ members: part, values: left }));
}

/** Each to the end of its chain; what leads back to itself leads nowhere. */
function endsOf(
  next: ReadonlyMap<string, { readonly target: string; readonly decision: string }>,
): Settled<Member>["targets"] {
  const ends = new Map<string, { readonly target: string; readonly decision: string }>();
  for (const [start, { decision }] of next) {
    const met = new Set([start]);
    let end = start;
    for (let at = next.get(start)?.target; at !== undefined && !met.has(at); at = next.get(at)?.target) {
      met.add(at);
      end = at;
    }
    if (end !== start) ends.set(start, { target: end, decision });
  }
  return ends;
}

/** Finds the template of now by the id, or else by the text, of one of then. */
class Lookup {
  readonly #ids = new Set<string>();
  readonly #byShape = new Map<
    string,
    { readonly id: string; readonly tokens: readonly Token[]; readonly values: ReadonlySet<number> }[]
  >();

  constructor(clusters: readonly Cluster<Member>[], idOf: IdOf) {
    for (const found of clusters) {
      const tokens = found.members[0]?.tokens ?? [];
      const id = idOf(found);
      this.#ids.add(id);
      const shape = shapeOf(tokens);
      const same = this.#byShape.get(shape);
      if (same === undefined) this.#byShape.set(shape, [{ id, tokens, values: found.values }]);
      else same.push({ id, tokens, values: found.values });
    }
  }

  find(id: string, text: string): string {
    if (this.#ids.has(id)) return id;
    const tokens = tokensOf(text).filter((token, at, all) => token.text !== WILDCARD || all[at - 1]?.text !== WILDCARD);
    const covering = this.#byShape
      .get(shapeOf(tokens))
      ?.find((known) =>
        known.tokens.every(
          (token, at) => known.values.has(at) || token.text === WILDCARD || token.text === tokens[at]?.text,
        ),
      );
    return covering?.id ?? id;
  }
}
