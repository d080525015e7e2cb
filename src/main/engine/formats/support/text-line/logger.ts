/** The last part of a head: the logger that wrote the line, and the place in the program that it was written from. */
import { isSeparator, matchAt, THREAD } from "./head-patterns.ts";
import type { LineHead } from "./head.ts";

const LOGGER = /[\s|-]*([A-Za-z_][\w$./#-]*(?:::[\w$]+)*)(?:\[(\d+)\])?(?:\s*:(?=\s)| +- | +\| |\|(?=\S))\s*/y;
/** Loguru: "module:function:line - ". */
const LOGURU = /[\s|]*([\w.$]{1,120}):([\w<>.]{1,80}:\d+) - /y;
const LOGGER_IN_PARTS = /[./$#]|::/;
/** java.util.logging in one line: the class and method, then the text. */
const QUALIFIED = /\s+([a-z][\w$]*(?:\.[\w$<>]+){2,})\s+/y;
const SOURCE = /\s*([\w./-]+\.[A-Za-z]{1,5}:\d+)(?::(?=\s)| -(?=\s)|\t)\s*/y;
const SOURCE_IN_BRACKETS = /\s*\[([\w./-]+\.[A-Za-z]{1,5}:\d+)\]\s*/y;
const FURTHEST_SOURCE = 120;

/** A thread in brackets counts only when a logger follows; otherwise brackets are part of the text. */
export function readLogger(text: string, at: number, from: number, head: LineHead): number {
  let next = at;
  while (isSeparator(text.charCodeAt(next))) next += 1;
  const bracket = text.charCodeAt(next) === 0x5b;
  const loguru = bracket ? null : matchAt(LOGURU, text, at);
  if (loguru !== null) {
    head.keep("logger", loguru[1] ?? "");
    head.keep("source", loguru[2] ?? "");
    return head.closeAt(at + loguru[0].length);
  }
  const plain = bracket ? -1 : loggerEnd(text, at, head);
  if (plain >= 0) return plain;
  const thread = bracket ? matchAt(THREAD, text, at) : null;
  if (thread !== null) {
    const end = at + thread[0].trimEnd().length;
    const kept = head.kept;
    head.keepThread((thread[1] ?? "").trim());
    const named = loggerEnd(text, end, head);
    if (named >= 0) return named;
    const qualified = matchAt(QUALIFIED, text, end);
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
  const match = matchAt(LOGGER, text, at);
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
  const match = near ? (matchAt(SOURCE, text, at) ?? matchAt(SOURCE_IN_BRACKETS, text, at)) : null;
  if (match !== null && at + match[0].length < text.length) {
    head.keep("source", match[1] ?? "");
    return head.closeAt(at + match[0].length);
  }
  let end = at;
  while (isSeparator(text.charCodeAt(end))) end += 1;
  return end;
}

/** zap's console: logger and caller are cells before the message; a JSON object may follow it. */
export function readCells(text: string, from: number, head: LineHead): number {
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
