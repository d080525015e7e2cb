/** Who wrote a line, where that follows the time: syslog's host and program (RFC 3164, 5424), a container's stream. */
import { Level } from "../../../../../shared/model/level.ts";
import { matchAt } from "./head-patterns.ts";
import type { LineHead } from "./head.ts";
import { readDevice } from "./devices.ts";
import { readLevel } from "./level.ts";
import { readUnifiedLog } from "./unified-log.ts";

/** host program[pid]: or host facility.level program[pid]: after a time without a year, RFC 3164; launchd adds (whom). */
const SYSLOG =
  / {1,2}([^\s:[\]{}="]+) (?:(\w+\.\w+) )?([^\s:[\]=",]+(?: [\d.]+)?)(?:\[([\w.-]+)\](?: \([^()]{1,120}\))?)?: ?/y;
/** After other times the pid is needed to tell it from text; these programs write none. */
const SYSLOG_WITH_PID = / {1,2}([^\s:[\]{}="]+) ([^\s:[\]="]+)\[(\d+)\]: ?/y;
/** What rsyslog writes of them, which is told by its time: six decimals and an offset in digits. */
const SYSLOG_OF_RSYSLOG = / ([^\s:[\]{}="()]+) ([A-Za-z][\w./-]*): /y;
const SYSLOG_WITHOUT_PID = / ([^\s:[\]{}="]+) (kernel|sudo|su): /y;
const PROGRAM_ALONE = / ([A-Za-z][\w./-]*)\[([\w.-]+)\]: ?/y;
const SYSLOG_HOST_ALONE = / ([^\s:[\]{}="]+) (?=last message repeated|-- )/y;
/** host program process message-id structured-data, each "-" when it is unknown. */
const RFC5424 = / (\S+) (\S+) (\S+) (\S+)(?: (-(?= |$)|(?:\[(?:[^\]\\"]|\\.|"(?:[^"\\]|\\.)*")*\])+))? ?\ufeff?/y;
/** The stream of CloudWatch's logs that `aws logs tail` prints: Lambda's by day and version, or one that ends in a task's id. */
const LOG_STREAM = / ((?:\d{4}\/\d\d\/\d\d\/\[[^\]\s]{1,40}\]|[\w.-]{1,80}\/([\w.-]{1,80})\/)[0-9a-f]{32}) /y;
/** fluentd's tag before a record in JSON, on its standard output and in its files. */
const FLUENTD = /(?: ([\w*-]+(?:\.[\w*-]+)*): |\t([\w*.-]+)\t)(?=\{)/y;
/** What containerd and CRI-O write; F is a full line, P a part of one. */
const STREAM = / (stdout|stderr) ([FP]) /y;

/** Where the message starts when the origin is stated, or -1. `at` is the index after the time. */
export function readOrigin(text: string, at: number, yearless: boolean, head: LineHead): number {
  const first = text.charCodeAt(at);
  if (first !== 0x20 && first !== 0x3a) return -1;
  const device = readDevice(text, at, head);
  if (device >= 0 || first !== 0x20) return device;
  if (!yearless) return readWithYear(text, at, head);
  const match = matchAt(SYSLOG, text, at);
  if (match === null) {
    const host = readHostAlone(text, at, head);
    return host < 0 ? readProgramAlone(text, at, head) : host;
  }
  const [whole, host = "", facility, program = "", pid] = match;
  keep(head, host, facility, program, pid);
  const end = at + whole.length;
  readBodyLevel(text, end, facility, head);
  return end;
}

function readWithYear(text: string, at: number, head: LineHead): number {
  const unified = readUnifiedLog(text, at, head);
  if (unified >= 0) return unified;
  const colon = text.indexOf(": ", at);
  if (colon < 0 || colon > at + 200) return -1;
  const match =
    matchAt(SYSLOG_WITH_PID, text, at) ??
    matchAt(SYSLOG_WITHOUT_PID, text, at) ??
    (isOfRsyslog(text, at) ? matchAt(SYSLOG_OF_RSYSLOG, text, at) : null);
  if (match !== null) {
    const [whole, host = "", program = "", pid] = match;
    if (head.isLevel(host) || head.isLevel(program)) return -1;
    keep(head, host, undefined, program, pid);
    readBodyLevel(text, at + whole.length, undefined, head);
    return at + whole.length;
  }
  return readProgramAlone(text, at, head);
}

function readProgramAlone(text: string, at: number, head: LineHead): number {
  const alone = matchAt(PROGRAM_ALONE, text, at);
  if (alone === null || head.isLevel(alone[1] ?? "")) return -1;
  keep(head, undefined, undefined, alone[1] ?? "", alone[2]);
  readBodyLevel(text, at + alone[0].length, undefined, head);
  return at + alone[0].length;
}

/** A host and a process, or a process alone, with its number; -1 for any other text. */
export function readProcess(text: string, at: number, head: LineHead): number {
  const match = matchAt(SYSLOG_WITH_PID, text, at);
  if (match === null) return readProgramAlone(text, at, head);
  const [whole, host = "", program = "", pid] = match;
  if (head.isLevel(host) || head.isLevel(program)) return -1;
  keep(head, host, undefined, program, pid);
  readBodyLevel(text, at + whole.length, undefined, head);
  return at + whole.length;
}

/** Whether the time that ends at `at` is written as `.123456+02:00`. */
function isOfRsyslog(text: string, at: number): boolean {
  const sign = text.charCodeAt(at - 6);
  return text.charCodeAt(at - 3) === 0x3a && (sign === 0x2b || sign === 0x2d) && text.charCodeAt(at - 13) === 0x2e;
}

function readHostAlone(text: string, at: number, head: LineHead): number {
  const match = matchAt(SYSLOG_HOST_ALONE, text, at);
  if (match === null) return -1;
  head.keep("host", match[1] ?? "");
  return at + match[0].length;
}

export function readRfc5424(text: string, at: number, head: LineHead): number {
  const match = matchAt(RFC5424, text, at);
  if (match === null) return -1;
  const [whole, host = "", program = "", pid = "", messageId = "", data = "-"] = match;
  const stated = [
    ["host", host],
    ["program", program],
    ["pid", pid],
    ["message_id", messageId],
    ["structured_data", data],
  ] as const;
  for (const [name, value] of stated) if (value !== "-") head.keep(name, value);
  if (program !== "-") head.service ??= program;
  return at + whole.length;
}

/** Where the program's own output starts when a container runtime named the stream, or -1. */
export function readStream(text: string, at: number, head: LineHead): number {
  const code = text.charCodeAt(at + 1);
  const match = code === 0x73 ? matchAt(STREAM, text, at) : null;
  if (match === null) return -1;
  head.keep("stream", match[1] ?? "");
  return at + match[0].length;
}

/** Where a collected line starts behind the stream or tag that it was collected from, or -1. `digits` are the time's. */
export function readCollected(text: string, at: number, digits: number, head: LineHead): number {
  const stream = digits === 6 ? matchAt(LOG_STREAM, text, at) : null;
  if (stream !== null) {
    head.keep("log_stream", stream[1] ?? "");
    if (stream[2] !== undefined) head.service ??= stream[2];
    return at + stream[0].length;
  }
  const isFluentd = digits === 9 || text.charCodeAt(at) === 0x09;
  const tag = isFluentd ? matchAt(FLUENTD, text, at) : null;
  if (tag === null) return -1;
  head.keep("tag", tag[1] ?? tag[2] ?? "");
  return at + tag[0].length;
}

function keep(
  head: LineHead,
  host: string | undefined,
  facility: string | undefined,
  program: string,
  pid: string | undefined,
): void {
  if (host !== undefined) head.keep("host", host);
  if (facility !== undefined) head.keep("priority", facility);
  head.keep("program", program);
  if (pid !== undefined) head.keep("pid", pid);
  head.service ??= program.replace(/\(.*$| .*$/, "") || program;
}

/** A priority outranks what the text says; the text is not cut, for its level is part of the sentence there. */
function readBodyLevel(text: string, at: number, facility: string | undefined, head: LineHead): void {
  if (head.level !== Level.none) return;
  if (facility === undefined) {
    readLevel(text, at, head.found);
    if (head.found.level !== Level.none) head.takeFound(text);
    return;
  }
  const word = facility.slice(facility.indexOf(".") + 1);
  readLevel(`[${word}]`, 0, head.found);
  head.level = head.found.level;
  if (head.level !== Level.none) head.keep("level", word);
}
