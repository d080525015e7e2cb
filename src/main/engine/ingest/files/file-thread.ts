/**
 * Looks at small files and reads them, many in one message to a thread of its own. Where files lie far away, on a mount
 * that takes its time for each, this would be slow: calls wait for each other there. Then it offers nothing any more, and
 * files are asked for side by side.
 */
import { FailureError } from "../../../../shared/failure.ts";
import type { FileLook } from "../../connectors/connector.ts";
import { WorkerClient } from "../../threads/rpc.ts";
import type { FilesAnswer, FilesMethods, FilesThreadStart, SmallFile } from "./protocol.ts";

/** A disk with the file in its cache takes a twentieth of this for all calls of a file, a flash disk without it a fifth. */
const SLOW_MS = 1;
/** Fewer files than this tell nothing: the thread may have waited for a processor. */
const ENOUGH_TO_TELL = 32;

export class FileThread {
  readonly #file: string;
  readonly #start: FilesThreadStart;
  readonly #slowMs: number;
  #client: WorkerClient<FilesMethods> | null = null;
  #isLoaded = false;
  #isSlow = false;

  /** `file` is the built worker; `slowMs` a file is slow. */
  constructor(file: string, start: FilesThreadStart, slowMs = SLOW_MS) {
    this.#file = file;
    this.#start = start;
    this.#slowMs = slowMs;
  }

  /** Whether a call is answered at once: somebody has called before, and files do not lie far away. */
  get isQuick(): boolean {
    return this.#isLoaded && !this.#isSlow;
  }

  /** Null for each file that has to be looked at by itself. An abort is answered at once. */
  async look(paths: readonly string[], signal: AbortSignal): Promise<readonly (FileLook | null)[]> {
    if (this.#isSlow) return paths.map(() => null);
    return await this.#ask((client) => client.call("look", paths), signal);
  }

  /** The bytes of each; null for one that has to be read by itself. An abort is answered at once. */
  async read(files: readonly SmallFile[], signal: AbortSignal): Promise<readonly (Uint8Array<ArrayBuffer> | null)[]> {
    return await this.#ask((client) => client.call("read", files), signal);
  }

  /** Ends the thread; the next import begins with another. */
  async rest(): Promise<void> {
    this.#isSlow = false;
    await this.#drop();
  }

  async #ask<T>(
    call: (client: WorkerClient<FilesMethods>) => Promise<FilesAnswer<T>>,
    signal: AbortSignal,
  ): Promise<FilesAnswer<T>["files"]> {
    signal.throwIfAborted();
    const client = (this.#client ??= new WorkerClient(this.#file, this.#start));
    let leave = (): void => {};
    try {
      const { files, tookMs } = await Promise.race([
        call(client),
        new Promise<never>((_resolve, reject) => {
          leave = () => reject(new FailureError("cancelled", "Nobody waits for these files any more."));
          signal.addEventListener("abort", leave, { once: true });
        }),
      ]);
      this.#isLoaded = true;
      if (files.length >= ENOUGH_TO_TELL && tookMs > this.#slowMs * files.length) this.#isSlow = true;
      return files;
    } catch (thrown) {
      // It may hang in a call, or have ended. A thread that hangs ends when its call does, which nobody waits for.
      if (client === this.#client) void this.#drop();
      throw thrown;
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  async #drop(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    this.#isLoaded = false;
    await client?.end();
  }
}
