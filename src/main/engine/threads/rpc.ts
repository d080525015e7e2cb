/**
 * Typed calls between the engine and its worker threads. A call is a message with a number; its answer carries the
 * number back with a value or a failure. Cancelling sets a shared flag that a busy worker can read in mid-loop.
 */
import { Worker, type MessagePort, type Transferable } from "node:worker_threads";
import { asFailure, FailureError, type Failure } from "../../../shared/failure.ts";

/**
 * Room for the new objects of one thread. V8's own limit is far higher: each thread of an import grows towards it, and
 * what it saves in collections it loses in the processor's caches.
 */
export const YOUNG_MEBIBYTES = 24;

/** Handed to every served method: whether the caller has lost interest. */
export interface CallContext {
  isCancelled(): boolean;
  /** Throws a "cancelled" failure when the caller has lost interest. */
  checkpoint(): void;
  /** Sends a message to the client's `onEvent`. */
  emit(event: unknown, transfer?: readonly Transferable[]): void;
}

/** Methods of a worker by name; input and output must survive structured cloning. */
// oxlint-disable-next-line typescript/no-explicit-any -- a constraint that every concrete method map satisfies
export type Methods = Record<string, (input: any, context: CallContext) => unknown>;
type Input<F> = F extends (input: infer I, context: CallContext) => unknown ? I : never;
type Output<F> = F extends (...args: never[]) => infer R ? Told<Awaited<R>> : never;
type Told<R> = R extends Transferred<infer T> ? T : R;

interface Request {
  readonly id: number;
  readonly method: string;
  readonly input: unknown;
  readonly cancel: SharedArrayBuffer | null;
}
type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure; readonly stack?: string | undefined }
  | { readonly event: unknown };

/** A value whose buffers move instead of being copied. */
export class Transferred<T> {
  readonly value: T;
  readonly buffers: readonly Transferable[];
  constructor(value: T, buffers: readonly Transferable[]) {
    this.value = value;
    this.buffers = buffers;
  }
}

/** Answers calls on `port`. Calls start in the order they arrive; an asynchronous method does not hold up the next. */
export function serve(port: MessagePort, methods: Methods): void {
  port.on("message", (request: Request) => {
    void answer(port, methods, request);
  });
}

async function answer(port: MessagePort, methods: Methods, request: Request): Promise<void> {
  const flag = request.cancel === null ? null : new Int32Array(request.cancel);
  const isCancelled = (): boolean => flag !== null && Atomics.load(flag, 0) !== 0;
  const context: CallContext = {
    isCancelled,
    checkpoint: () => {
      if (isCancelled()) throw new FailureError("cancelled", "The call was cancelled.");
    },
    emit: (event, transfer = []) => port.postMessage({ event } satisfies Reply, [...transfer]),
  };
  try {
    const method = methods[request.method];
    if (method === undefined) throw new Error(`the worker has no method ${request.method}`);
    context.checkpoint();
    const value: unknown = await method(request.input, context);
    if (value instanceof Transferred)
      port.postMessage({ id: request.id, value: value.value } satisfies Reply, [...value.buffers]);
    else port.postMessage({ id: request.id, value } satisfies Reply);
  } catch (thrown) {
    port.postMessage({
      id: request.id,
      failure: asFailure(thrown),
      stack: thrown instanceof Error ? thrown.stack : undefined,
    } satisfies Reply);
  }
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly transfer?: readonly Transferable[] | undefined;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A thread for those who only ask it. */
export type Askable<M extends Methods> = Pick<WorkerClient<M>, "call">;

/** The calling side of one worker thread. */
export class WorkerClient<M extends Methods> {
  readonly #worker: Worker;
  /** "reader" of "out/main/reader.worker.js". */
  readonly #name: string;
  readonly #advice: string;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;
  #ended: Error | null = null;
  onEvent: (event: unknown) => void = () => {};

  /**
   * `file` is the built worker, for instance `out/main/writer.worker.js`; `advice` what to do when it has ended; `young`
   * mebibytes for its new objects.
   */
  constructor(file: string | URL, workerData?: unknown, advice = "", young = YOUNG_MEBIBYTES) {
    const name = String(file).split(/[/\\]/u).at(-1) ?? "worker";
    this.#name = name.split(".")[0] ?? name;
    this.#advice = advice;
    this.#worker = new Worker(file, {
      workerData,
      name,
      resourceLimits: { maxYoungGenerationSizeMb: young },
    });
    this.#worker.on("message", (reply: Reply) => this.#receive(reply));
    this.#worker.on("error", (error: unknown) => this.#fail(`ended: ${whyOf(error)}.`, error));
    this.#worker.on("exit", (code) => this.#fail(`ended with code ${code}.`));
  }

  call<K extends keyof M & string>(method: K, input: Input<M[K]>, options: CallOptions = {}): Promise<Output<M[K]>> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const { signal, transfer = [] } = options;
    if (signal?.aborted === true) return Promise.reject(new FailureError("cancelled", "The call was cancelled."));
    const id = this.#next++;
    const cancel = signal === undefined ? null : new SharedArrayBuffer(4);
    const onAbort = (): void => {
      if (cancel !== null) Atomics.store(new Int32Array(cancel), 0, 1);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    return new Promise<Output<M[K]>>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#worker.postMessage({ id, method, input, cancel } satisfies Request, [...transfer]);
    }).finally(() => signal?.removeEventListener("abort", onAbort));
  }

  /** Milliseconds that the thread was busy since it was started. */
  get workedMs(): number {
    return this.#worker.performance.eventLoopUtilization().active;
  }

  /** Whether the thread is gone, by {@link end} or by itself: every call fails then. */
  get hasEnded(): boolean {
    return this.#ended !== null;
  }

  /** Ends the thread at once; calls that wait fail with "worker-ended". */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Lets the process end while the thread idles. */
  unref(): void {
    this.#worker.unref();
  }

  /** Takes {@link unref} back. */
  ref(): void {
    this.#worker.ref();
  }

  #receive(reply: Reply): void {
    if ("event" in reply) {
      this.onEvent(reply.event);
      return;
    }
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (waiting === undefined) return;
    if ("failure" in reply) {
      const error = new FailureError(reply.failure.reason, reply.failure.message);
      if (reply.failure.reason === "internal" && reply.stack !== undefined) error.stack = reply.stack;
      waiting.reject(error);
    } else waiting.resolve(reply.value);
  }

  /** Whoever waits for an answer gets none. */
  #fail(how: string, cause?: unknown): void {
    const message = `A worker thread (${this.#name}) ${how} ${this.#advice}`.trimEnd();
    this.#ended ??= new FailureError("worker-ended", message, { cause });
    for (const waiting of this.#waiting.values()) waiting.reject(this.#ended);
    this.#waiting.clear();
  }
}

/** Without a full stop. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY"
    ? "it needed more memory than it may have"
    : error.message.replace(/\.$/u, "");
}
