/** Finds spans by operation, service and id; what else is written in them, the filter of all views finds. */
import { textsOf } from "../../shared/model/trace-columns.ts";
import type { TraceModel } from "./model.ts";

/** In lower case, by code. */
interface Texts {
  readonly names: readonly string[];
  readonly services: readonly string[];
  readonly ids: readonly string[];
}

const texts = new WeakMap<TraceModel, Texts>();

/** Made when first searched: most traces are only looked at. */
function textsIn(model: TraceModel): Texts {
  const known = texts.get(model);
  if (known !== undefined) return known;
  const lowered = (table: TraceModel["spans"]["ids"]): string[] => textsOf(table).map((text) => text.toLowerCase());
  const { names, services, ids } = model.spans;
  const made = { names: lowered(names), services: lowered(services), ids: lowered(ids) };
  texts.set(model, made);
  return made;
}

/** Positions in the order of the tree whose span holds every word; none for an empty search. */
export function matches(model: TraceModel, typed: string): Uint32Array {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return new Uint32Array(0);
  const { name, service, spanId } = model.spans;
  const { names, services, ids } = textsIn(model);
  const holders = words.map((word) => ({
    names: holding(names, word),
    services: holding(services, word),
    ids: holding(ids, word),
  }));
  const found = new Uint32Array(model.count);
  let count = 0;
  for (let position = 0; position < model.count; position += 1) {
    const index = model.order[position] ?? 0;
    const holds = (of: (typeof holders)[number]): boolean =>
      of.names[name[index] ?? 0] === 1 || of.services[service[index] ?? 0] === 1 || of.ids[spanId[index] ?? 0] === 1;
    if (holders.every(holds)) found[count++] = position;
  }
  return found.subarray(0, count);
}

/** 1 for the codes whose text holds the word. */
const holding = (all: readonly string[], word: string): Uint8Array =>
  Uint8Array.from(all, (text) => (text.includes(word) ? 1 : 0));

/** The next match after a position, going round at the ends; null when there is none. */
export function nextMatch(found: Uint32Array, position: number, step: 1 | -1): number | null {
  if (found.length === 0) return null;
  if (step === 1) return found.find((match) => match > position) ?? found[0] ?? null;
  return found.findLast((match) => match < position) ?? found.at(-1) ?? null;
}
