/**
 * The parts of a head around its level: threads, processes, loggers, source lines. A part is cut off only where the layout
 * leaves no doubt that it is one; otherwise it stays in the message.
 */
import { Level } from "../../../../shared/model/level.ts";
import { isClosingBracket, isDigit, isOpeningBracket } from "./characters.ts";
import { traceIdOf } from "./ids.ts";
import { levelOfLetter, levelOfWord } from "./level.ts";
import type { LineHead } from "./line-head.ts";

const SPRING =
  /\s*(?:\[([^\][,]*),([0-9a-f]{16,32})?,([0-9a-f]{16})?(?:,\w*)?\] )?(\d+) --- (?:\[([^\]]*)\] )?(?:\[\s*([^\]]*)\] )?(?:\[([0-9a-f]{16,32})-([0-9a-f]{16})\] )?(\S+)\s+: /y;
const THREAD = /[\s|:-]*\[([^\][]{1,80})\][\s:|]*/y;
const NUMBER = /\s*(\d{1,10})(?=\s)/y;
/** Python: " - logger - " before the level. */
const DASHED = / - ([A-Za-z_][\w.$-]{0,120}) - /y;
/** Laravel: "channel." right before the level. */
const CHANNEL = / ([A-Za-z][\w-]{0,60})\.$/y;
/** Apache: "[module:" right before the level. */
const MODULE = /\s*\[([\w-]{1,60}):$/y;
/** Ruby: "#1234]" closes the bracket of the time. */
const RUBY_PID = / ?#(\d+)\]\s+/y;
const RUBY_PROGRAM = / -- ([\w./:-]*): /y;
/** AWS Lambda: the request's id in a cell of its own. */
const REQUEST = /\t([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\t/y;
const NEXT_BRACKET = /\[([^\][]{1,80})\]/y;
/** The rest of a bracket that the time or the level stands in: "[time ERROR module] ", "[time: ERROR/process] ". */
const CLOSING_PART = /(?:\/([\w.:-]{1,80})| +([\w.:$-]{1,120})| *)\]/y;
const NGINX = /\s*(\d+)#(\d+): (?:\*(\d+) )?/y;
const APACHE_PID = /\s*\[pid (\d+)(?::tid (\w+))?\](?: \[client ([^\]\s]+)\])?\s*/y;
const LOGGER = /[\s|-]*([A-Za-z_][\w$./#-]*(?:::[\w$]+)*)(?:\[(\d+)\])?(?:\s*:(?=\s)| +- | +\| |\|(?=\S))\s*/y;
/** Loguru: "module:function:line - ". */
const LOGURU = /[\s|]*([\w.$]{1,120}):([\w<>.]{1,80}:\d+) - /y;
const LOGGER_IN_PARTS = /[./$#]|::/;
/** java.util.logging in one line: the class and method, then the text. */
const QUALIFIED = /\s+([a-z][\w$]*(?:\.[\w$<>]+){2,})\s+/y;
const SOURCE = /\s*([\w./-]+\.[A-Za-z]{1,5}:\d+)(?::(?=\s)| -(?=\s)|\t)\s*/y;
const SOURCE_IN_BRACKETS = /\s*\[([\w./-]+\.[A-Za-z]{1,5}:\d+)\]\s*/y;
const FURTHEST_SOURCE = 120;
const KLOG = /\s+(\d+) ([\w./-]+:\d+)\] ?/y;
const BEFORE = /\s*(?:\[([^\][]{1,60})\]|([A-Za-z]{1,14}),?(?=[\s[(|:-]|$)|(\d{1,10})(?=\s)|[|:-]+)\s*/y;
const MOST_PARTS = 8;
const SEPARATORS = /[\s:|\]-]*(?:> )?/y;

/** Whether only a level, a thread and numbers stand before the time; they are taken then. */
export function readBefore(text: string, start: number, end: number, dated: boolean, head: LineHead): boolean {
  const kept = head.kept;
  let level = Level.none as Level;
  let parts = 0;
  let named = false;
  for (let at = start; at < end; parts += 1) {
    const match = exec(BEFORE, text, at);
    const [whole = "", bracket, word, number] = match ?? [];
    const known = bracket !== undefined || word !== undefined ? levelOfName(bracket ?? word ?? "") : undefined;
    const taken = whole.length > 0 && at + whole.length <= end && parts < MOST_PARTS;
    const levelTwice = level !== Level.none && known !== undefined && word !== undefined;
    if (!taken || levelTwice || (word !== undefined && known === undefined)) {
      head.forget(kept);
      return false;
    }
    if (known !== undefined && level === Level.none) {
      level = known;
      head.keep("level", bracket ?? word ?? "");
    } else if (bracket !== undefined) {
      named = true;
      head.keepThread(bracket.trim());
    } else if (number !== undefined) head.keep("pid", number);
    at += whole.length;
  }
  // Numbers and dashes alone are the beginning of an access log: "::1 - - [".
  if (level === Level.none && !named && dated) {
    head.forget(kept);
    return false;
  }
  if (level !== Level.none) head.level = level;
  return true;
}

const levelOfName = (name: string): Level | undefined =>
  name.length === 1 ? levelOfLetter(name) : levelOfWord(name.trim());

/** Whether only threads, numbers and a logger stand between the time and the level; they are kept as fields then. */
export function readBetween(text: string, from: number, to: number, head: LineHead): boolean {
  const kept = head.kept;
  let at = from;
  while (at < to) {
    const next = readPart(text, at, to, head);
    if (next < 0) {
      head.forget(kept);
      return false;
    }
    at = next;
  }
  return true;
}

/** The index after one part, or -1. */
function readPart(text: string, at: number, to: number, head: LineHead): number {
  const thread = exec(THREAD, text, at);
  if (thread !== null && at + thread[0].length <= to) {
    head.keepThread((thread[1] ?? "").trim());
    return at + thread[0].length;
  }
  const number = exec(NUMBER, text, at);
  if (number !== null) {
    head.keep("pid", number[1] ?? "");
    return at + number[0].length;
  }
  const next = skip(SEPARATORS, text, at);
  if (next >= to || (isOpeningBracket(text.charCodeAt(next)) && next + 1 >= to)) return Math.max(next, to);
  return readRarePart(text, at, to, head);
}

function readRarePart(text: string, at: number, to: number, head: LineHead): number {
  const upToLevel = text.slice(0, to);
  const dashed = exec(DASHED, text, at) ?? exec(CHANNEL, upToLevel, at) ?? exec(MODULE, upToLevel, at);
  if (dashed !== null && at + dashed[0].length <= to) {
    head.keep("logger", dashed[1] ?? "");
    return at + dashed[0].length;
  }
  const ruby = exec(RUBY_PID, text, at);
  if (ruby !== null && at + ruby[0].length <= to) {
    head.keep("pid", ruby[1] ?? "");
    return at + ruby[0].length;
  }
  const request = exec(REQUEST, text, at);
  if (request === null || at + request[0].length > to) return -1;
  head.keep("request_id", request[1] ?? "");
  head.ids.requestId = request[1];
  return at + request[0].length;
}

/** Where the message starts after the level. `open` says that the time stands in a bracket that is not closed yet. */
export function readAfterLevel(text: string, levelStart: number, from: number, open: boolean, head: LineHead): number {
  const before = text.charCodeAt(lastBefore(text, levelStart));
  const bracketed = isOpeningBracket(before) || (before === 0x3a && text.charCodeAt(from) === 0x5d);
  let at = bracketed || open ? closePart(text, from, open, head) : from;
  const code = text.charCodeAt(at);
  if (code === 0x5b && at > from) {
    const next = exec(NEXT_BRACKET, text, at);
    if (next !== null) {
      head.keep("logger", (next[1] ?? "").trim());
      return readSource(text, at + next[0].length, head);
    }
  }
  if (text.includes(" --- ", at)) {
    const spring = exec(SPRING, text, at);
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
    const apache = text.startsWith("[pid ", at + 1) ? exec(APACHE_PID, text, at) : null;
    if (apache === null) return -1;
    const [whole, pid = "", thread, client] = apache;
    head.keep("pid", pid);
    if (thread !== undefined) head.keep("thread", thread);
    if (client !== undefined) head.keep("client", client);
    return at + whole.length;
  }
  if (code === 0x2d) {
    const ruby = exec(RUBY_PROGRAM, text, at);
    if (ruby === null) return -1;
    if (ruby[1]) head.keep("program", ruby[1]);
    return at + ruby[0].length;
  }
  if (!isDigit(code)) return -1;
  const nginx = exec(NGINX, text, at);
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
  const match = open ? exec(CLOSING_PART, text, from) : null;
  if (match === null) return from;
  if (match[1] !== undefined) head.keep("thread", match[1]);
  if (match[2] !== undefined) head.keep("logger", match[2]);
  return from + match[0].length;
}

/** A thread in brackets counts only when a logger follows; otherwise brackets are part of the text. */
function readLogger(text: string, at: number, from: number, head: LineHead): number {
  let next = at;
  while (isSeparator(text.charCodeAt(next))) next += 1;
  const bracket = text.charCodeAt(next) === 0x5b;
  const loguru = bracket ? null : exec(LOGURU, text, at);
  if (loguru !== null) {
    head.keep("logger", loguru[1] ?? "");
    head.keep("source", loguru[2] ?? "");
    return head.closeAt(at + loguru[0].length);
  }
  const plain = bracket ? -1 : loggerEnd(text, at, head);
  if (plain >= 0) return plain;
  const thread = bracket ? exec(THREAD, text, at) : null;
  if (thread !== null) {
    const end = at + thread[0].trimEnd().length;
    const kept = head.kept;
    head.keepThread((thread[1] ?? "").trim());
    const named = loggerEnd(text, end, head);
    if (named >= 0) return named;
    const qualified = exec(QUALIFIED, text, end);
    if (qualified !== null) {
      head.keep("logger", qualified[1] ?? "");
      return head.closeAt(end + qualified[0].length);
    }
    head.forget(kept);
  }
  const source = readSource(text, at, head);
  return source >= text.length ? from : source;
}

/** The index after "logger: ", "logger - " or "logger | ", or -1. */
function loggerEnd(text: string, at: number, head: LineHead): number {
  const match = exec(LOGGER, text, at);
  const name = match?.[1] ?? "";
  if (match === null || at + match[0].length >= text.length) return -1;
  if (match[2] === undefined && !LOGGER_IN_PARTS.test(name)) return -1;
  head.keep("logger", name);
  if (match[2] !== undefined) head.keep("pid", match[2]);
  return head.closeAt(at + match[0].length);
}

/** "file.go:23: " and "[file.cc:61] " are kept as the source; then separators are passed over. */
export function readSource(text: string, at: number, head: LineHead): number {
  const colon = text.indexOf(":", at);
  const near = colon >= 0 && colon < at + FURTHEST_SOURCE;
  const match = near ? (exec(SOURCE, text, at) ?? exec(SOURCE_IN_BRACKETS, text, at)) : null;
  if (match !== null && at + match[0].length < text.length) {
    head.keep("source", match[1] ?? "");
    return head.closeAt(at + match[0].length);
  }
  let end = at;
  while (isSeparator(text.charCodeAt(end))) end += 1;
  return end;
}

/** klog and glog: the thread and "file:line]" after the time, or -1. */
export function readKlog(text: string, at: number, head: LineHead): number {
  const match = exec(KLOG, text, at);
  if (match === null) return -1;
  head.keep("pid", match[1] ?? "");
  head.keep("source", match[2] ?? "");
  return at + match[0].length;
}

/** zap's console: logger and caller are cells before the message; a JSON object may follow it. */
function readCells(text: string, from: number, head: LineHead): number {
  const json = text.indexOf("\t{", from);
  const limit = json < 0 ? text.length : json;
  let at = from + 1;
  for (let cells = 0; cells < 2; cells += 1) {
    const end = text.indexOf("\t", at);
    if (end < 0 || end >= limit) break;
    const cell = text.slice(at, end);
    if (cell.includes(" ")) break;
    head.keep(/:\d+$/.test(cell) ? "source" : "logger", cell);
    at = end + 1;
  }
  return at;
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

export const passSeparators = (text: string, at: number): number => skip(SEPARATORS, text, at);

function lastBefore(text: string, at: number): number {
  let before = at - 1;
  while (text.charCodeAt(before) === 0x20) before -= 1;
  return before;
}

const isSeparator = (code: number): boolean =>
  code === 0x20 || code === 0x09 || code === 0x7c || code === 0x2d || code === 0x3a;

function exec(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function skip(pattern: RegExp, text: string, from: number): number {
  return from + (exec(pattern, text, from)?.[0].length ?? 0);
}
