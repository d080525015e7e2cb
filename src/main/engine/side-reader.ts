/**
 * A second reader of the open case, for questions that look at all of it and take seconds: what a person does meanwhile
 * is answered by the first. It is there only as long as it is asked.
 */
import { openReader } from "./main-reader.ts";
import type { ReaderMethods } from "./query/protocol.ts";
import type { WorkerClient } from "./threads/rpc.ts";

/** Long enough for the next comparison of somebody who compares. */
const KEPT_MS = 20_000;

type Reader = WorkerClient<ReaderMethods>;

export class SideReader implements AsyncDisposable {
  readonly #folder: string;
  readonly #file: string;
  #opened: Promise<Reader> | null = null;
  #asked = 0;
  #rest: NodeJS.Timeout | null = null;

  /** `file` is the case. */
  constructor(workersFolder: string, file: string) {
    this.#folder = workersFolder;
    this.#file = file;
  }

  get isThere(): boolean {
    return this.#opened !== null;
  }

  /** `keptMs` is how long the thread is kept when nobody has asked more. */
  async ask<T>(question: (reader: Reader) => Promise<T>, keptMs = KEPT_MS): Promise<T> {
    this.#asked += 1;
    if (this.#rest !== null) clearTimeout(this.#rest);
    try {
      return await question(await this.#reader());
    } finally {
      this.#asked -= 1;
      if (this.#asked === 0) this.#rest = setTimeout(() => void this[Symbol.asyncDispose](), keptMs).unref();
    }
  }

  /** One that has ended by itself, for want of memory for instance, is replaced. */
  async #reader(): Promise<Reader> {
    const opened = (this.#opened ??= this.#open());
    const reader = await opened;
    if (!reader.hasEnded) return reader;
    if (this.#opened === opened) this.#opened = null;
    return await this.#reader();
  }

  async #open(): Promise<Reader> {
    try {
      return await openReader(this.#folder, this.#file);
    } catch (thrown) {
      this.#opened = null;
      throw thrown;
    }
  }

  /** Questions that wait fail with "worker-ended". */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#rest !== null) clearTimeout(this.#rest);
    const opened = this.#opened;
    this.#opened = null;
    const reader = await opened?.catch(() => null);
    await reader?.end();
  }
}
