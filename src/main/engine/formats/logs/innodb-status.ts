/**
 * `SHOW ENGINE INNODB STATUS` of MySQL and MariaDB, and what InnoDB's monitor writes to the error log,
 * https://dev.mysql.com/doc/refman/8.4/en/innodb-standard-monitor.html: a record a section, and one a transaction that
 * runs. Quirk: the deadlock and the foreign key error that happened last have times of their own.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, FieldValue, RecordInput, Timestamp } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { BlockReader } from "../support/block-reader.ts";
import { lineText } from "../support/lines.ts";
import { TimeReader } from "../support/time/reader.ts";

const MONITOR =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\d{6} {1,2}\d{1,2}:\d\d:\d\d) (?:0x[0-9a-f]+ |\d+ )?INNODB MONITOR OUTPUT/;
const END = /^END OF INNODB MONITOR OUTPUT/;
const RULE = /^[-=]{4,}$/;
const TITLE = /^[A-Z][A-Z/ ]+$/;
const TIMED = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\d{6} {1,2}\d{1,2}:\d\d:\d\d)(?= |$)/;
const TRANSACTION = /^---TRANSACTION [^,]+, (?:ACTIVE|not started|COMMITTED|flushing)/;
const ACTIVE = /, ACTIVE(?: \([A-Z ]+\))? (\d+) sec/;
const FAILED = /^LATEST (?:DETECTED DEADLOCK|FOREIGN KEY ERROR)$/;
/** A transaction that is open for longer holds back what others may clean up. */
const LONG_SECONDS = 60;

const padded = (time: string): string => time.replace(/^(\d{6}) {2}(\d):/, "$1 0$2:");

function detect(sample: Sample): Detection | null {
  if (sample.jsonLines.length > 0) return null;
  const at = sample.lines.findIndex((line) => MONITOR.test(line));
  if (at < 0 || at > 12) return null;
  const titles = sample.lines.filter(
    (line, index) => TITLE.test(line) && RULE.test(sample.lines[index - 1] ?? ""),
  ).length;
  return titles === 0 ? null : { confidence: 0.97, reason: `the report of InnoDB's monitor, ${titles} sections` };
}

interface Section {
  readonly input: Pick<RecordInput, "level" | "message">;
  readonly time: string | null;
  readonly fields: readonly (readonly [string, FieldValue])[];
}

/** `texts` are the lines below the title, or those of a transaction. */
function sectionOf(title: string, texts: readonly string[]): Section {
  const filled = texts.filter((text) => text.trim() !== "" && !RULE.test(text));
  const fields = [["section", title] as const, ["text", texts.join("\n")] as const];
  const [first = ""] = filled;
  if (TRANSACTION.test(first)) {
    const seconds = Number(ACTIVE.exec(first)?.[1] ?? 0);
    const isWaiting = filled.some((text) => text.startsWith("LOCK WAIT") || text.includes("WAITING FOR THIS LOCK"));
    const statement = filled
      .slice(1)
      .findLast((text) => /^\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|ALTER|CREATE|DROP|CALL)\b/i.test(text));
    const said = [first.slice(3), isWaiting ? "waits for a lock" : "", statement?.trim() ?? ""].filter(
      (part) => part !== "",
    );
    return {
      input: { level: isWaiting || seconds >= LONG_SECONDS ? Level.warn : Level.info, message: said.join(": ") },
      time: null,
      fields,
    };
  }
  const isFailure = FAILED.test(title);
  const own = isFailure ? TIMED.exec(first)?.[1] : undefined;
  const body = own === undefined ? filled : filled.slice(1);
  const what = isFailure
    ? body.filter((text) =>
        /^\s*(?:INSERT|UPDATE|DELETE|SELECT|REPLACE)\b|^\*\*\* WE ROLL BACK|^Foreign key/i.test(text),
      )
    : body;
  return {
    input: {
      level: isFailure ? Level.error : Level.info,
      message: [title, ...what.slice(0, 6).map((text) => text.trim())].join(" · "),
    },
    time: own === undefined ? null : padded(own),
    fields,
  };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  let moment: Timestamp | null = null;
  let title: string | null = null;
  let lastWasRule = false;
  const blocks: BlockReader<string> = new BlockReader<string>(sink, {
    noun: "section",
    line(text) {
      const wasRule = lastWasRule;
      lastWasRule = RULE.test(text);
      const [, written] = MONITOR.exec(text) ?? [];
      if (written !== undefined) {
        blocks.close();
        title = null;
        if (times.whole(padded(written))) moment = times.time;
        return sink.skip("header");
      }
      if (END.test(text)) {
        blocks.close();
        title = null;
        return sink.skip("header");
      }
      if (lastWasRule) return sink.skip("rule");
      if (wasRule && TITLE.test(text)) {
        blocks.close();
        title = text;
        return sink.skip("title of a section");
      }
      if (text.trim() === "") return sink.skip("blank line");
      if (title === null) return sink.skip("header");
      if (blocks.open === null || TRANSACTION.test(text)) return blocks.begin(title);
      blocks.add();
    },
    block({ head, texts, offset, length, line }) {
      const section = sectionOf(head, texts);
      const time = section.time !== null && times.whole(section.time) ? times.time : moment;
      sink.record({ kind: "log", time, service: null, context: head, ...section.input }, offset, length, line);
    },
  });
  return blocks;
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const { input, fields } = sectionOf(context ?? "", lineText(raw).split(/\r?\n/));
  return { message: input.message, fields };
}

export default {
  id: "innodb-status",
  title: "Status of InnoDB",
  version: 2,
  unit: "line",
  detect,
  parser,
  decode,
} satisfies Format;
