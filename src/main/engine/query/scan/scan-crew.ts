// Scans of text by several threads. The thread that asks takes part, so that a crew of none scans too, and a crew whose
// threads are still starting, or have died, costs time and no answer.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { YOUNG_MEBIBYTES } from "../../threads/rpc.ts";
import { BoardHand, createBoard, maskOf, type Board } from "./board.ts";
import { textScan, type ScanContext, type ScannedSegment, type TextCondition } from "./text-scan.ts";

/** The segment together with the rows that are asked for: 1, and 0 once they are found not to fit. */
export interface ScannedPart {
  readonly segment: ScannedSegment;
  readonly mask: Uint8Array;
}

/** Sent to the threads of a crew. */
export interface ScanOrder {
  readonly file: string;
  readonly condition: TextCondition;
  readonly segments: readonly ScannedSegment[];
  readonly board: Board;
}

/** More threads than this read the case faster than they can be fed, and each holds some 20 MB. */
const HELPERS = Math.min(3, availableParallelism() - 1);
/** How long somebody else's segment may take before this thread does it itself. A segment is some tens of megabytes. */
const PATIENCE_MS = 2_000;
/** Between two looks at whether the caller has lost interest. */
const LOOK_MS = 20;

export interface ScanCrew extends Disposable {
  /** Threads that scan at the same time. */
  readonly size: number;
  /** Those that are there at the moment, the caller's included. */
  readonly running: number;
  /** Starts the other threads before the first scan, for a case of so many segments, where that is worth it. */
  warm(segments: number): void;
  scan(condition: TextCondition, parts: readonly ScannedPart[], checkpoint: () => void): void;
}

/** One thread, the caller's. */
export function soloCrew(context: ScanContext): ScanCrew {
  return {
    size: 1,
    running: 1,
    warm() {},
    scan(condition, parts, checkpoint) {
      const scan = textScan(condition, context);
      for (const { segment, mask } of parts) scan(segment, mask, checkpoint);
    },
    [Symbol.dispose]() {},
  };
}

/**
 * `workerFile` is the built `scanner.worker.js`; its threads start with {@link ScanCrew.warm} or the first scan that is
 * worth sharing. So many milliseconds after the last scan they and what they share end, to start anew with the next one.
 */
export function threadedCrew(
  file: string,
  workerFile: string,
  context: ScanContext,
  keptMs: () => number = () => Infinity,
): ScanCrew {
  const alone = soloCrew(context);
  let started: readonly Worker[] | null = null;
  let spare: SharedArrayBuffer | null = null;
  let resting: NodeJS.Timeout | undefined;
  const rest = (): void => {
    clearTimeout(resting);
    for (const helper of started ?? []) void helper.terminate();
    started = null;
    spare = null;
  };
  return {
    size: 1 + HELPERS,
    get running() {
      return 1 + (started?.length ?? 0);
    },
    warm(segments) {
      if (segments > 1) started ??= startHelpers(workerFile);
    },
    scan(condition, parts, checkpoint) {
      clearTimeout(resting);
      const kept = keptMs();
      // Not before this scan is over: the thread that asks does nothing else meanwhile.
      if (kept !== Infinity) resting = setTimeout(rest, kept).unref();
      const helpers = (started ??= startHelpers(workerFile));
      if (parts.length < 2 || helpers.length === 0) alone.scan(condition, parts, checkpoint);
      else {
        const board = createBoard(
          parts.map(({ mask }) => mask.length),
          spare,
        );
        spare = null;
        if (shared({ file, condition, helpers, context, board }, parts, checkpoint)) spare = board.masks;
      }
    },
    [Symbol.dispose]: rest,
  };
}

function startHelpers(workerFile: string): readonly Worker[] {
  return Array.from({ length: HELPERS }, () => {
    const helper = new Worker(workerFile, {
      name: "scanner",
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEBIBYTES },
    });
    // What it leaves undone is done by the thread that asked.
    helper.on("error", () => {});
    helper.unref();
    return helper;
  });
}

interface SharedScan {
  readonly file: string;
  readonly condition: TextCondition;
  readonly helpers: readonly Worker[];
  readonly context: ScanContext;
  readonly board: Board;
}

/** Whether nobody writes to the masks of the board any more. */
function shared(
  { file, condition, helpers, context, board }: SharedScan,
  parts: readonly ScannedPart[],
  checkpoint: () => void,
): boolean {
  for (const [at, { mask }] of parts.entries()) maskOf(board, at).set(mask);
  const segments = parts.map(({ segment: { id, sourceId, format } }) => ({ id, sourceId, format }));
  for (const helper of helpers) helper.postMessage({ file, condition, segments, board } satisfies ScanOrder, []);

  const scan = textScan(condition, context);
  const hand = new BoardHand(board);
  let isSettled = false;
  try {
    for (let at = hand.take(); at !== null; at = hand.take()) {
      scanOwn(scan, parts[at], checkpoint);
      hand.done(at);
    }
    waitForOthers(hand, checkpoint);
    ({ isSettled } = hand);
    for (const at of hand.unfinished()) scanOwn(scan, parts[at], checkpoint);
  } finally {
    hand.abandon();
  }
  for (const [at, { mask }] of parts.entries()) {
    // One that this thread did stands in its own mask already.
    if (hand.isDone(at)) and(mask, maskOf(board, at));
  }
  return isSettled;
}

function scanOwn(scan: ReturnType<typeof textScan>, part: ScannedPart | undefined, checkpoint: () => void): void {
  if (part !== undefined) scan(part.segment, part.mask, checkpoint);
}

function waitForOthers(hand: BoardHand, checkpoint: () => void): void {
  let last = performance.now();
  while (!hand.isSettled && performance.now() - last < PATIENCE_MS) {
    checkpoint();
    if (hand.wait(LOOK_MS)) last = performance.now();
  }
}

function and(mask: Uint8Array, other: Uint8Array): void {
  for (let row = 0; row < mask.length; row += 1) mask[row] = (mask[row] ?? 0) & (other[row] ?? 0);
}
