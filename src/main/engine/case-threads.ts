/**
 * The threads of an open case: its writer, its parsers and its reader. They take longer to load than the first records
 * to be read, so that they may be started before anybody has named a case.
 */
import { FileThread } from "./ingest/files/file-thread.ts";
import { ParserPool } from "./ingest/parser-pool.ts";
import { startReader } from "./main-reader.ts";
import type { ReaderMethods } from "./query/protocol.ts";
import type { WriterMethods } from "./store/writer-methods.ts";
import { WorkerClient } from "./threads/rpc.ts";
import { workerFile } from "./workers.ts";

const WRITER_ADVICE = "Close the case and open it again: what was stored is kept.";

export interface CaseThreadsOptions {
  /** Whether there will be records to parse. */
  readonly parses: boolean;
  /** Whether somebody looks at a window while they work. */
  readonly isWatched: boolean;
}

export class CaseThreads {
  readonly writer: WorkerClient<WriterMethods>;
  readonly pool: ParserPool;
  /** Started by the first large folder. */
  readonly files: FileThread;
  readonly #folder: string;
  #reader: WorkerClient<ReaderMethods> | null = null;

  /** Starts what the first records need. */
  constructor(workersFolder: string, { parses, isWatched }: CaseThreadsOptions) {
    this.#folder = workersFolder;
    this.writer = new WorkerClient(workerFile(workersFolder, "writer"), undefined, WRITER_ADVICE);
    this.pool = new ParserPool(workerFile(workersFolder, "parser"), { yields: isWatched });
    this.files = new FileThread(workerFile(workersFolder, "files"), { yields: isWatched });
    if (parses) this.pool.warm();
  }

  /** Starts all that a new case in a window needs. */
  static ahead(workersFolder: string): CaseThreads {
    const threads = new CaseThreads(workersFolder, { parses: true, isWatched: true });
    threads.startReader();
    threads.pool.rehearse();
    return threads;
  }

  /** Started when it is asked for: it has nothing to tell before there are records, and would hold up the others. */
  get reader(): WorkerClient<ReaderMethods> {
    return this.startReader();
  }

  startReader(): WorkerClient<ReaderMethods> {
    return (this.#reader ??= startReader(this.#folder));
  }

  /** Lets the process end while nobody has opened a case with them. */
  unref(): void {
    this.writer.unref();
    this.pool.unref();
    this.#reader?.unref();
  }

  /** They are needed from now on. */
  ref(): void {
    this.writer.ref();
    this.pool.ref();
    this.#reader?.ref();
  }

  /** Closes the case, if there is one, and ends them all. */
  async end(): Promise<void> {
    const closing = this.writer.call("close", null);
    await Promise.allSettled([closing, this.#reader?.end(), this.pool[Symbol.asyncDispose](), this.files.rest()]);
    await this.writer.end();
  }
}
