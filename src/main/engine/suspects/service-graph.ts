/** Who calls whom, as sets to walk. Names are those of the signals. */
import type { DependencySignal } from "./signals.ts";

export class ServiceGraph {
  readonly #callees = new Map<string, Set<string>>();
  readonly #callers = new Map<string, Set<string>>();

  constructor(dependencies: readonly DependencySignal[]) {
    for (const { caller, callee } of dependencies) {
      if (caller === callee) continue;
      addTo(this.#callees, caller, callee);
      addTo(this.#callers, callee, caller);
    }
  }

  /** Nothing is known of who calls whom. */
  get isEmpty(): boolean {
    return this.#callees.size === 0;
  }

  callees(service: string): ReadonlySet<string> {
    return this.#callees.get(service) ?? NOBODY;
  }

  callers(service: string): ReadonlySet<string> {
    return this.#callers.get(service) ?? NOBODY;
  }

  /** Whether a call of `service` may come to `other`, over others too. */
  reaches(service: string, other: string): boolean {
    const seen = new Set([service]);
    const pending = [service];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const callee of this.callees(next)) {
        if (callee === other) return true;
        if (seen.has(callee)) continue;
        seen.add(callee);
        pending.push(callee);
      }
    }
    return false;
  }

  areRelated(one: string, other: string): boolean {
    return this.reaches(one, other) || this.reaches(other, one);
  }
}

const NOBODY: ReadonlySet<string> = new Set();

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
