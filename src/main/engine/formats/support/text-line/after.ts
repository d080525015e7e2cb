/**
 * What stands behind the level of a line: the rest of its bracket, what servers and frameworks write there, a logger. A part
 * is cut off only where the layout leaves no doubt that it is one; otherwise it stays in the message.
 */
import { isClosingBracket, isDigit, isOpeningBracket } from "../characters.ts";
import { matchAt } from "./head-patterns.ts";
import { traceIdOf } from "../ids.ts";
import type { LineHead } from "./head.ts";
import { readCells, readLogger, readSource } from "./logger.ts";

const SPRING =
  /\s*(?:\[([^\][,]*),([0-9a-f]{16,32})?,([0-9a-f]{16})?(?:,\w*)?\] )?(\d+) --- (?:\[([^\]]*)\] )?(?:\[\s*([^\]]*)\] )?(?:\[([0-9a-f]{16,32})-([0-9a-f]{16})\] )?(\S+)\s+: /y;
const RUBY_PROGRAM = / -- ([\w./:-]*): /y;
const NEXT_BRACKET = /\[([^\][]{1,80})\]/y;
/** The rest of a bracket that the time or the level stands in: "[time ERROR module] ", "[time: ERROR/process] ". */
const CLOSING_PART = /(?:\/([\w.:-]{1,80})| +([\w.:$-]{1,120})| *)\]/y;
const NGINX = /\s*(\d+)#(\d+): (?:\*(\d+) )?/y;
const APACHE_PID = /\s*\[pid (\d+)(?::tid (\w+))?\](?: \[client ([^\]\s]+)\])?\s*/y;
const KLOG = /\s+(\d+) ([\w./-]+:\d+)\] ?/y;

/** Where the message starts after the level. `open` says that the time stands in a bracket that is not closed yet. */
export function readAfterLevel(text: string, levelStart: number, from: number, open: boolean, head: LineHead): number {
  const before = text.charCodeAt(lastBefore(text, levelStart));
  const bracketed = isOpeningBracket(before) || (before === 0x3a && text.charCodeAt(from) === 0x5d);
  let at = bracketed || open ? closePart(text, from, open, head) : from;
  const code = text.charCodeAt(at);
  if (code === 0x5b && at > from) {
    const next = matchAt(NEXT_BRACKET, text, at);
    if (next !== null) {
      head.keep("logger", (next[1] ?? "").trim());
      return readSource(text, at + next[0].length, head);
    }
  }
  if (text.includes(" --- ", at)) {
    const spring = matchAt(SPRING, text, at);
    if (spring !== null) return head.closeAt(readSpring(spring, at, head));
  }
  if (code === 0x09) return readCells(text, at, head);
  const rare = readServerParts(text, at, head);
  if (rare >= 0) return head.closeAt(rare);
  if (code === 0x3a) at += 1;
  return readLogger(text, at, from, head);
}

/** Apache's and nginx' processes, Ruby's program name: the index after them, or -1. */
function readServerParts(text: string, at: number, head: LineHead): number {
  const code = text.charCodeAt(at + 1);
  if (code === 0x5b) {
    const apache = text.startsWith("[pid ", at + 1) ? matchAt(APACHE_PID, text, at) : null;
    if (apache === null) return -1;
    const [whole, pid = "", thread, client] = apache;
    head.keep("pid", pid);
    if (thread !== undefined) head.keep("thread", thread);
    if (client !== undefined) head.keep("client", client);
    return at + whole.length;
  }
  if (code === 0x2d) {
    const ruby = matchAt(RUBY_PROGRAM, text, at);
    if (ruby === null) return -1;
    if (ruby[1]) head.keep("program", ruby[1]);
    return at + ruby[0].length;
  }
  if (!isDigit(code)) return -1;
  const nginx = matchAt(NGINX, text, at);
  if (nginx === null) return -1;
  head.keep("pid", nginx[1] ?? "");
  head.keep("thread", nginx[2] ?? "");
  if (nginx[3] !== undefined) head.keep("connection", nginx[3]);
  return at + nginx[0].length;
}

function closePart(text: string, from: number, open: boolean, head: LineHead): number {
  let at = from;
  while (text.charCodeAt(at) === 0x20) at += 1;
  if (isClosingBracket(text.charCodeAt(at))) return at + 1;
  const match = open ? matchAt(CLOSING_PART, text, from) : null;
  if (match === null) return from;
  if (match[1] !== undefined) head.keep("thread", match[1]);
  if (match[2] !== undefined) head.keep("logger", match[2]);
  return from + match[0].length;
}

/** klog and glog: the thread and "file:line]" after the time, or -1. */
export function readKlog(text: string, at: number, head: LineHead): number {
  const match = matchAt(KLOG, text, at);
  if (match === null) return -1;
  head.keep("pid", match[1] ?? "");
  head.keep("source", match[2] ?? "");
  return at + match[0].length;
}

function readSpring(match: RegExpExecArray, at: number, head: LineHead): number {
  const [whole, application, oldTrace, oldSpan, pid = "", first, second, trace, span, logger = ""] = match;
  head.keep("pid", pid);
  const named = application ?? (second === undefined ? undefined : first);
  const thread = second ?? first;
  if (named !== undefined) head.keep("application", named);
  if (thread !== undefined) head.keep("thread", thread.trim());
  if (named) head.service ??= named;
  head.ids.traceId = traceIdOf(trace ?? oldTrace);
  head.ids.spanId = traceIdOf(span ?? oldSpan);
  head.keep("logger", logger);
  return at + whole.length;
}

function lastBefore(text: string, at: number): number {
  let before = at - 1;
  while (text.charCodeAt(before) === 0x20) before -= 1;
  return before;
}
