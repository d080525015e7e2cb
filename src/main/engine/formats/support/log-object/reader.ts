/**
 * Reads a JSON object that some logger wrote into what a record needs, whatever its dialect. What a container runtime
 * wrapped into a `log` string is read again as what it holds; its own level, message and ids win.
 */
import { Level } from "../../../../../shared/model/level.ts";
import type { FieldValue, Fields, Timestamp } from "../../../../../shared/model/record.ts";
import { ROLE, ROLES } from "./field-roles.ts";
import { FieldValues } from "./field-values.ts";
import { fieldsOf, jsonText } from "../fields.ts";
import { idOf, idsInText, loggedTraceId, readTraceparent, traceIdOf, type Ids } from "../ids.ts";
import type { JsonObject } from "../json/value.ts";
import { logfmtPairs, type Pair } from "../logfmt/pairs.ts";
import { levelOfObject } from "./level.ts";
import { TextLineReader } from "../text-line/reader.ts";
import type { TimeReader } from "../time/reader.ts";
import { workloadOfPod } from "../workload.ts";

export type { JsonObject };

/** What an object says. Null or none where it says nothing; the caller adds kind, offset and context. */
export interface LogObject extends Ids {
  time: Timestamp | null;
  /** A time was there and could be read, but lies outside of what can be stored. */
  outOfRange: boolean;
  /** A day and a zone are stated (or it is an epoch number). */
  absolute: boolean;
  level: Level;
  service: string | null;
  /** Null when no field is a message; the caller shows the line. */
  message: string | null;
}

/** Wrapped logs inside wrapped logs are followed this deep. */
const MOST_WRAPPINGS = 3;
/** A message beyond this length is not taken apart into pairs. */
const LONGEST_PAIRS = 64 * 1024;
const NOTHING: JsonObject = {};
/** Use one a parser; it reads one object after the other. */
export class LogObjectReader {
  readonly #times: TimeReader;
  readonly #line: TextLineReader;
  /** Of the object that is read; nothing is asked of it any more once what the object wraps is read. */
  readonly #found = new FieldValues();

  constructor(times: TimeReader) {
    this.#times = times;
    this.#line = new TextLineReader(times);
  }

  read(object: JsonObject, text = ""): LogObject {
    return this.#read(object, text, 0);
  }

  /** Its time, level and message, and whatever else it takes to find them. */
  readForRecognition(object: JsonObject): Pick<LogObject, "time" | "level" | "message"> {
    const found = this.#found;
    found.clear();
    found.collect(object, ROLES);
    const mayWrap = found.has(ROLE.wrapped) || found.has(ROLE.container) || found.has(ROLE.pod);
    if (mayWrap) return this.#readFound(found, object, "", 0);
    const log = emptyLog();
    log.message = readMessage(found, object);
    this.#readTime(found, object, log, "");
    log.level = levelOfObject(found, object);
    // What has no level may wrap a line that has one.
    return log.level === Level.none ? this.#readFound(found, object, "", 0) : log;
  }

  /** Same for logfmt, whose values are all text. */
  readPairs(pairs: readonly Pair[], text = ""): LogObject {
    const found = this.#found;
    found.clear();
    found.collectPairs(pairs, ROLES);
    return this.#readFound(found, NOTHING, text, MOST_WRAPPINGS);
  }

  /** Same for values that were found without an object: `members` names what it would have. */
  readValues(found: FieldValues, members: JsonObject): LogObject {
    return this.#readFound(found, members, "", 0);
  }

  #read(object: JsonObject, text: string, depth: number): LogObject {
    const found = this.#found;
    found.clear();
    found.collect(object, ROLES);
    return this.#readFound(found, object, text, depth);
  }

  #readFound(found: FieldValues, object: JsonObject, text: string, depth: number): LogObject {
    const log = emptyLog();
    log.message = readMessage(found, object);
    this.#readTime(found, object, log, text);
    log.level = levelOfObject(found, object);
    readIds(found, log);
    log.service = readService(found);
    const wrapped = found.get(ROLE.wrapped);
    if (typeof wrapped === "string" && (log.message === null || found.has(ROLE.container) || found.has(ROLE.pod)))
      this.#unwrap(wrapped, log, depth);
    else if (log.message !== null && log.level === Level.none && (found.has(ROLE.pod) || found.has(ROLE.container)))
      this.#unwrap(log.message, log, depth);
    else if (log.message !== null && log.level === Level.none && isRawLine(found, object))
      this.#unwrap(log.message, log, depth);
    else if (log.message !== null) {
      // CloudWatch and others keep a structured line as their message.
      const wraps = log.level === Level.none && log.message.startsWith("{");
      if (!(wraps && this.#unwrapPairs(log.message, log, depth)) && log.traceId === undefined)
        idsInText(log.message, log);
    }
    return log;
  }

  #readTime(found: FieldValues, object: JsonObject, log: LogObject, text: string): void {
    const times = this.#times;
    const value = found.get(ROLE.time) ?? instantOf(object);
    // auditd: msg=audit(1781258400.123:4711): …
    const audit =
      value === undefined && log.message !== null && isAudit(log.message)
        ? /^audit\((\d+\.\d+):/.exec(log.message)?.[1]
        : null;
    if (typeof audit === "string" && times.whole(audit)) log.message = null;
    else if (typeof value === "number") {
      const exact =
        Number.isSafeInteger(value) || Math.abs(value) < Number.MAX_SAFE_INTEGER ? null : digitsOf(text, found.timeKey);
      if (!(exact === null ? times.number(value) : times.whole(exact))) return;
    } else if (typeof value !== "string" || !times.whole(value)) return;
    log.time = times.time;
    log.outOfRange = times.outOfRange;
    log.absolute = times.zoned;
  }

  /** What a text line says. Its message may be JSON or logfmt, or the line of a program that a runtime put a head before. */
  readLine(line: TextLineReader): LogObject {
    const { time, outOfRange, level, service, message, ids } = line;
    const log = { time, outOfRange, absolute: line.dated && line.zoned, level, service, message, ...ids };
    if (line.wraps && level === Level.none) this.#unwrap(message, log, 0);
    else this.#unwrapPairs(message.trimEnd(), log, 0);
    return log;
  }

  /** The inner text may itself be JSON, logfmt or a text line. */
  #unwrap(wrapped: string, outer: LogObject, depth: number): void {
    const text = wrapped.trimEnd();
    if (this.#unwrapPairs(text, outer, depth)) return;
    const line = this.#line;
    line.read(text);
    const { time, outOfRange, level } = line;
    const message = line.timed || level !== Level.none ? line.message : text;
    const absolute = line.dated && line.zoned;
    adopt(outer, { time, outOfRange, absolute, level, service: null, message, ...line.ids }, text);
  }

  #unwrapPairs(text: string, outer: LogObject, depth: number): boolean {
    const inner = this.#readPayload(text, depth);
    if (inner === null || (inner.message === null && inner.level === Level.none)) return false;
    adopt(outer, inner, text);
    return true;
  }

  #readPayload(text: string, depth: number): LogObject | null {
    if (text.charCodeAt(0) === 0x7b) {
      const object = depth < MOST_WRAPPINGS && text.endsWith("}") ? parseObject(text) : null;
      return object === null ? null : this.#read(object, text, depth + 1);
    }
    const pairs = wrappedPairs(text);
    return pairs === null ? null : this.readPairs(pairs, text);
  }
}

/** A text that is logfmt from its first to its last word. */
function wrappedPairs(text: string): readonly Pair[] | null {
  const pairs = text.length <= LONGEST_PAIRS && looksLikeLogfmt(text) ? logfmtPairs(text) : null;
  return pairs === null || pairs.length < 2 || pairs.some(({ isFlag }) => isFlag) ? null : pairs;
}

/** Inner level, message and ids win; the outer time does, unless it is missing. */
function adopt(outer: LogObject, inner: LogObject, text: string): void {
  if (outer.time === null || (!outer.absolute && inner.absolute && inner.time !== null)) {
    outer.time = inner.time ?? outer.time;
    outer.outOfRange = outer.time === null && (outer.outOfRange || inner.outOfRange);
    outer.absolute = inner.absolute;
  }
  if (inner.level !== Level.none) outer.level = inner.level;
  outer.message = inner.message ?? text;
  outer.traceId = inner.traceId ?? outer.traceId;
  outer.spanId = inner.spanId ?? outer.spanId;
  outer.requestId = inner.requestId ?? outer.requestId;
  outer.correlationId = inner.correlationId ?? outer.correlationId;
  outer.service = inner.service ?? outer.service;
}

/** Every field as it is written; those of a wrapped JSON object follow, under the name of the field that wraps them. */
export function logObjectFields(object: JsonObject): Fields {
  const fields: (readonly [string, FieldValue])[] = [...fieldsOf(object)];
  const wrapped = object["log"];
  if (typeof wrapped !== "string" || !wrapped.startsWith("{")) return fields;
  const inner = parseObject(wrapped.trimEnd());
  if (inner !== null) for (const [key, value] of fieldsOf(inner)) fields.push([`log.${key}`, value]);
  return fields;
}

const scalarText = (value: unknown): string => (typeof value === "string" ? value : jsonText(value));

/** Names of whole lines as programs wrote them: Splunk, Loki, CloudWatch Insights; and CloudWatch's events. */
const RAW_LINES = new Set(["_raw", "line", "@message"]);

/** Whether the message has a head of its own. */
export const isRawLine = (found: FieldValues, members: JsonObject): boolean =>
  RAW_LINES.has(found.messageKey) || "ingestionTime" in members || isLogEvent(members);

/** What CloudWatch hands to subscriptions holds these three members and nothing else. */
const isLogEvent = (members: JsonObject): boolean =>
  "id" in members && "timestamp" in members && "message" in members && Object.keys(members).length === 3;

/** auditd keeps time and serial number where others have a message. */
export const isAudit = (message: unknown): boolean => typeof message === "string" && message.startsWith("audit(");

function readMessage(found: FieldValues, object: JsonObject): string | null {
  const message = found.get(ROLE.message);
  if (message === undefined) return null;
  return found.messageKey === "@mt" ? rendered(scalarText(message), object) : scalarText(message);
}

/** Serilog's message templates, https://messagetemplates.org/: "{Name}" and "{@Name,8:0.00}" stand for a property. */
function rendered(template: string, object: JsonObject): string {
  return template.replace(/\{[@$]?(\w{1,100})(?:[,:][^{}]{0,100})?\}/g, (hole, name: string) =>
    Object.hasOwn(object, name) ? scalarText(object[name]) : hole,
  );
}

export function readService(found: FieldValues): string | null {
  const service = found.get(ROLE.service);
  if (service !== undefined) return scalarText(service);
  const pod = found.get(ROLE.pod);
  if (typeof pod === "string") return workloadOfPod(pod);
  const container = found.get(ROLE.container);
  if (typeof container === "string") return container.replace(/^\//, "");
  // bunyan and pino call the application "name"; with other loggers that is the logger.
  const name = found.get(ROLE.loggerName);
  return typeof name === "string" && typeof found.get(ROLE.level) === "number" ? name : null;
}

function readIds(found: FieldValues, log: LogObject): void {
  const trace = found.get(ROLE.traceId);
  if (trace !== undefined) log.traceId = loggedTraceId(trace);
  const span = found.get(ROLE.spanId);
  if (span !== undefined) log.spanId = traceIdOf(span);
  if (found.has(ROLE.traceparent)) readTraceparent(found.get(ROLE.traceparent), log);
  const request = found.get(ROLE.requestId);
  if (request !== undefined) log.requestId = idOf(request);
  const correlation = found.get(ROLE.correlationId);
  if (correlation !== undefined) log.correlationId = idOf(correlation);
}

/** Log4j 2 writes seconds and the nanoseconds above them: {"epochSecond": 1709640029, "nanoOfSecond": 123456789}. */
function instantOf({ instant }: JsonObject): string | undefined {
  if (typeof instant !== "object" || instant === null) return undefined;
  const { epochSecond, nanoOfSecond } = instant as JsonObject;
  if (typeof epochSecond !== "number") return undefined;
  return typeof nanoOfSecond === "number"
    ? `${epochSecond}.${String(nanoOfSecond).padStart(9, "0")}`
    : String(epochSecond);
}

/** The digits of a number as they are written, which a float beyond 2^53 has lost. */
function digitsOf(text: string, key: string): string | null {
  const at = text.indexOf(`"${key}"`);
  if (at < 0) return null;
  return /\s*:\s*(\d+)/y.exec(text.slice(at + key.length + 2, at + key.length + 60))?.[1] ?? null;
}

/** The fields of a message that is JSON or logfmt; none of any other. */
export function wrappedFields(text: string): Fields {
  const trimmed = text.trimEnd();
  if (trimmed.startsWith("{")) return fieldsOf(parseObject(trimmed) ?? NOTHING);
  return (wrappedPairs(trimmed) ?? []).map(({ key, value }) => [key, value] as const);
}

const looksLikeLogfmt = (text: string): boolean => /^[\w.@-]+=\S/.test(text);

export function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

const emptyLog = (): LogObject => ({
  time: null,
  outOfRange: false,
  absolute: false,
  level: Level.none,
  service: null,
  message: null,
  traceId: undefined,
  spanId: undefined,
  requestId: undefined,
  correlationId: undefined,
});
