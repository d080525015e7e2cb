/**
 * Reads a JSON object that some logger wrote into what a record needs, whatever its dialect. What a container runtime
 * wrapped into a `log` string is read again as what it holds; its own level, message and ids win.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { FieldValue, Fields, Timestamp } from "../../../../shared/model/record.ts";
import { ROLES, type Role, type RoleNode } from "./field-roles.ts";
import { fieldsOf, jsonText } from "./fields.ts";
import { idOf, idsInText, readTraceparent, traceIdOf, type Ids } from "./ids.ts";
import {
  levelOfHundreds,
  levelOfLetter,
  levelOfOtel,
  levelOfPino,
  levelOfPython,
  levelOfSyslog,
  levelOfWord,
} from "./level.ts";
import { logfmtPairs } from "./logfmt-pairs.ts";
import { TextLineReader } from "./text-line.ts";
import type { TimeReader } from "./time.ts";
import { workloadOfPod } from "./workload.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

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
/** Where a role's best value so far came from; no rank is as high. */
const NO_RANK = 1_000_000;

const ROLE_LIST: readonly Role[] = [
  "time",
  "level",
  "syslogLevel",
  "otelLevel",
  "pythonLevel",
  "mongoLevel",
  "message",
  "wrapped",
  "service",
  "loggerName",
  "container",
  "pod",
  "traceId",
  "spanId",
  "traceparent",
  "requestId",
  "correlationId",
];

/** Use one a parser; it reads one object after the other. */
export class LogObjectReader {
  readonly #times: TimeReader;
  readonly #line: TextLineReader;

  constructor(times: TimeReader) {
    this.#times = times;
    this.#line = new TextLineReader(times);
  }

  read(object: JsonObject, text = ""): LogObject {
    return this.#read(object, text, 0);
  }

  #read(object: JsonObject, text: string, depth: number): LogObject {
    const found = new Found();
    found.collect(object, ROLES);
    const log: LogObject = {
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
    };
    this.#readTime(found, log, text);
    log.level = readLevel(found, object);
    log.message = readMessage(found);
    readIds(found, log);
    log.service = readService(found);
    const wrapped = found.get("wrapped");
    if (typeof wrapped === "string" && (log.message === null || found.has("container") || found.has("pod")))
      this.#unwrap(wrapped, log, depth);
    else if (log.message !== null && log.level === Level.none && (found.has("pod") || found.has("container")))
      this.#unwrap(log.message, log, depth);
    else if (log.message !== null && log.traceId === undefined) idsInText(log.message, log);
    return log;
  }

  #readTime(found: Found, log: LogObject, text: string): void {
    const times = this.#times;
    const value = found.get("time");
    if (typeof value === "number") {
      const exact =
        Number.isSafeInteger(value) || Math.abs(value) < Number.MAX_SAFE_INTEGER ? null : digitsOf(text, found.timeKey);
      if (!(exact === null ? times.number(value) : times.whole(exact))) return;
    } else if (typeof value !== "string" || !times.whole(value)) return;
    log.time = times.time;
    log.outOfRange = times.outOfRange;
    log.absolute = times.zoned;
  }

  /** The inner text may itself be JSON, logfmt or a text line. */
  #unwrap(wrapped: string, outer: LogObject, depth: number): void {
    const text = wrapped.trimEnd();
    if (depth < MOST_WRAPPINGS && text.startsWith("{")) {
      const inner = parseObject(text);
      if (inner !== null) return adopt(outer, this.#read(inner, text, depth + 1), text);
    }
    const pairs = looksLikeLogfmt(text) ? logfmtPairs(text) : null;
    if (pairs !== null && pairs.length > 1) {
      const inner = this.#read(Object.fromEntries(pairs.map(({ key, value }) => [key, value])), text, MOST_WRAPPINGS);
      if (inner.message !== null || inner.level !== Level.none) return adopt(outer, inner, text);
    }
    const line = this.#line;
    line.read(text);
    adopt(
      outer,
      {
        time: line.time,
        outOfRange: line.outOfRange,
        absolute: line.dated && line.zoned,
        level: line.level,
        service: null,
        message: line.timed || line.level !== Level.none ? line.message : text,
        ...line.ids,
      },
      text,
    );
  }
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

/** The best value of each role in one object. */
class Found {
  timeKey = "";
  levelKey = "";
  readonly #values: unknown[] = [];
  readonly #ranks: number[] = [];

  get(role: Role): unknown {
    return this.#values[ROLE_INDEX[role]];
  }

  has(role: Role): boolean {
    return this.#values[ROLE_INDEX[role]] !== undefined;
  }

  /** Follows only the paths of the table, so that no document is deep enough to harm. */
  collect(object: JsonObject, nodes: ReadonlyMap<string, RoleNode>): void {
    for (const key in object) {
      const node = nodes.get(key);
      if (node === undefined) continue;
      const value = object[key];
      if (value === null || value === undefined || value === "") continue;
      if (typeof value === "object") {
        if (node.children !== null && !Array.isArray(value)) this.collect(value as JsonObject, node.children);
        else if (node.role === "message") this.#take(node, jsonText(value), key, WORST_MESSAGE);
      } else if (node.role !== null) this.#take(node, value, key, 0);
    }
  }

  #take(node: RoleNode, value: unknown, key: string, penalty: number): void {
    const { role } = node;
    if (role === null) return;
    const rank = node.rank + penalty;
    const index = ROLE_INDEX[role];
    if (rank >= (this.#ranks[index] ?? NO_RANK)) return;
    if (role === "message" && typeof value === "boolean") return;
    if (role === "time" && (typeof value === "boolean" || !couldBeTime(value))) return;
    this.#ranks[index] = rank;
    this.#values[index] = value;
    if (role === "time") this.timeKey = key;
    else if (role === "level") this.levelKey = key;
  }
}

const ROLE_INDEX = Object.fromEntries(ROLE_LIST.map((role, index) => [role, index])) as Record<Role, number>;
/** A message that is an object or an array is shown only when nothing else is one. */
const WORST_MESSAGE = 10_000;

function couldBeTime(value: unknown): boolean {
  if (typeof value === "number") return value >= 1e8;
  return typeof value === "string" && value.length >= 8 && value.length <= 64 && /\d/.test(value);
}

function readLevel(found: Found, object: JsonObject): Level {
  const level = found.get("level");
  const read =
    typeof level === "number"
      ? levelOfNumber(level, found.levelKey, object)
      : typeof level === "string"
        ? levelOfText(level)
        : undefined;
  if (read !== undefined) return read;
  const otel = levelOfOtel(Number(found.get("otelLevel")));
  if (otel !== undefined) return otel;
  const syslog = found.get("syslogLevel");
  const python = levelOfPython(Number(found.get("pythonLevel")));
  if (python !== undefined) return python;
  if (syslog !== undefined) return levelOfSyslog(Number(syslog)) ?? Level.none;
  const letter = found.get("mongoLevel");
  if (typeof letter === "string" && "c" in object && "ctx" in object)
    return levelOfLetter(letter.charAt(0)) ?? Level.none;
  // Events of Kubernetes say "Normal" or "Warning" as their type.
  if ("involvedObject" in object || "regarding" in object) return levelOfText(String(object["type"])) ?? Level.info;
  // Serilog's compact format leaves the level out when it is Information.
  return "@t" in object && ("@m" in object || "@mt" in object) ? Level.info : Level.none;
}

/** `level: 30` is pino and bunyan; 0–7 is syslog's where the object is GELF or the key says so; hundreds are Google's or Monolog's. */
function levelOfNumber(level: number, key: string, object: JsonObject): Level | undefined {
  const severity = key.toLowerCase().startsWith("sev");
  if (level < 8) return severity || "short_message" in object ? levelOfSyslog(level) : undefined;
  return level < 100 ? levelOfPino(level) : levelOfHundreds(level, severity ? "google" : "monolog");
}

function levelOfText(level: string): Level | undefined {
  const word = levelOfWord(level);
  if (word !== undefined) return word;
  if (level.length === 1 && /[A-Z]/.test(level)) return levelOfLetter(level);
  return /^\d{2}$/.test(level) ? levelOfPino(Number(level)) : undefined;
}

const scalarText = (value: unknown): string => (typeof value === "string" ? value : jsonText(value));

function readMessage(found: Found): string | null {
  const message = found.get("message");
  return message === undefined ? null : scalarText(message);
}

function readService(found: Found): string | null {
  const service = found.get("service");
  if (service !== undefined) return scalarText(service);
  const pod = found.get("pod");
  if (typeof pod === "string") return workloadOfPod(pod);
  const container = found.get("container");
  if (typeof container === "string") return container.replace(/^\//, "");
  // bunyan and pino call the application "name"; with other loggers that is the logger.
  const name = found.get("loggerName");
  return typeof name === "string" && typeof found.get("level") === "number" ? name : null;
}

function readIds(found: Found, log: LogObject): void {
  const trace = found.get("traceId");
  // Google Cloud: projects/PROJECT/traces/ID
  if (trace !== undefined)
    log.traceId = traceIdOf(typeof trace === "string" ? trace.slice(trace.lastIndexOf("/") + 1) : trace);
  const span = found.get("spanId");
  if (span !== undefined) log.spanId = traceIdOf(span);
  if (found.has("traceparent")) readTraceparent(found.get("traceparent"), log);
  const request = found.get("requestId");
  if (request !== undefined) log.requestId = idOf(request);
  const correlation = found.get("correlationId");
  if (correlation !== undefined) log.correlationId = idOf(correlation);
}

/** The digits of a number as they are written, which a float beyond 2^53 has lost. */
function digitsOf(text: string, key: string): string | null {
  const at = text.indexOf(`"${key}"`);
  if (at < 0) return null;
  return /\s*:\s*(\d+)/y.exec(text.slice(at + key.length + 2, at + key.length + 60))?.[1] ?? null;
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
