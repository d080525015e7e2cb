/**
 * Brings sources into the case's list in the order they are found, as many in one transaction as are found while the
 * writer takes the ones before: the first goes at once, and thousands do not cost a message and a transaction each.
 */
import type { NewSource } from "../store/protocol.ts";

/** Found and not yet taken by the writer. */
const MOST_WAITING = 256;
/** Between two transactions, the first of which does not wait. */
const GATHER_MS = 25;

export interface FoundSource {
  readonly row: NewSource;
  /** Told its id; null where the source was there unchanged, or could not be stored. */
  readonly onId: (sourceId: number | null) => void;
}

export class SourceRegistrar {
  readonly #register: (rows: readonly NewSource[]) => Promise<readonly (number | null)[]>;
  #waiting: FoundSource[] = [];
  /** Stays rejected once it has failed. */
  #flushing: Promise<void> | null = null;
  #hasFailed = false;
  /** Somebody waits for all of them: no more are gathered. */
  #isAwaited = false;
  /** Ends the pause in which sources gather. */
  #hurry = (): void => {};

  /** `register` resolves to an id a row, or null. */
  constructor(register: (rows: readonly NewSource[]) => Promise<readonly (number | null)[]>) {
    this.#register = register;
  }

  /** Resolves when there is room for more; fails, and takes no more, once something that was put could not be stored. */
  async put(found: FoundSource): Promise<void> {
    if (this.#hasFailed) {
      found.onId(null);
      return await this.drain();
    }
    this.#waiting.push(found);
    this.#flushing ??= this.#flush();
    // A failure is handled where it is awaited next.
    if (this.#waiting.length < MOST_WAITING) this.#flushing.catch(() => {});
    else await this.drain();
  }

  /** Resolves once all that was put is in the list. */
  async drain(): Promise<void> {
    if (this.#flushing === null) return;
    this.#isAwaited = true;
    this.#hurry();
    await this.#flushing.finally(() => (this.#isAwaited = false));
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const found = this.#waiting;
      this.#waiting = [];
      const ids = await this.#register(found.map(({ row }) => row)).catch((thrown: unknown) => {
        this.#hasFailed = true;
        for (const { onId } of [...found, ...this.#waiting]) onId(null);
        this.#waiting = [];
        throw thrown;
      });
      found.forEach(({ onId }, index) => onId(ids[index] ?? null));
      await this.#gather();
    }
    this.#flushing = null;
  }

  #gather(): Promise<void> {
    if (this.#isAwaited) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
