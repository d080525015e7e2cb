/** Who failed first of those that failed at about the same time. */
import type { Micros } from "../../../../shared/units.ts";
import type { ServiceGraph } from "../service-graph.ts";
import type { AlertSignal, ServiceBlame } from "../signals.ts";
import type { Departure } from "./departure.ts";

/** Services that begin to fail within this, or two samples, fail together. */
const TOGETHER = 90_000_000;
/** Merits of a service among those that failed together. */
const CALLS_ANOTHER = -1;
const ALERTED = 0.5;
const BLAMED_MOST = 1;
const FIRST_BY_A_SAMPLE = 0.75;

/**
 * A caller suffers from whom it calls; monitors watch what matters; who is first by more than a sample was first; and
 * who behaves least like itself did not only pass it on.
 */
export function firstService(
  hurt: ReadonlyMap<string, Micros>,
  graph: ServiceGraph,
  blame: readonly ServiceBlame[],
  alert: AlertSignal | undefined,
  { time, step }: Departure,
): string | null {
  const within = time + Math.max(TOGETHER, 2 * step);
  const together = [...hurt].filter(([, since]) => since <= within).map(([service]) => service);
  const since = (service: string): number => hurt.get(service) ?? 0;
  const most = blame.find(({ service }) => together.includes(service))?.service;
  const merit = (service: string): number => {
    const others = together.filter((other) => other !== service);
    return (
      (others.some((other) => graph.reaches(service, other)) ? CALLS_ANOTHER : 0) +
      (service === alert?.service ? ALERTED : 0) +
      (service === most ? BLAMED_MOST : 0) +
      (others.every((other) => since(other) - since(service) > step) ? FIRST_BY_A_SAMPLE : 0)
    );
  };
  return together.toSorted((a, b) => merit(b) - merit(a) || since(a) - since(b))[0] ?? null;
}
