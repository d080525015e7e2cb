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
  readonly #optionsNow: () => BulkheadOptions;
  /** In the order of arrival. */
  readonly #queue = new Set<() => void>();
  #active = 0;

  /** The options are asked for anew each time: they may be changed while calls wait. */
  constructor(options: () => BulkheadOptions) {
    this.#optionsNow = options;
  }

  state(): BulkheadState {
    return { ...this.#optionsNow(), active: this.#active, queued: this.#queue.size };
  }

  /** Whether a call can neither begin nor wait. */
  isFull(): boolean {
    const { maxConcurrent, maxQueued } = this.#optionsNow();
    return this.#active >= maxConcurrent && this.#queue.size >= maxQueued;
  }

  /** Takes a place, when there is one. Whoever takes it has to leave. False when the signal ended first. */
  async enter(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    const entered = new Promise<boolean>((resolve) => {
      const leaveQueue = (): void => {
        this.#queue.delete(begin);
        resolve(false);
      };
      const begin = (): void => {
        signal.removeEventListener("abort", leaveQueue);
        resolve(true);
      };
      this.#queue.add(begin);
      signal.addEventListener("abort", leaveQueue);
    });
    this.#letIn();
    return await entered;
  }

  leave(): void {
    this.#active -= 1;
    this.#letIn();
  }

  /** Those that wait longest come first; as many as there are places, which may have become more or fewer. */
  #letIn(): void {
    const { maxConcurrent } = this.#optionsNow();
    for (const begin of this.#queue) {
      if (this.#active >= maxConcurrent) return;
      this.#queue.delete(begin);
      this.#active += 1;
      begin();
    }
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
