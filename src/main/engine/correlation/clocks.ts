/** From offsets between pairs of sources to one offset a source: each against the source that most others share ids with. */
import type { Offset } from "./skew.ts";

export interface PairOffset extends Offset {
  readonly source: number;
  /** The offset tells how far `source` is ahead of this one. */
  readonly other: number;
  /** Whether spans tell it, which hold what happens in them; records alone may just come later. */
  readonly basis: "spans" | "records";
}

export interface Clock extends Offset {
  readonly source: number;
  readonly reference: number;
  readonly basis: PairOffset["basis"];
}

/** Strongest first; the references themselves are absent. An offset over several pairs is their sum, as is its interval. */
export function clocksOf(pairs: readonly PairOffset[]): Clock[] {
  const bySource = new Map<number, PairOffset[]>();
  const add = (pair: PairOffset): void => {
    const known = bySource.get(pair.source);
    if (known === undefined) bySource.set(pair.source, [pair]);
    else known.push(pair);
  };
  for (const pair of pairs) {
    add(pair);
    add(reversed(pair));
  }
  const idsOf = (source: number): number => (bySource.get(source) ?? []).reduce((sum, { ids }) => sum + ids, 0);
  const references = [...bySource.keys()].sort((a, b) => idsOf(b) - idsOf(a) || a - b);
  const clocks = new Map<number, Clock | null>();
  for (const reference of references) {
    if (clocks.has(reference)) continue;
    clocks.set(reference, null);
    // The most reliable pair that reaches a source not reached yet, again and again (Prim).
    for (;;) {
      const next = [...clocks.keys()]
        .flatMap((reached) => bySource.get(reached) ?? [])
        .filter(({ other }) => !clocks.has(other))
        .toSorted(moreReliable)[0];
      if (next === undefined) break;
      clocks.set(next.other, joined(reversed(next), clocks.get(next.source) ?? null, reference));
    }
  }
  return [...clocks.values()]
    .filter((clock) => clock !== null)
    .sort((a, b) => Math.abs(b.offset) - Math.abs(a.offset) || a.source - b.source);
}

const moreReliable = (a: PairOffset, b: PairOffset): number =>
  Number(b.basis === "spans") - Number(a.basis === "spans") || b.ids - a.ids || a.other - b.other;

const reversed = (pair: PairOffset): PairOffset => ({
  ...pair,
  source: pair.other,
  other: pair.source,
  offset: -pair.offset,
  low: -pair.high,
  high: -pair.low,
});

/** `through` is the clock of the pair's other source against the same reference; null where it is the reference. */
function joined(pair: PairOffset, through: Clock | null, reference: number): Clock {
  const { source, basis, ids, agreement } = pair;
  return {
    source,
    reference,
    offset: pair.offset + (through?.offset ?? 0),
    low: pair.low + (through?.low ?? 0),
    high: pair.high + (through?.high ?? 0),
    ids: Math.min(ids, through?.ids ?? ids),
    agreement: Math.min(agreement, through?.agreement ?? agreement),
    basis: basis === "spans" && through?.basis !== "records" ? "spans" : "records",
  };
}
