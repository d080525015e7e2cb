// A thread of a scan crew: takes segments off the board of an order until none is left.
import { parentPort } from "node:worker_threads";
import { FailureError } from "../../../../shared/failure.ts";
import { openCaseReader, type OpenCaseReader } from "../../store/case-reader.ts";
import { ColumnCache } from "../segment-columns.ts";
import { BoardHand, maskOf } from "./board.ts";
import type { FormatLookup } from "../record-text.ts";
import type { ScanOrder } from "./scan-crew.ts";
import { TextMemory } from "./text-memory.ts";
import { textScan, type ScanContext, type TextScan } from "./text-scan.ts";

/** Offsets and lengths of the segments it scans; the reader keeps what questions share. */
const COLUMN_BYTES = 8 * 2 ** 20;
/** Pages that its connection keeps: nearly all are read once. */
const CACHE_KIB = 2_048;

/** Half of what it takes to start this thread, which the first search waits for: loaded where records are decoded. */
let formatOf: FormatLookup | null = null;

let opened: { readonly file: string; readonly reader: OpenCaseReader; readonly context: ScanContext } | null = null;

function contextOf(file: string): ScanContext {
  if (opened?.file === file) return opened.context;
  opened?.reader[Symbol.dispose]();
  opened = null;
  const reader = openCaseReader(file);
  reader.db.pragma(`cache_size = -${CACHE_KIB}`);
  const columns = new ColumnCache(reader, () => COLUMN_BYTES);
  const context = { reader, columns, memory: new TextMemory(), formatById: (id: string) => formatOf?.(id) };
  opened = { file, reader, context };
  return context;
}

async function follow({ file, condition, segments, board }: ScanOrder): Promise<void> {
  if (condition.type !== "text" && condition.type !== "regex")
    formatOf ??= (await import("../../formats/registry.ts")).formatById;
  const hand = new BoardHand(board);
  const checkpoint = (): void => {
    if (hand.isAbandoned) throw new FailureError("cancelled", "The scan was abandoned.");
  };
  let scan: TextScan | null = null;
  for (let at = hand.isAbandoned ? null : hand.take(); at !== null; at = hand.take()) {
    try {
      const segment = segments[at];
      if (segment === undefined) return;
      scan ??= textScan(condition, contextOf(file));
      scan(segment, maskOf(board, at), checkpoint);
      hand.done(at);
    } catch {
      // The thread that asked meets the same trouble where somebody can be told.
      hand.failed(at);
    }
  }
}

if (parentPort === null) throw new Error("scanner.worker runs in a worker thread");
parentPort.on("message", (order: ScanOrder) => void follow(order));
