/**
 * The parser threads that one source is read with: one of its own for as long as it is read, and more for a stretch each
 * while no other source waits for them.
 */
import { ParserLane, type LaneLimits } from "./parser-lane.ts";
import type { ParserPool } from "./parser-pool.ts";

export class ParserLanes {
  readonly #pool: ParserPool;
  readonly #limits: LaneLimits;
  readonly #waiting: { resolve(lane: ParserLane): void; reject(reason: Error): void }[] = [];
  readonly #own: ParserLane;
  #ownIsFree = true;
  #refusal: Error | null = null;

  /** Waits for the first thread. */
  static async open(pool: ParserPool, limits: LaneLimits): Promise<ParserLanes> {
    return new ParserLanes(pool, limits, new ParserLane(pool, await pool.acquire(limits.signal), limits));
  }

  private constructor(pool: ParserPool, limits: LaneLimits, own: ParserLane) {
    this.#pool = pool;
    this.#limits = limits;
    this.#own = own;
  }

  /** Whoever asks first gets a thread first. */
  acquire(): Promise<ParserLane> {
    if (this.#refusal !== null) return Promise.reject(this.#refusal);
    if (this.#waiting.length === 0) {
      if (this.#ownIsFree) {
        this.#ownIsFree = false;
        return Promise.resolve(this.#own);
      }
      const more = this.#pool.acquireIdle();
      if (more !== null) return Promise.resolve(new ParserLane(this.#pool, more, this.#limits));
    }
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  async release(lane: ParserLane): Promise<void> {
    const next = lane === this.#own || !this.#pool.isAwaited ? this.#waiting.shift() : undefined;
    if (next !== undefined) next.resolve(lane);
    else if (lane === this.#own) this.#ownIsFree = true;
    else await lane.release();
  }

  /** No lane is given out any more. All that were are released before. */
  async close(): Promise<void> {
    await this.#own.release();
  }

  /** Reading has failed: whoever waits for a lane, or will, gets none. */
  refuse(reason: Error): void {
    this.#refusal ??= reason;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(reason);
  }
}
