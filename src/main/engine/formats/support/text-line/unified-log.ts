/**
 * Lines of `log show` of macOS in its styles default and compact, https://ss64.com/mac/log.html: columns between the time
 * and the process, of which one is the type of the message.
 */
import { Level } from "../../../../../shared/model/level.ts";
import { matchAt } from "./head-patterns.ts";
import type { LineHead } from "./head.ts";

/** Thread, type, activity, process, time to live; the process' name may hold blanks. */
const DEFAULT =
  / 0x([0-9a-f]+) +(Default|Info|Debug|Error|Fault|Activity|Signpost|State|Loss|Timesync|User Action) +0x([0-9a-f]+) +(\d+) +(?:(\d+) +)?([^:\n]{1,100}): /y;
const COMPACT = / (Df|I|Db|E|F|A|St|Sp|Ls|Ts|Ua) +([^[\n]{1,100})\[(\d+):([0-9a-f]+)\] /y;

const LEVELS: Readonly<Record<string, Level>> = {
  Debug: Level.debug,
  Db: Level.debug,
  Error: Level.error,
  E: Level.error,
  Fault: Level.fatal,
  F: Level.fatal,
};

/** Where the message begins, or -1. `at` is the index after the time. */
export function readUnifiedLog(text: string, at: number, head: LineHead): number {
  const full = text.startsWith(" 0x", at) ? matchAt(DEFAULT, text, at) : null;
  if (full !== null) {
    const [whole, thread = "", type = "", activity = "", pid = "", , process = ""] = full;
    take(head, type, process, pid, thread);
    if (activity !== "0") head.keep("activity", activity);
    return at + whole.length;
  }
  const compact = matchAt(COMPACT, text, at);
  if (compact === null) return -1;
  const [whole, type = "", process = "", pid = "", thread = ""] = compact;
  take(head, type, process, pid, thread);
  return at + whole.length;
}

function take(head: LineHead, type: string, process: string, pid: string, thread: string): void {
  head.level = LEVELS[type] ?? Level.info;
  head.service ??= process;
  head.keep("level", type);
  head.keep("program", process);
  head.keep("pid", pid);
  head.keep("thread", thread);
}
