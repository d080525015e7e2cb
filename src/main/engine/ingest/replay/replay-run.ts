/**
 * One replay: oldest letters first, page after page, no faster than allowed, read in a parser thread, and each page in
 * transactions that take the letters out and put their records in. Whatever ends it, no letter is in both places.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { PushPayload, ReplayOutcome } from "../../../../shared/contract.ts";
import { asFailure, FailureError } from "../../../../shared/failure.ts";
import type { DeadLetterChoice, ReadAs } from "../../../../shared/model/dead-letter.ts";
import { formatById } from "../../formats/registry.ts";
import type { ReaderMethods } from "../../query/protocol.ts";
import type { LetterPage, LetterSource, WholeLetter } from "../../store/dead-letters/page.ts";
import type { LetterOutcome, ReplayBatch } from "../../store/dead-letters/protocol.ts";
import type { WriterMethods } from "../../store/writer-methods.ts";
import type { Askable, WorkerClient } from "../../threads/rpc.ts";
import type { ParserPool } from "../parser-pool.ts";
import { buffersOf } from "../transfer.ts";
import { checkEncoding } from "./encoding.ts";
import { askParser } from "./ask-parser.ts";
import type { LettersToRead, LetterToRead } from "./protocol.ts";

export interface ReplayRequest extends ReadAs {
  readonly choice: DeadLetterChoice;
  /** Edits the one chosen letter first. */
  readonly text: string | null;
}
export type ReplayProgress = PushPayload<"deadLetters.progress">;

export interface ReplayerOptions {
  readonly writer: WorkerClient<WriterMethods>;
  readonly reader: Askable<ReaderMethods>;
  readonly pool: ParserPool;
  readonly stallMs: number;
  readonly lettersPerSecond: () => number;
  readonly onCommit: () => void;
  readonly onProgress: (progress: ReplayProgress) => void;
  /** The case holds records that were letters before. */
  readonly onEnd: () => void;
}

const PAGE_LETTERS = 2_000;
/** How often letters that changed under a replay's hands are read anew. */
const MOST_TRIES = 5;

export class ReplayRun {
  readonly #options: ReplayerOptions;
  readonly #request: ReplayRequest;
  readonly #signal: AbortSignal;
  readonly #start = performance.now();
  #total = 0;
  #replayed = 0;
  #failed = 0;
  #skipped = 0;
  hasChanged = false;

  constructor(options: ReplayerOptions, request: ReplayRequest, signal: AbortSignal) {
    this.#options = options;
    this.#request = request;
    this.#signal = signal;
  }

  async run(): Promise<ReplayOutcome> {
    const { reader } = this.#options;
    const { choice } = this.#request;
    await this.#check();
    const { letters, quiet, lastId } = await reader.call("deadLetterSize", { choice });
    const named = choice.which === "ids" ? new Set(choice.ids).size : letters;
    this.#total = named;
    this.#skipped = named - quiet;
    this.tell(true);
    const request = { choice, lastId, limit: PAGE_LETTERS, quietOnly: true };
    let after: LetterPage["next"] = null;
    do {
      const page: LetterPage = await reader.call("deadLetterPage", { ...request, after });
      for (const group of this.#groups(page)) {
        if (this.#signal.aborted) break;
        await this.#replayGroup(group, MOST_TRIES);
        this.tell(true);
        await this.#keepRate();
      }
      after = page.next;
    } while (after !== null && !this.#signal.aborted);
    return {
      replayed: this.#replayed,
      failed: this.#failed,
      skipped: this.#skipped,
      cancelled: this.#signal.aborted && this.#done < this.#total,
    };
  }

  tell(running: boolean): void {
    const [total, done] = [this.#total, this.#done];
    this.#options.onProgress({
      running,
      total,
      done,
      replayed: this.#replayed,
      failed: this.#failed,
      skipped: this.#skipped,
    });
  }

  get #done(): number {
    return this.#replayed + this.#failed + this.#skipped;
  }

  async #check(): Promise<void> {
    const { format, encoding, choice, text } = this.#request;
    if (format !== null && formatById(format) === undefined) {
      throw new FailureError(
        "unknown-format",
        `There is no format "${format}"; "faultline formats" lists what is known.`,
      );
    }
    checkEncoding(encoding);
    if (text === null) return;
    const [id] = choice.which === "ids" ? choice.ids : [];
    if (id === undefined || choice.which !== "ids" || choice.ids.length !== 1) {
      throw new FailureError("usage", "A new text is for one letter alone; name it by its id.");
    }
    const { letters } = await this.#options.reader.call("deadLetterSize", { choice });
    if (letters === 0) return;
    await this.#options.writer.call("editDeadLetter", { id, text: Buffer.from(text) });
    this.#options.onCommit();
  }

  /** Letters of one source and one format make one transaction. */
  #groups({ letters, sources }: LetterPage): LettersToRead[] {
    const groups = new Map<string, LettersToRead & { readonly letters: LetterToRead[] }>();
    const byId = new Map(sources.map((source) => [source.id, source]));
    const { format, zone, encoding } = this.#request;
    for (const whole of letters) {
      const source = byId.get(whole.letter.sourceId);
      if (source === undefined) continue;
      const id = format ?? formatFor(whole, source);
      const key = `${source.id} ${id}`;
      const group = groups.get(key) ?? { source, format: id, readAs: { format, zone, encoding }, letters: [] };
      groups.set(key, group);
      group.letters.push(letterToRead(whole, id));
    }
    return [...groups.values()];
  }

  async #replayGroup(group: LettersToRead, tries: number): Promise<void> {
    const batch = await this.#read(group);
    if (batch === null) return;
    try {
      await this.#options.writer.call("commitReplay", batch, { transfer: buffersOf(batch) });
    } catch (thrown) {
      const { reason } = asFailure(thrown);
      if (reason === "busy" || (reason === "stale" && tries === 0)) {
        this.#skipped += group.letters.length;
        return;
      }
      if (reason !== "stale") throw thrown;
      return await this.#readAnew(group, tries - 1);
    }
    this.#count(batch.outcomes);
    this.#options.onCommit();
  }

  /** Somebody edited, discarded or replayed letters meanwhile: what is left of them is read as it is now. */
  async #readAnew(group: LettersToRead, tries: number): Promise<void> {
    const ids = group.letters.map(({ id }) => id);
    const page = await this.#options.reader.call("deadLetterPage", {
      choice: { which: "ids", ids },
      after: null,
      lastId: Number.MAX_SAFE_INTEGER,
      limit: ids.length,
      quietOnly: true,
    });
    this.#skipped += ids.length - page.letters.length;
    for (const left of this.#groups(page)) await this.#replayGroup(left, tries);
  }

  /** Null when it was cancelled. A parser that hangs, or ends, costs only the letter that it hangs on. */
  async #read(group: LettersToRead): Promise<ReplayBatch | null> {
    const { pool, stallMs } = this.#options;
    try {
      return await askParser(pool, stallMs, this.#signal, (parser) => parser.call("readLetters", group));
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (this.#signal.aborted) return null;
      const [only] = group.letters;
      if (group.letters.length > 1) return await this.#readOneByOne(group);
      if (only === undefined || !PARSER_FAULTS.has(failure.reason)) throw thrown;
      return unreadable(group, only, failure.message);
    }
  }

  async #readOneByOne(group: LettersToRead): Promise<ReplayBatch | null> {
    for (const letter of group.letters.slice(0, -1)) {
      if (this.#signal.aborted) return null;
      // Text that is added goes behind what the letter before has added.
      await this.#readAnew({ ...group, letters: [letter] }, MOST_TRIES);
    }
    const last = group.letters.at(-1);
    if (last === undefined) return null;
    await this.#readAnew({ ...group, letters: [last] }, MOST_TRIES);
    return null;
  }

  #count(outcomes: readonly LetterOutcome[]): void {
    this.hasChanged = true;
    for (const { outcome } of outcomes) {
      if (outcome === "replayed") this.#replayed += 1;
      else if (outcome === "failed") this.#failed += 1;
      else this.#skipped += 1;
    }
  }

  async #keepRate(): Promise<void> {
    const due = (this.#done / this.#options.lettersPerSecond()) * 1_000;
    const early = due - (performance.now() - this.#start);
    if (early > 0) await sleep(early, undefined, { signal: this.#signal }).catch(() => {});
  }
}

const PARSER_FAULTS: ReadonlySet<string> = new Set(["parser-stalled", "worker-ended", "internal"]);

/** What it was read as before; a letter of a source that nothing fitted is plain text. */
function formatFor({ letter }: WholeLetter, source: LetterSource): string {
  for (const id of [letter.format, source.format]) if (id !== null && formatById(id) !== undefined) return id;
  return "plain-text";
}

function letterToRead(whole: WholeLetter, format: string): LetterToRead {
  const { letter, version, edited, text, place, around } = whole;
  const { id, line, offset, reason, message } = letter;
  const isEdited = edited !== null;
  return {
    id,
    version,
    line,
    offset,
    reason,
    message,
    text: edited ?? text,
    edited: isEdited,
    place: isEdited ? null : place,
    around: format === letter.format ? around : null,
  };
}

const unreadable = ({ source, format, readAs }: LettersToRead, letter: LetterToRead, why: string): ReplayBatch => ({
  sourceId: source.id,
  format: { id: format, version: formatById(format)?.version ?? 0 },
  segments: [],
  blocks: [],
  outcomes: [
    {
      id: letter.id,
      version: letter.version,
      outcome: "failed",
      records: 0,
      skippedWhy: {},
      rest: [],
      stage: "parse",
      reason: "parser-failed",
      readAs: { ...readAs, format },
      message: `The format ${format} could not read it: ${why} Read it as another format.`,
    },
  ],
});
