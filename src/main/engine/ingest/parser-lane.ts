/** One parser thread while it reads a source: a call that is not answered in time is taken for hanging. */
import { FailureError } from "../../../shared/failure.ts";
import type { ParserClient } from "./parser-pool.ts";

/** Where a thread goes back to. */
export interface LaneHome {
  release(parser: ParserClient): void | Promise<void>;
  /** Of a thread whose state is unknown. */
  discard(parser: ParserClient): Promise<void>;
}

export interface LaneLimits {
  /** Time within which a parser must have taken a chunk. */
  readonly stallMs: number;
  readonly signal: AbortSignal;
  /** What is said of a thread that hangs. */
  readonly stalled: (operation: string) => FailureError;
}

const loaded = new WeakSet<ParserClient>();

const cancelled = (): FailureError => new FailureError("cancelled", "The import was cancelled.");

export class ParserLane {
  readonly #home: LaneHome;
  readonly #parser: ParserClient;
  readonly #limits: LaneLimits;
  /** False once the thread may be in the middle of something. */
  #isSound = true;

  constructor(home: LaneHome, parser: ParserClient, limits: LaneLimits) {
    this.#home = home;
    this.#parser = parser;
    this.#limits = limits;
  }

  /** Whether the thread has answered before, and a call is no longer one that loads it. */
  get isLoaded(): boolean {
    return loaded.has(this.#parser);
  }

  async ask<T>(operation: string, call: (parser: ParserClient) => Promise<T>): Promise<T> {
    const { signal, stallMs, stalled } = this.#limits;
    if (signal.aborted) throw cancelled();
    let timer: NodeJS.Timeout | undefined;
    let onAbort = (): void => {};
    this.#isSound = false;
    try {
      const answer = await Promise.race([
        call(this.#parser),
        new Promise<never>((_resolve, reject) => {
          // The first call waits for the thread to load, which is no fault of the format.
          if (operation !== "start") timer = setTimeout(() => reject(stalled(operation)), stallMs);
          onAbort = () => reject(cancelled());
          signal.addEventListener("abort", onAbort, { once: true });
        }),
      ]);
      this.#isSound = true;
      loaded.add(this.#parser);
      return answer;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    }
  }

  /** The thread is free for others; one whose state is unknown is replaced. */
  async release(): Promise<void> {
    if (this.#isSound) await this.#home.release(this.#parser);
    else await this.#home.discard(this.#parser);
  }
}
