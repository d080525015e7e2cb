/**
 * Holds a source back that has more dead letters than are kept: ten million letters of one bad file must not fill the
 * disk. Somebody decides, and until then nothing of it is read; its thread serves the sources that wait.
 */
import { FailureError } from "../../../shared/failure.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { Batch } from "../store/protocol.ts";
import type { ImportJob } from "./import-queue.ts";
import type { LiveSources } from "./live-sources.ts";
import type { ParserPool } from "./parser-pool.ts";

/** How to go on with a source that has more dead letters than are kept. */
export type LettersAnswer = "count" | "keep";

export interface LetterPausesDeps {
  readonly pool: ParserPool;
  readonly live: LiveSources;
  /** Wait for somebody to say how to go on, or only count what is over. */
  readonly onTooMany: (source: Source) => "ask" | "count";
  /** A source waits: another one may be read meanwhile. */
  readonly onPause: () => void;
}

export class LetterPauses {
  readonly #deps: LetterPausesDeps;
  readonly #waiting = new Map<number, (answer: LettersAnswer) => void>();

  constructor(deps: LetterPausesDeps) {
    this.#deps = deps;
  }

  /** Sources that wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Answers a source that waits; fails with "not-paused". */
  answer(sourceId: number, answer: LettersAnswer): void {
    const resolve = this.#waiting.get(sourceId);
    if (resolve === undefined) throw new FailureError("not-paused", `Source ${sourceId} does not wait for an answer.`);
    resolve(answer);
  }

  /** The part with the letters that may be kept, once there is room or a decision. Fails with "cancelled". */
  async admit(part: Batch, job: ImportJob): Promise<Batch> {
    const { letters } = job;
    while (!letters.countsOnly && !letters.fits(part.deadLetters)) await this.#pause(part, job);
    return letters.take(part);
  }

  async #pause({ deadLetters }: Batch, { sourceId, letters, controller }: ImportJob): Promise<void> {
    const { pool, live, onTooMany, onPause } = this.#deps;
    if (onTooMany(live.row(sourceId)) === "count") {
      letters.countsOnly = true;
      return;
    }
    const kept = letters.kept.toLocaleString("en-US");
    const answered = this.#answerFor(sourceId, controller.signal);
    pool.park();
    try {
      const message = `Reading waits: there are more dead letters than the ${kept} that are kept so far. Go on and only count them, keep as many again, or stop.`;
      await live.change(sourceId, { state: "paused", messages: [message] });
      onPause();
      if ((await answered) === "keep") letters.extend(deadLetters);
      else letters.countsOnly = true;
      await live.change(sourceId, { state: "reading" });
    } finally {
      this.#waiting.delete(sourceId);
      pool.unpark();
    }
  }

  #answerFor(sourceId: number, signal: AbortSignal): Promise<LettersAnswer> {
    const answer = new Promise<LettersAnswer>((resolve, reject) => {
      const onAbort = (): void => reject(new FailureError("cancelled", "The import was cancelled."));
      if (signal.aborted) return onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      this.#waiting.set(sourceId, resolve);
    });
    // Awaited once the case says that the source waits; not unhandled until then.
    answer.catch(() => {});
    return answer;
  }
}
