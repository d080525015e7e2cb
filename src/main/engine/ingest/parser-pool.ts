/** A few parser threads that are made when they are needed, used again, and replaced when one hangs. */
import { availableParallelism } from "node:os";
import { FailureError } from "../../../shared/failure.ts";
import { WorkerClient } from "../threads/rpc.ts";
import type { ParserMethods, ParserThreadStart } from "./protocol.ts";
import { rehearsal } from "./rehearsal.ts";

export type ParserClient = WorkerClient<ParserMethods>;

/** More threads than this only wait for the one writer. */
const MOST_PARSERS = 4;

export interface ParserPoolOptions {
  /** How many threads at most; without it as many as there are cores, within reason. */
  readonly size?: number;
  /** Whether the threads stand behind a window that somebody looks at meanwhile. */
  readonly yields?: boolean;
}

export class ParserPool implements AsyncDisposable {
  readonly #file: string;
  readonly #size: number;
  readonly #start: ParserThreadStart;
  readonly #idle: ParserClient[] = [];
  readonly #busy = new Set<ParserClient>();
  readonly #waiting: ((client: ParserClient) => void)[] = [];
  /** Threads that are held by somebody who waits for a person. */
  #parked = 0;

  constructor(file: string, { size, yields = false }: ParserPoolOptions = {}) {
    this.#file = file;
    this.#size = size ?? Math.min(availableParallelism(), MOST_PARSERS);
    this.#start = { yields };
  }

  get size(): number {
    return this.#size;
  }

  /** Starts the first thread, so that it has loaded by the time the first bytes are there. */
  warm(): void {
    if (this.#idle.length + this.#busy.size === 0) this.#idle.push(this.#create());
  }

  /** Lets the threads that wait read what is like sources, so that their code is compiled; a source comes behind it. */
  rehearse(): void {
    for (const client of this.#idle) {
      // Whether it went well is seen with the first source: a thread that has ended says so again.
      for (const source of rehearsal()) client.call("readWhole", source).catch(() => {});
    }
  }

  /** Lets the process end while the threads so far idle; {@link ref} takes it back. */
  unref(): void {
    for (const client of this.#idle) client.unref();
  }

  ref(): void {
    for (const client of this.#idle) client.ref();
  }

  /** Fails with "cancelled" when the signal says so before there is a thread. */
  acquire(signal?: AbortSignal): Promise<ParserClient> {
    const client = this.acquireIdle();
    if (client !== null) return Promise.resolve(client);
    return new Promise((resolve, reject) => {
      const give = (given: ParserClient): void => {
        signal?.removeEventListener("abort", leave);
        resolve(given);
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(give), 1);
        reject(new FailureError("cancelled", "The import was cancelled."));
      };
      signal?.addEventListener("abort", leave, { once: true });
      this.#waiting.push(give);
    });
  }

  /** A thread that nobody needs at the moment, or null. */
  acquireIdle(): ParserClient | null {
    if (this.isAwaited) return null;
    let idle = this.#idle.pop();
    // One may have ended by itself, for want of memory for instance.
    while (idle?.hasEnded === true) idle = this.#idle.pop();
    const client = idle ?? (this.#busy.size < this.#size + this.#parked ? this.#create() : null);
    if (client !== null) this.#busy.add(client);
    return client;
  }

  /** Whether somebody waits for a thread. */
  get isAwaited(): boolean {
    return this.#waiting.length > 0;
  }

  release(client: ParserClient): void {
    if (!this.#busy.delete(client)) return;
    this.#offer(client);
  }

  /** Ends the threads that nobody needs at the moment: each holds as much as a process of its own. */
  async rest(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((client) => client.end()));
  }

  /** Lets one more thread work while another is held without working. */
  park(): void {
    this.#parked += 1;
    if (this.#waiting.length > 0) this.#offer(this.#create());
  }

  unpark(): void {
    this.#parked -= 1;
  }

  /** Ends a thread that does not answer, or whose state is unknown; whoever waits gets a new one. */
  async discard(client: ParserClient): Promise<void> {
    const wasBusy = this.#busy.delete(client);
    if (wasBusy && this.#waiting.length > 0) this.#offer(this.#create());
    await client.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const clients = [...this.#idle.splice(0), ...this.#busy];
    this.#busy.clear();
    await Promise.all(clients.map((client) => client.end()));
  }

  #offer(client: ParserClient): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(client);
    else {
      this.#busy.add(client);
      next(client);
    }
  }

  #create(): ParserClient {
    return new WorkerClient<ParserMethods>(this.#file, this.#start);
  }
}
