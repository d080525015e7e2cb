/** The one replay that may run at a time in a case, and how it is cancelled. */
import type { ReplayOutcome } from "../../../../shared/contract.ts";
import { FailureError } from "../../../../shared/failure.ts";
import { ReplayRun, type ReplayerOptions, type ReplayRequest } from "./replay-run.ts";

export class Replayer implements AsyncDisposable {
  readonly #options: ReplayerOptions;
  #running: { readonly stop: AbortController; readonly done: Promise<unknown> } | null = null;

  constructor(options: ReplayerOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Fails with "busy" while another replay runs, with "not-found", "unknown-format" or "unknown-encoding". */
  async replay(request: ReplayRequest): Promise<ReplayOutcome> {
    if (this.#running !== null) {
      throw new FailureError("busy", "Another replay is running. Wait for its end, or cancel it first.");
    }
    const stop = new AbortController();
    const run = new ReplayRun(this.#options, request, stop.signal);
    const done = run.run();
    this.#running = { stop, done: done.catch(() => {}) };
    try {
      return await done;
    } finally {
      this.#running = null;
      run.tell(false);
      if (run.hasChanged) this.#options.onEnd();
    }
  }

  /** Resolves when nothing of it is written any more. */
  async cancel(): Promise<void> {
    const running = this.#running;
    running?.stop.abort();
    await running?.done;
  }

  /** Resolves when no replay runs. */
  async idle(): Promise<void> {
    await this.#running?.done;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cancel();
  }
}
