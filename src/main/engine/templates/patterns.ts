/** Templates that were found, as patterns that a further skeleton is matched with. */
import { cluster } from "./cluster.ts";
import { WILDCARD } from "./skeleton-items.ts";
import { asValue, shapeOf, textOf, tokensOf, type Token } from "./tokens.ts";

/** Patterns of one shape that are tried; more than that is a shape that says nothing. */
const MOST_TRIED = 64;

export class Patterns {
  readonly #byShape = new Map<string, Token[][]>();

  constructor(skeletons: readonly string[]) {
    const members = skeletons.map((skeleton) => ({ tokens: tokensOf(skeleton) }));
    for (const { members: alike, values } of cluster(members)) {
      const [first] = alike;
      if (first === undefined || values.size === 0) continue;
      const pattern = first.tokens.map((token, at) => (values.has(at) ? asValue(token) : token));
      const shape = shapeOf(pattern);
      const known = this.#byShape.get(shape);
      if (known === undefined) this.#byShape.set(shape, [pattern]);
      else if (known.length < MOST_TRIED) known.push(pattern);
    }
  }

  /** The template that a skeleton has, or null. */
  match(skeleton: string): string | null {
    const tokens = tokensOf(skeleton);
    const found = this.#byShape
      .get(shapeOf(tokens))
      ?.find((pattern) => pattern.every(({ text }, at) => text === WILDCARD || text === tokens[at]?.text));
    return found === undefined ? null : textOf(found);
  }
}
