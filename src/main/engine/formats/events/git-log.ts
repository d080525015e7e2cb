/**
 * Output of `git log`, https://git-scm.com/docs/git-log#_pretty_formats: default, medium, full and fuller; `--stat`, `--name-status` and
 * `-p` are passed over. Quirk: nothing ends a commit but the next `commit HASH` line, and a message is told from the rest
 * by its four spaces.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { DecodedRecord, FieldValue } from "../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { LineReader, lineText } from "../support/lines.ts";
import { warnOutOfRange } from "../support/log-object/record.ts";
import { TimeReader } from "../support/time/reader.ts";

const COMMIT = /^commit ([0-9a-f]{7,64})(?: [0-9a-f]{7,64})*(?: \((.*)\))?$/;
const HEADER = /^([A-Z][A-Za-z]+):\s+(.*)$/;
/** Paths are shorter; a longer line is content of a diff. */
const LONGEST_PATH = 1_000;
const CHANGED = /^(?: (\S.*?)\s+\|\s+(?:\d+|Bin)|[ACDMRTUX]\d{0,3}\t(.+)$)/;

function detect(sample: Sample): Detection | null {
  const first = sample.lines.findIndex((line) => line.trim().length > 0);
  if (first < 0 || !COMMIT.test(sample.lines[first] ?? "")) return null;
  const headers = sample.lines.slice(first + 1, first + 8).filter((line) => HEADER.test(line));
  if (!headers.some((line) => line.startsWith("Author:"))) return null;
  const count = sample.lines.filter((line) => COMMIT.test(line)).length;
  return { confidence: 0.97, reason: `${count} commits with author and date, as git log prints them` };
}

interface Commit {
  readonly sha: string;
  readonly offset: number;
  readonly line: number;
  end: number;
  date: string | null;
  subject: string | null;
  inHead: boolean;
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new TimeReader(options);
  let open: Commit | null = null;

  const close = (): void => {
    if (open === null) return;
    const { sha, offset, line, end, date, subject } = open;
    const found = date !== null && times.whole(date);
    if (found && times.outOfRange) warnOutOfRange(sink, line);
    if (!found)
      sink.warn("no-time", `The commit at line ${line} has no date that can be read; it is kept without a time.`);
    const time = found ? times.time : null;
    const message = subject ?? sha;
    sink.record(
      { kind: "commit", time, level: Level.none, service: null, message, name: sha },
      offset,
      end - offset,
      line,
    );
    open = null;
  };

  const lines = new LineReader(sink, {
    countsLines: false,
    tooLong: close,
    line(text, offset, length, line) {
      const sha = text.startsWith("commit ") ? COMMIT.exec(text)?.[1] : undefined;
      if (sha !== undefined) {
        close();
        sink.read();
        open = { sha, offset, line, end: offset + length, date: null, subject: null, inHead: true };
        return;
      }
      if (open === null) {
        sink.read();
        return sink.skip(text.trim().length === 0 ? "blank line" : "text outside of a commit");
      }
      if (length > 0) open.end = offset + length;
      if (open.inHead) readHead(open, text);
      else if (open.subject === null && text.startsWith("    ")) open.subject = text.trim();
    },
  });
  return {
    push: (chunk) => lines.push(chunk),
    end: () => {
      lines.end();
      close();
    },
  };
}

/** The commit date says when a change arrived; without one the author's date is all there is. */
function readHead(commit: Commit, text: string): void {
  if (text.length === 0) commit.inHead = false;
  else if (text.startsWith("CommitDate:")) commit.date = text.slice(11).trim();
  else if (text.startsWith("Date:")) commit.date ??= text.slice(5).trim();
  else if (text.startsWith("AuthorDate:")) commit.date ??= text.slice(11).trim();
}

function decode(raw: Uint8Array): DecodedRecord {
  const [first = "", ...rest] = lineText(raw).split(/\r?\n/);
  const [, sha = "", refs] = COMMIT.exec(first) ?? [];
  const fields: [string, FieldValue][] = [["sha", sha]];
  if (refs !== undefined) fields.push(["refs", refs]);
  const blank = rest.indexOf("");
  const head = blank < 0 ? rest : rest.slice(0, blank);
  for (const line of head) {
    const [, key, value] = HEADER.exec(line) ?? [];
    if (key !== undefined && value !== undefined) fields.push([key.charAt(0).toLowerCase() + key.slice(1), value]);
  }
  const body = blank < 0 ? [] : rest.slice(blank + 1);
  const end = body.findIndex((line) => line.length > 0 && !line.startsWith("    "));
  const text = (end < 0 ? body : body.slice(0, end)).map((line) => line.slice(4));
  const message = text.join("\n").trim();
  const files =
    end < 0
      ? []
      : body.slice(end).flatMap((line) => {
          const match = line.length > LONGEST_PATH ? null : CHANGED.exec(line);
          return match === null ? [] : [match[1] ?? match[2] ?? ""];
        });
  if (files.length > 0) fields.push(["files", JSON.stringify(files)]);
  return { message: message.length > 0 ? message : sha, fields };
}

const format: Format = {
  id: "git-log",
  title: "git log",
  version: 1,
  unit: "commit",
  detect,
  parser,
  decode,
};
export default format;
