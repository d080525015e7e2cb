/**
 * Raw logs of jobs of Buildkite and of GitLab. Buildkite puts the time of each line into an escape,
 * https://buildkite.com/docs/pipelines/configure/managing-log-output; GitLab marks sections with theirs,
 * https://docs.gitlab.com/ci/jobs/job_logs/, and newer runners write a time and a stream before each line.
 * Quirks: a progress bar writes over its line many times, and only what was written last is seen; of GitLab's lines
 * without a time the section tells one, that of its beginning.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, Timestamp } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { TextLineReader } from "../support/text-line/reader.ts";
import { TimeReader } from "../support/time/reader.ts";

/** `ESC _ bk ; t = milliseconds BEL`. */
const BUILDKITE = /\u001b_bk;t=(\d{12,14})\u0007/;
const EVERY_BUILDKITE = new RegExp(BUILDKITE, "g");
const SECTION = /section_(start|end):(\d{9,11}):([\w.-]+)(?:\[[^\]]{0,200}\])?\r?(?:\u001b\[0K)?/;
const EVERY_SECTION = new RegExp(SECTION, "g");
/** A time, two digits of the stream's number, O or E, and a plus where the line goes on. */
const STREAM = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z) \d\d([OE])(?: |(\+)|$)/;
const ESCAPES = /\u001b(?:\[[0-9;?]*[A-Za-z]|[\]_][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;
/** What programs, runners and shells write before what went wrong, where it opens a line. */
const FAILED =
  /^(?:\S{1,4} )?(?:error|fatal|npm ERR!|ERR!|E: |Traceback|panic:)(?=\W|$)|\bexited with (?:status|code) [1-9]|\bexit (?:code|status) [1-9]/i;
const WARNED = /^(?:\S{1,4} )?(?:warning|warn|npm warn|deprecated)\b/i;
const LEAST_SHARE = 0.5;

/** What is left to be seen of a line. */
function seen(text: string): string {
  const plain = text.replace(EVERY_BUILDKITE, "").replace(EVERY_SECTION, "").replace(STREAM, "").replace(ESCAPES, "");
  const written = plain.split("\r").filter((part) => part.trim() !== "");
  return written.at(-1) ?? "";
}

const levelOf = (message: string): Level | null =>
  FAILED.test(message) ? Level.error : WARNED.test(message) ? Level.warn : null;

function detect(sample: Sample): Detection | null {
  if (sample.jsonLines.length > 0) return null;
  const filled = sample.lines.filter((line) => line.trim() !== "");
  const buildkite = filled.filter((line) => BUILDKITE.test(line)).length;
  const streams = filled.filter((line) => STREAM.test(line)).length;
  const sections = filled.filter((line) => SECTION.test(line)).length;
  const told = Math.max(buildkite, streams);
  if (sections === 0 && (told === 0 || told < LEAST_SHARE * filled.length)) return null;
  return {
    confidence: 0.97,
    reason: `${Math.max(told, sections)} of ${filled.length} lines are marked as runners of jobs do`,
  };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  const reader = new TextLineReader(new TimeReader(options));
  /** Of what was written last, or of the section. */
  let moment: Timestamp | null = null;
  let section = "";
  const take = (written: string | undefined): void => {
    if (written !== undefined && times.whole(written)) moment = times.time;
  };
  return new LineReader(sink, {
    line(text, offset, length, line) {
      take(BUILDKITE.exec(text)?.[1]);
      for (const [, which, seconds, name = ""] of text.matchAll(EVERY_SECTION)) {
        take(seconds);
        section = which === "start" ? name : "";
      }
      const [, written, stream] = STREAM.exec(text) ?? [];
      take(written);
      const message = seen(text);
      if (message.trim() === "") return sink.skip(text.trim() === "" ? "blank line" : "mark of a section");
      reader.read(message);
      const level = levelOf(message) ?? (reader.level === Level.none && stream === "E" ? Level.warn : reader.level);
      sink.record({ kind: "log", time: moment, level, service: null, message, context: section }, offset, length, line);
    },
  });
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const message = seen(lineText(raw));
  const reader = new TextLineReader(new TimeReader(SAMPLE_OPTIONS), true);
  reader.read(message);
  const fields = context === null || context === "" ? [] : [["section", context] as const];
  return { message, fields: [...fields, ...reader.fields] };
}

export default {
  id: "job-console",
  title: "Raw job logs of Buildkite and GitLab",
  version: 1,
  unit: "line",
  detect,
  parser,
  decode,
} satisfies Format;
