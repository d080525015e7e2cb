/**
 * Whose a series is where its file does not say so in a column of its own: wide tables write the service into the name
 * ("cart_cpu"), and tables made of them cut it at the wrong place ("cart_lat", "50").
 */
import type { ServiceNames } from "./service-names.ts";

export interface SeriesOwner {
  readonly service: string | null;
  readonly name: string;
}

const SEPARATOR = /[_.:/]/gu;
/** A percentile, which is no name of a metric. */
const BARE_NUMBER = /^\d+(?:\.\d+)?$/u;
const CUT_TAIL = /^(?<stem>.+)[_.:](?<tail>[a-z]+)$/iu;

export class SeriesOwners {
  readonly #names: ServiceNames;
  /** Metrics by the service that a name may begin with, and services by the metric that it may end with. */
  readonly #metricsOf = new Map<string, Set<string>>();
  readonly #servicesOf = new Map<string, Set<string>>();

  constructor(series: readonly SeriesOwner[], names: ServiceNames) {
    this.#names = names;
    for (const { service, name } of series) {
      if (service !== null) continue;
      for (const [head, tail] of splits(name)) {
        addTo(this.#metricsOf, head, tail);
        addTo(this.#servicesOf, tail, head);
      }
    }
  }

  of({ service, name }: SeriesOwner): SeriesOwner {
    if (service === null) return this.#split(name);
    const cut = BARE_NUMBER.test(name) ? CUT_TAIL.exec(service)?.groups : undefined;
    const stem = cut?.["stem"];
    if (stem !== undefined && this.#names.known.has(stem))
      return { service: this.#names.of(stem), name: `${cut?.["tail"]}_${name}` };
    return { service: this.#names.of(service), name };
  }

  /**
   * A name is cut where what stands before is a service of the case, or else where both halves cross with others:
   * several metrics of that service, several services with that metric.
   */
  #split(name: string): SeriesOwner {
    let best: SeriesOwner = { service: null, name };
    let most = 1;
    for (const [head, tail] of splits(name)) {
      if (this.#names.known.has(head)) return { service: this.#names.of(head), name: tail };
      const metrics = this.#metricsOf.get(head)?.size ?? 0;
      const services = this.#servicesOf.get(tail)?.size ?? 0;
      if (metrics < 2 || services < 2 || metrics * services <= most) continue;
      best = { service: this.#names.of(head), name: tail };
      most = metrics * services;
    }
    return best;
  }
}

/** Longest head first, labels left aside. */
function splits(name: string): [head: string, tail: string][] {
  const brace = name.indexOf("{");
  const bare = brace < 0 ? name : name.slice(0, brace);
  return [...bare.matchAll(SEPARATOR)]
    .filter(({ index }) => index > 0 && index < bare.length - 1)
    .map(({ index }): [string, string] => [name.slice(0, index), name.slice(index + 1)])
    .toReversed();
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
