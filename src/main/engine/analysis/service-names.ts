/**
 * One name a service, whatever each source calls it: a pod that serves a workload counts as the workload where another
 * record names the workload itself, or where the name ends as only a replica set's pods do.
 */
import { workloadOfPod } from "../formats/support/workload.ts";
import type { StoredSegments } from "./stored-segments.ts";

/** The hash and the suffix that a replica set appends. */
const REPLICA_SET_PARTS = 2;

export class ServiceNames {
  readonly #known: ReadonlySet<string>;
  readonly #canonical = new Map<string, string>();

  constructor(known: Iterable<string>) {
    this.#known = new Set(known);
  }

  static of(segments: StoredSegments): ServiceNames {
    const known = new Set<string>();
    for (const { columns } of segments.of(["log", "json", "text", "span", "sample", "dependency"])) {
      for (const name of columns.service?.dictionary ?? []) known.add(name);
    }
    return new ServiceNames(known);
  }

  /** The services that are named, as they are written. */
  get known(): ReadonlySet<string> {
    return this.#known;
  }

  of(name: string): string {
    let canonical = this.#canonical.get(name);
    if (canonical === undefined) {
      canonical = this.#find(name);
      this.#canonical.set(name, canonical);
    }
    return canonical;
  }

  #find(name: string): string {
    const workload = workloadOfPod(name);
    if (workload === name) return name;
    const removed = name.slice(workload.length).split("-").length - 1;
    return removed >= REPLICA_SET_PARTS || this.#known.has(workload) ? workload : name;
  }
}
