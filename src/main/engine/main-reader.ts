/**
 * The reader of the open case. One that has ended by itself, for want of memory for instance, fails who waits for it, and
 * the next question starts another: a question that was too much must not cost the case.
 */
import { FailureError } from "../../shared/failure.ts";
import type { ReaderMethods } from "./query/protocol.ts";
import { WorkerClient, type Askable } from "./threads/rpc.ts";
import { workerFile } from "./workers.ts";

type Reader = WorkerClient<ReaderMethods>;

/** Room for new objects: most of what it makes lies in arrays outside of them. */
const YOUNG_MEBIBYTES = 6;

/** A reader that is still to be told which case to open. */
export const startReader = (workersFolder: string): Reader =>
  new WorkerClient(
    workerFile(workersFolder, "reader"),
    undefined,
    "Ask again: another one is started.",
    YOUNG_MEBIBYTES,
  );

/** A reader of a case, which is open. */
export async function openReader(workersFolder: string, file: string): Promise<Reader> {
  const reader = startReader(workersFolder);
  try {
    await reader.call("open", { file });
    return reader;
  } catch (thrown) {
    await reader.end();
    throw thrown;
  }
}

export class MainReader implements Askable<ReaderMethods> {
  readonly #open: () => Promise<Reader>;
  #reader: Reader;
  /** Started in place of one that ended. */
  #next: Promise<Reader> | null = null;
  #isClosed = false;

  /** `first` is told to open the case by whoever started it. */
  constructor(first: Reader, workersFolder: string, file: string) {
    this.#reader = first;
    this.#open = () => openReader(workersFolder, file);
  }

  readonly call: Reader["call"] = async (method, input, options) => {
    try {
      const reader = this.#reader.hasEnded && !this.#isClosed ? await this.#replaced() : this.#reader;
      return await reader.call(method, input, options);
    } catch (thrown) {
      throw this.#isClosed ? new FailureError("cancelled", "The case was closed.", { cause: thrown }) : thrown;
    }
  };

  /** Milliseconds that its thread was busy since that was started. */
  get workedMs(): number {
    return this.#reader.workedMs;
  }

  /** Ends the thread at once; calls that wait, and all that come, fail with "cancelled". */
  async end(): Promise<void> {
    this.#isClosed = true;
    await this.#next?.catch(() => {});
    await this.#reader.end();
  }

  /** Who asks meanwhile waits for the same one. */
  async #replaced(): Promise<Reader> {
    this.#next ??= this.#open();
    try {
      this.#reader = await this.#next;
      return this.#reader;
    } finally {
      this.#next = null;
    }
  }
}
