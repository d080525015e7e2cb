/** What stands between the time and the level: threads, processes, a logger. */
import { isOpeningBracket } from "../characters.ts";
import { matchAt, passSeparators, THREAD } from "./head-patterns.ts";
import type { LineHead } from "./head.ts";
import { readDatabase } from "./postgres.ts";

const NUMBER = /\s*(\d{1,10})(?=\s)/y;
/** Python: " - logger - " before the level. */
const DASHED = / - ([A-Za-z_][\w.$-]{0,120}) - /y;
/** Laravel: "channel." right before the level. */
const CHANNEL = / ([A-Za-z][\w-]{0,60})\.$/y;
/** Apache: "[module:" right before the level. */
const MODULE = /\s*\[([\w-]{1,60}):$/y;
/** Ruby: "#1234]" closes the bracket of the time. */
const RUBY_PID = / ?#(\d+)\]\s+/y;
/** AWS Lambda: the request's id in a cell of its own. */
const REQUEST = /\t([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\t/y;

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
  const thread = matchAt(THREAD, text, at);
  if (thread !== null && at + thread[0].length <= to) {
    head.keepThread((thread[1] ?? "").trim());
    return at + thread[0].length;
  }
  const number = matchAt(NUMBER, text, at);
  if (number !== null) {
    head.keep("pid", number[1] ?? "");
    return at + number[0].length;
  }
  const next = passSeparators(text, at);
  if (next >= to || (isOpeningBracket(text.charCodeAt(next)) && next + 1 >= to)) return Math.max(next, to);
  return readRarePart(text, at, to, head);
}

function readRarePart(text: string, at: number, to: number, head: LineHead): number {
  const upToLevel = text.slice(0, to);
  const dashed = matchAt(DASHED, text, at) ?? matchAt(CHANNEL, upToLevel, at) ?? matchAt(MODULE, upToLevel, at);
  if (dashed !== null && at + dashed[0].length <= to) {
    head.keep("logger", dashed[1] ?? "");
    return at + dashed[0].length;
  }
  const ruby = matchAt(RUBY_PID, text, at);
  if (ruby !== null && at + ruby[0].length <= to) {
    head.keep("pid", ruby[1] ?? "");
    return at + ruby[0].length;
  }
  const database = readDatabase(text, at, head);
  if (database >= 0 && database <= to) return database;
  const request = matchAt(REQUEST, text, at);
  if (request === null || at + request[0].length > to) return -1;
  head.keep("request_id", request[1] ?? "");
  head.ids.requestId = request[1];
  return at + request[0].length;
}
