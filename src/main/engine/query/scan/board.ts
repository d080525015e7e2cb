// What the threads of one scan share: which segment is next, which are done, and the masks they clear. All of it is
// shared memory, because whoever waits here is in the middle of a question and hears no messages.

/** Of a segment: nobody has finished it, somebody has, somebody could not. */
const OPEN = 0;
const DONE = 1;
const FAILED = 2;

const NEXT = 0;
const SETTLED = 1;
const ABANDONED = 2;
const HEAD = 3;

/** Sent to each thread; `counters` and `masks` are the same memory everywhere. */
export interface Board {
  readonly counters: SharedArrayBuffer;
  /** One byte a row, segment after segment; maybe longer than they are. */
  readonly masks: SharedArrayBuffer;
  /** Where the mask of each segment begins, and after the last one where they end. */
  readonly starts: readonly number[];
}

/**
 * `spare` are masks that nobody writes to any more: shared memory is there until each thread has collected its garbage,
 * and those that only scan make next to none.
 */
export function createBoard(rows: readonly number[], spare: SharedArrayBuffer | null = null): Board {
  const starts = [0];
  for (const count of rows) starts.push((starts.at(-1) ?? 0) + count);
  const bytes = starts.at(-1) ?? 0;
  return {
    counters: new SharedArrayBuffer((HEAD + rows.length) * Int32Array.BYTES_PER_ELEMENT),
    masks: spare !== null && spare.byteLength >= bytes ? spare : new SharedArrayBuffer(bytes),
    starts,
  };
}

export const maskOf = ({ masks, starts }: Board, at: number): Uint8Array =>
  new Uint8Array(masks, starts[at] ?? 0, (starts[at + 1] ?? 0) - (starts[at] ?? 0));

/** Takes one segment after the other, as long as there are any, and says how each ended. */
export class BoardHand {
  readonly #counters: Int32Array;
  readonly #count: number;

  constructor(board: Board) {
    this.#counters = new Int32Array(board.counters);
    this.#count = board.starts.length - 1;
  }

  /** Null when all are taken. */
  take(): number | null {
    const at = Atomics.add(this.#counters, NEXT, 1);
    return at < this.#count ? at : null;
  }

  done(at: number): void {
    this.#settle(at, DONE);
  }

  /** Somebody else must do it, and meet the same trouble. */
  failed(at: number): void {
    this.#settle(at, FAILED);
  }

  abandon(): void {
    Atomics.store(this.#counters, ABANDONED, 1);
  }

  get isAbandoned(): boolean {
    return Atomics.load(this.#counters, ABANDONED) === 1;
  }

  isDone(at: number): boolean {
    return Atomics.load(this.#counters, HEAD + at) === DONE;
  }

  /** Segments that nobody has finished, or could. */
  unfinished(): readonly number[] {
    return Array.from({ length: this.#count }, (_, at) => at).filter((at) => !this.isDone(at));
  }

  /** Sleeps until another segment is settled, at most `ms` milliseconds; false when none was, and some still are open. */
  wait(ms: number): boolean {
    const settled = Atomics.load(this.#counters, SETTLED);
    if (settled >= this.#count) return true;
    return Atomics.wait(this.#counters, SETTLED, settled, ms) !== "timed-out";
  }

  get isSettled(): boolean {
    return Atomics.load(this.#counters, SETTLED) >= this.#count;
  }

  #settle(at: number, how: typeof DONE | typeof FAILED): void {
    if (Atomics.compareExchange(this.#counters, HEAD + at, OPEN, how) !== OPEN) return;
    Atomics.add(this.#counters, SETTLED, 1);
    Atomics.notify(this.#counters, SETTLED);
  }
}
