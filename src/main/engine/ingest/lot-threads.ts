/**
 * Parser threads that read lots. Each is handed its next lot while it reads one: what it takes to send a lot and its
 * answer would be a fifth of the time it reads.
 */
import { FailureError } from "../../../shared/failure.ts";
import { lotParsers } from "./lot-sizes.ts";
import { type LaneHome, type LaneLimits, ParserLane } from "./parser-lane.ts";
import type { ParserClient, ParserPool } from "./parser-pool.ts";
import { Turns } from "./turns.ts";

const LOTS_A_THREAD = 2;

export class LotThreads {
  readonly #pool: ParserPool;
  readonly #most: number;
  readonly #turns: Turns;
  readonly #used = new Set<LotThread>();

  constructor(pool: ParserPool) {
    this.#pool = pool;
    this.#most = lotParsers(pool.size);
    this.#turns = new Turns(LOTS_A_THREAD * this.#most);
  }

  /** Lets a lot be read once a thread may have it. Fails with "cancelled" when the signal says so before. */
  take<T>(limits: LaneLimits, read: (lane: ParserLane) => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      const lane = await this.#thread().enter(limits);
      try {
        return await read(lane);
      } finally {
        await lane.release();
      }
    });
  }

  #thread(): LotThread {
    const open = [...this.#used].filter(({ isSound }) => isSound).sort((a, b) => a.lots - b.lots);
    const [least] = open;
    if (least !== undefined && open.length === this.#most) return least;
    const thread = new LotThread(this.#pool, () => this.#used.delete(thread));
    this.#used.add(thread);
    return thread;
  }
}

/** A thread for as long as it has lots. */
class LotThread implements LaneHome {
  readonly #pool: ParserPool;
  readonly #onEmpty: () => void;
  readonly #empty = new AbortController();
  readonly #parser: Promise<ParserClient>;
  lots = 0;
  /** False once it may be in the middle of a lot that nobody waits for any more. */
  isSound = true;

  constructor(pool: ParserPool, onEmpty: () => void) {
    this.#pool = pool;
    this.#onEmpty = onEmpty;
    this.#parser = pool.acquire(this.#empty.signal);
  }

  async enter(limits: LaneLimits): Promise<ParserLane> {
    this.lots += 1;
    try {
      return new ParserLane(this, await this.#given(limits.signal), limits);
    } catch (thrown) {
      if (this.#leave()) this.#giveUp();
      throw thrown;
    }
  }

  async release(parser: ParserClient): Promise<void> {
    if (!this.#leave()) return;
    if (this.isSound) this.#pool.release(parser);
    else await this.#pool.discard(parser);
  }

  async discard(parser: ParserClient): Promise<void> {
    this.isSound = false;
    await this.release(parser);
  }

  /** The thread, unless the lot is cancelled before there is one. */
  #given(signal: AbortSignal): Promise<ParserClient> {
    return new Promise((resolve, reject) => {
      const leave = (): void => reject(new FailureError("cancelled", "The import was cancelled."));
      if (signal.aborted) leave();
      signal.addEventListener("abort", leave, { once: true });
      this.#parser.then(resolve, reject);
    });
  }

  /** It may have been given at this moment. */
  #giveUp(): void {
    this.#empty.abort();
    this.#parser.then(
      (parser) => this.#pool.release(parser),
      () => {},
    );
  }

  /** Whether it was the last. */
  #leave(): boolean {
    this.lots -= 1;
    if (this.lots === 0) this.#onEmpty();
    return this.lots === 0;
  }
}
