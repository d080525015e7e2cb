/**
 * What the JVM leaves when it crashes, hs_err_pid*.log,
 * https://docs.oracle.com/en/java/javase/21/troubleshoot/fatal-error-log.html: a record of the error, and one a paragraph of
 * what was known of the process. Quirk: when it was stands below what happened, so that the beginning of the file is asked for it.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, FieldValue, Timestamp } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { BlockReader } from "../support/block-reader.ts";
import { sayMoment, writtenAt } from "../support/console/moment.ts";
import { lineText } from "../support/lines.ts";
import { TimeReader } from "../support/time/reader.ts";

const BANNER = "# A fatal error has been detected by the Java Runtime Environment:";
const OUT_OF_MEMORY = "# There is insufficient memory for the Java Runtime Environment to continue.";
const SECTION = /^-{10,} {2}([A-Z](?: [A-Z])*) /;
/** `Time: Wed Jun 12 10:00:00 2024 UTC elapsed time: …`, before Java 9 `time: …` with the zone a line below. */
const TIME = /^[Tt]ime: ([A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4})(?: ([A-Z]{2,5}))?(?= |\r?$)/m;
const TIMEZONE = /^timezone: ([A-Z]{2,5})\b/m;
const FRAME = /^# Problematic frame:$/;
const LEAST_LINES = 2;

function detect(sample: Sample): Detection | null {
  if (!sample.text.startsWith("#")) return null;
  const start = sample.lines.slice(0, 4);
  return start.some((line) => line === BANNER || line === OUT_OF_MEMORY)
    ? { confidence: 0.98, reason: "a crash report of the JVM" }
    : null;
}

/** When it crashed, as the file's beginning tells; null where that does not. */
function momentOf(options: ParseOptions): Timestamp | null {
  const text = options.head === undefined ? "" : lineText(options.head);
  const [, written, zone = TIMEZONE.exec(text)?.[1] ?? ""] = TIME.exec(text) ?? [];
  if (written === undefined) return null;
  const times = new TimeReader(options);
  return times.whole(`${written} ${zone}`.trim()) || times.whole(written) ? times.time : null;
}

const isBanner = (lines: readonly string[]): boolean => (lines[0] ?? "").startsWith("#");

/** The signal, what to know of it, and the frame that it came from. */
function bannerMessage(lines: readonly string[]): string {
  const told = lines.map((line) => line.replace(/^# ?/, "").trim());
  const frame = lines.findIndex((line) => FRAME.test(line));
  const happened = told.find((line) => line !== "" && !line.endsWith(":"));
  const first = happened ?? "A fatal error in the Java Runtime Environment";
  return frame < 0 ? first : `${first} in ${told[frame + 1] ?? ""}`;
}

function messageOf(lines: readonly string[]): string {
  if (isBanner(lines)) return bannerMessage(lines);
  const [first = "", second = ""] = lines;
  return first.endsWith(":") && second !== "" ? `${first} ${second.trim()}` : first;
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const moment = momentOf(options);
  let section = "";
  const blocks: BlockReader = new BlockReader(sink, {
    noun: "paragraph",
    line(text) {
      const named = SECTION.exec(text)?.[1];
      if (named !== undefined) {
        blocks.close();
        section = named.replaceAll(" ", "").toLowerCase();
        return sink.skip("header");
      }
      const isOfBanner = text.startsWith("#") && isBanner(blocks.open ?? ["#"]);
      if (text.trim() === "" || (text.trim() === "#" && blocks.open === null)) {
        blocks.close();
        return sink.skip(text.trim() === "" ? "blank line" : "header");
      }
      if (blocks.open === null || (!isOfBanner && isBanner(blocks.open))) return blocks.begin();
      blocks.add();
    },
    block({ texts, offset, length, line }) {
      if (moment === null) sayMoment(options, sink, "What the JVM wrote of its crash");
      const level = isBanner(texts) && texts.length >= LEAST_LINES ? Level.fatal : Level.info;
      const time = moment ?? writtenAt(options);
      const message = messageOf(texts);
      sink.record({ kind: "log", time, level, service: null, message, context: section }, offset, length, line);
    },
  });
  return blocks;
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const lines = text.split(/\r?\n/);
  const fields: (readonly [string, FieldValue])[] = context === null || context === "" ? [] : [["section", context]];
  return { message: messageOf(lines), fields: [...fields, ["text", lines.join("\n")]] };
}

export default {
  id: "java-crash",
  title: "Crash report of the JVM (hs_err_pid)",
  version: 1,
  unit: "line",
  detect,
  parser,
  decode,
} satisfies Format;
