/**
 * Threads at one moment: what jstack and `kill -3` make the JVM print,
 * https://docs.oracle.com/en/java/javase/21/troubleshoot/diagnostic-tools.html, and what Go prints when it panics or gets
 * SIGQUIT. A record a thread, with its stack. Quirks: the JVM writes the time on a line of its own above the dump, Go none;
 * several dumps may follow each other.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, FieldValue, RecordInput, Timestamp } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { BlockReader } from "../support/block-reader.ts";
import { sayMoment, writtenAt } from "../support/console/moment.ts";
import { lineText } from "../support/lines.ts";
import { TimeReader } from "../support/time/reader.ts";

const DUMP = /^Full thread dump /;
const THREAD = /^"(.*)" (?:#\d+|\[\d+\]|(?:daemon )?prio=\d+|os_prio=|Id=)/;
const STATE = /^ {3}java\.lang\.Thread\.State: ([A-Z_]+)/;
const DEADLOCK = /^Found (?:one|\d+) Java-level deadlock/;
const GOROUTINE = /^goroutine (\d+)(?: gp=\S+ m=\S+(?: mp=\S+)?)? \[([^\]]+)\]:$/;
const PANIC = /^(?:panic: |fatal error: |SIG[A-Z]+: |\[signal SIG)/;
const MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const DATED = /^\[?\d{4}[-/]\d\d[-/]\d\d/;
/** One line of so many may be of a log that is mixed in. */
const MOST_LOGGED = 20;

function detect(sample: Sample): Detection | null {
  if (sample.jsonLines.length > 0) return null;
  const filled = sample.lines.filter((line) => line.trim() !== "");
  const threads = filled.filter((line) => THREAD.test(line) || GOROUTINE.test(line)).length;
  const [first = ""] = filled;
  const opens = PANIC.test(first) || GOROUTINE.test(first) || filled.slice(0, 3).some((line) => DUMP.test(line));
  // A log with a panic in it is a log.
  const logged = filled.filter((line) => DATED.test(line) && !MOMENT.test(line)).length;
  if (logged * MOST_LOGGED > filled.length) return null;
  if (threads === 0 || !opens) return null;
  return { confidence: 0.96, reason: `stacks of ${threads} threads` };
}

interface Thread {
  readonly input: Pick<RecordInput, "level" | "message">;
  readonly fields: readonly (readonly [string, FieldValue])[];
}

const begins = (text: string): boolean =>
  THREAD.test(text) || GOROUTINE.test(text) || DEADLOCK.test(text) || PANIC.test(text);

/** `texts` are the lines of a thread, of a deadlock or of a panic. */
function threadOf(texts: readonly string[]): Thread {
  const [first = "", second = ""] = texts;
  const rest = texts.slice(1).join("\n");
  const stack = rest.trim() === "" ? [] : [["stack", rest] as const];
  const [, number, doing] = GOROUTINE.exec(first) ?? [];
  const place =
    texts
      .slice(1)
      .find((text) => /^\s+at |^[\w./*()]+\(/.test(text))
      ?.trim() ?? "";
  const at = place === "" ? "" : ` ${place.startsWith("at ") ? place : `at ${place}`}`;
  if (number !== undefined)
    return {
      input: { level: Level.info, message: `goroutine ${number} [${doing ?? ""}]${at}` },
      fields: [["goroutine", number], ["state", doing ?? ""], ...stack],
    };
  const [, name] = THREAD.exec(first) ?? [];
  if (name === undefined) {
    const isDeadlock = DEADLOCK.test(first);
    return {
      input: { level: isDeadlock ? Level.error : Level.fatal, message: first },
      fields: isDeadlock ? stack : [],
    };
  }
  const state = STATE.exec(second)?.[1] ?? "";
  return {
    input: { level: state === "BLOCKED" ? Level.warn : Level.info, message: `thread ${name} ${state}${at}` },
    fields: [["thread", name], ["state", state], ...stack],
  };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  let moment: Timestamp | null = null;
  const blocks: BlockReader = new BlockReader(sink, {
    noun: "stack",
    line(text) {
      if (begins(text)) return blocks.begin();
      if (MOMENT.test(text) && times.whole(text)) {
        blocks.close();
        moment = times.time;
        return sink.skip("time of the dump");
      }
      if (DUMP.test(text)) {
        blocks.close();
        return sink.skip("header");
      }
      if (text.trim() === "") {
        // A deadlock is told over several paragraphs.
        if (!DEADLOCK.test(blocks.open?.[0] ?? "")) blocks.close();
        return sink.skip("blank line");
      }
      if (blocks.open === null) return sink.skip("what stands between the threads");
      blocks.add();
    },
    block({ texts, offset, length, line }) {
      if (moment === null) sayMoment(options, sink, "The threads");
      const time = moment ?? writtenAt(options);
      sink.record({ kind: "log", time, service: null, ...threadOf(texts).input }, offset, length, line);
    },
  });
  return blocks;
}

function decode(raw: Uint8Array): DecodedRecord {
  const { input, fields } = threadOf(lineText(raw).split(/\r?\n/));
  return { message: input.message, fields };
}

export default {
  id: "thread-dump",
  title: "Stacks of threads (JVM) and goroutines",
  version: 2,
  unit: "line",
  detect,
  parser,
  decode,
} satisfies Format;
