/** What speaks for one service, from one signal: the strengths add up where the signals do not depend on each other. */
import type { Micros } from "../../../../shared/units.ts";
import type { Evidence, Place } from "../signals.ts";

/**
 * Findings of one strand repeat each other: a log of an error and the failed request, the share and the amount of the
 * same CPU. Strands are added, findings of one strand count once and a little more.
 */
export type Strand =
  | "behaviour"
  | "time"
  | "logs"
  | "cpu"
  | "memory"
  | "disk"
  | "network"
  | "latency"
  | "errors"
  | "load"
  | "other";

export interface Finding {
  readonly service: string;
  readonly strand: Strand;
  /** Evidence in nats: how many times likelier, as a logarithm, under "it began here". Negative where it speaks against. */
  readonly nats: number;
  readonly since: Micros | null;
  /** The series, where there is one. */
  readonly resource: string | null;
  readonly text: string;
  readonly place: Place | null;
  readonly spanId?: string | undefined;
}

/** Beyond this, more of the same makes nobody surer: models of chance are not exact to such odds. */
const MOST_NATS = 14;
/** Nats as they are while they are few, never more than {@link MOST_NATS}, and in the same order. */
export const bounded = (nats: number): number => (nats <= 0 ? nats : MOST_NATS * (1 - Math.exp(-nats / MOST_NATS)));

/** What a second and a third finding of a strand still add. */
const REPEATED = 0.2;
const MOST_REPEATED = 3;

/** Of the findings of one service. Nats, 0 upward. */
export function scoreOf(findings: readonly Finding[]): number {
  const strands = new Map<Strand, number[]>();
  for (const { strand, nats } of findings) strands.set(strand, [...(strands.get(strand) ?? []), Math.max(0, nats)]);
  let score = 0;
  for (const strengths of strands.values()) {
    const [first = 0, ...others] = strengths.sort((a, b) => b - a);
    const more = others.slice(0, MOST_REPEATED - 1).reduce((sum, nats) => sum + nats, 0);
    score += first + REPEATED * more;
  }
  return score;
}

export const evidenceOf = ({ nats, text, place, spanId, resource, since }: Finding): Evidence => ({
  for: nats > 0,
  text,
  place,
  ...(spanId !== undefined && { spanId }),
  ...(resource !== null && { series: resource }),
  time: since,
  weight: 1 - Math.exp(-Math.abs(nats) / WEIGHT_NATS),
});

/** Nats at which evidence weighs 0.63. */
const WEIGHT_NATS = 4;
