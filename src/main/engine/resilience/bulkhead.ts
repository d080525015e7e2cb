/** Keeps one connector from taking everything: so many calls at a time, so many waiting, the next one is refused. */
import { RefusedFailure, cancelled, isCancelled } from "./failures.ts";
import type { Policy, PolicyContext } from "./policy.ts";
import { untilAborted } from "./waiting.ts";

export interface BulkheadOptions {
  readonly maxConcurrent: number;
  readonly maxQueued: number;
}

export interface BulkheadState extends BulkheadOptions {
  readonly active: number;
  readonly queued: number;
}

export class Bulkhead {
  readonly #options: BulkheadOptions;
  /** In the order of arrival. */
  readonly #queue = new Set<() => void>();
  #active = 0;

  constructor(options: BulkheadOptions) {
    this.#options = options;
  }

  state(): BulkheadState {
    return { ...this.#options, active: this.#active, queued: this.#queue.size };
  }

  /** Whether a call can neither begin nor wait. */
  isFull(): boolean {
    return this.#active >= this.#options.maxConcurrent && this.#queue.size >= this.#options.maxQueued;
  }

  /** Takes a place, when there is one. Whoever takes it has to leave. False when the signal ended first. */
  async enter(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.#active < this.#options.maxConcurrent) {
      this.#active += 1;
      return true;
    }
    return new Promise((resolve) => {
      const leaveQueue = (): void => {
        this.#queue.delete(begin);
        resolve(false);
      };
      // The place of the call that left: the number of active calls stays as it is.
      const begin = (): void => {
        signal.removeEventListener("abort", leaveQueue);
        resolve(true);
      };
      this.#queue.add(begin);
      signal.addEventListener("abort", leaveQueue);
    });
  }

  leave(): void {
    const [next] = this.#queue;
    if (next === undefined) {
      this.#active -= 1;
      return;
    }
    this.#queue.delete(next);
    next();
  }
}

export function bulkhead(place: Bulkhead, context: PolicyContext): Policy {
  const { name, emit } = context;
  const refusal = (): RefusedFailure => {
    const { maxConcurrent, maxQueued } = place.state();
    emit({ type: "refused", name, by: "bulkhead", retryAfterMs: null });
    const sentence = `${name}: not called, because ${maxConcurrent} calls are under way and ${maxQueued} may wait. Try again when some of them have ended.`;
    return new RefusedFailure("bulkhead", sentence, null);
  };

  return async (action, signal) => {
    if (place.isFull()) throw refusal();
    // Time that ran out in the queue is our doing, not the target's.
    if (!(await place.enter(signal))) throw isCancelled(signal) ? cancelled() : refusal();
    try {
      return await untilAborted(action, signal);
    } finally {
      place.leave();
    }
  };
}
