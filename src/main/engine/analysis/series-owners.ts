/**
 * Whose a series is where its file does not say so in a column of its own: wide tables write the service into the name
 * ("cart_cpu", "cpu.cart"), tables made of them cut it at the wrong place ("cart_lat", "50"), labels name a pod, and a
 * scraper ("kubelet") gives its own name to what it measures of others.
 */
import { isMeasureName } from "../suspects/services/resource-kind.ts";
import { labelledGround, labelledOwner, labelsOf, podOwner } from "./series-labels.ts";
import type { ServiceNames } from "./service-names.ts";

export interface SeriesOwner {
  readonly service: string | null;
  readonly name: string;
}

/** With the machine or volume that a series is about where it is about no service. */
export interface OwnedSeries extends SeriesOwner {
  readonly ground: string | null;
}

/** Names of services hold dashes themselves: a name is cut there only where it cannot be cut elsewhere. */
const SEPARATORS = [/[_.:/]/gu, /-/gu];
/** A percentile, which is no name of a metric. */
const BARE_NUMBER = /^\d+(?:\.\d+)?$/u;
/** What an exporter of machines measures; "nodejs_heap" is a service's own. */
const OF_GROUND = /^(?:node|host|machine)[_.]/iu;
/** The first word of metrics by convention, which belongs to no name of a service: "cart_container_cpu". */
const NAMESPACE = /[_.:/](?:container|pod|http|grpc|rpc|process|jvm|runtime)$/iu;
const CUT_TAIL = /^(?<stem>.+)[_.:](?<tail>[a-z]+)$/iu;

export class SeriesOwners {
  readonly #names: ServiceNames;
  /** Metrics by the service that a name may begin with, and services by the metric that it may end with. */
  readonly #metricsOf = new Map<string, Set<string>>();
  readonly #servicesOf = new Map<string, Set<string>>();
  /** By how many names the measure stands first, less those in which it stands last. */
  #measureFirst = 0;
  /** By service that is named: the workloads whose pods its series are about. */
  readonly #workloadsOf = new Map<string, Set<string>>();

  constructor(series: readonly SeriesOwner[], names: ServiceNames) {
    this.#names = names;
    for (const { service, name } of series) {
      if (service !== null) {
        const workload = podOwner(labelsOf(name));
        if (workload !== null) addTo(this.#workloadsOf, service, workload);
        continue;
      }
      for (const [head, tail] of SEPARATORS.flatMap((separator) => splits(name, separator))) {
        addTo(this.#metricsOf, head, tail);
        addTo(this.#servicesOf, tail, head);
        this.#measureFirst += Number(isMeasureName(head)) - Number(isMeasureName(tail));
      }
    }
  }

  of(series: SeriesOwner): OwnedSeries {
    const labels = labelsOf(series.name);
    const ground = labelledGround(labels);
    // Who scrapes a machine is named by its job, and does not own it.
    const isScraped = series.service === null || series.service === labels.get("job");
    const isOfGround = ground !== null && isScraped && OF_GROUND.test(series.name) && podOwner(labels) === null;
    const owner = isOfGround ? { service: null, name: series.name } : this.#ownerOf(series);
    return { ...owner, ground: owner.service === null ? ground : null };
  }

  #ownerOf({ service, name }: SeriesOwner): SeriesOwner {
    if (service === null) {
      const labelled = labelledOwner(labelsOf(name));
      return labelled === null ? this.#split(name) : { service: this.#names.of(labelled), name };
    }
    if ((this.#workloadsOf.get(service)?.size ?? 0) > 1)
      return { service: this.#names.of(podOwner(labelsOf(name)) ?? service), name };
    const cut = BARE_NUMBER.test(name) ? CUT_TAIL.exec(service)?.groups : undefined;
    const stem = cut?.["stem"];
    if (stem !== undefined && this.#names.known.has(stem))
      return { service: this.#names.of(stem), name: `${cut?.["tail"]}_${name}` };
    return { service: this.#names.of(service), name };
  }

  /**
   * A name is cut where what stands before is a service of the case, or else where both halves cross with others:
   * several metrics of that service, several services with that metric. Which half is the metric, all names tell together.
   */
  #split(name: string): SeriesOwner {
    for (const separator of SEPARATORS) {
      const owner = this.#splitAt(name, separator);
      if (owner !== null) return owner;
    }
    return { service: null, name };
  }

  #splitAt(name: string, separator: RegExp): SeriesOwner | null {
    let best: SeriesOwner | null = null;
    let most = 1;
    for (const [head, tail] of splits(name, separator)) {
      if (this.#names.known.has(head)) return { service: this.#names.of(head), name: tail };
      if (this.#names.known.has(tail)) return { service: this.#names.of(tail), name: head };
      if (NAMESPACE.test(head)) continue;
      const metrics = this.#metricsOf.get(head)?.size ?? 0;
      const services = this.#servicesOf.get(tail)?.size ?? 0;
      if (metrics < 2 || services < 2 || metrics * services <= most) continue;
      best =
        this.#measureFirst > 0
          ? { service: this.#names.of(tail), name: head }
          : { service: this.#names.of(head), name: tail };
      most = metrics * services;
    }
    return best;
  }
}

/** Longest head first, labels left aside. */
function splits(name: string, separator: RegExp): [head: string, tail: string][] {
  const brace = name.indexOf("{");
  const bare = brace < 0 ? name : name.slice(0, brace);
  return [...bare.matchAll(separator)]
    .filter(({ index }) => index > 0 && index < bare.length - 1)
    .map(({ index }): [string, string] => [name.slice(0, index), name.slice(index + 1)])
    .toReversed();
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
