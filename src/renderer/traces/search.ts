/** Finds spans by operation, service and id; what else is written in them, the filter of all views finds. */
import type { TraceModel, TraceSpan } from "./model.ts";

const textOf = ({ name, service, spanId }: TraceSpan): string => [name, service ?? "", spanId].join("\n").toLowerCase();

const texts = new WeakMap<TraceModel, readonly string[]>();

/** Made when first searched: most traces are only looked at. */
function textsOf(model: TraceModel): readonly string[] {
  const known = texts.get(model);
  if (known !== undefined) return known;
  const made = model.spans.map(textOf);
  texts.set(model, made);
  return made;
}

/** Positions in the order of the tree whose span holds every word; none for an empty search. */
export function matches(model: TraceModel, typed: string): Uint32Array {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return new Uint32Array(0);
  const all = textsOf(model);
  return model.order
    .filter((index) => words.every((word) => all[index]?.includes(word)))
    .map((index) => model.position[index] ?? 0);
}

/** The next match after a position, going round at the ends; null when there is none. */
export function nextMatch(found: Uint32Array, position: number, step: 1 | -1): number | null {
  if (found.length === 0) return null;
  if (step === 1) return found.find((match) => match > position) ?? found[0] ?? null;
  return found.findLast((match) => match < position) ?? found.at(-1) ?? null;
}
