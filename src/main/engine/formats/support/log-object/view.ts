/**
 * What the usual line of a logger says, without a string of what is only copied into the case. A line that says anything
 * else (wraps another, continues a trace context, has a time out of range) is left to {@link LogObjectReader}: both give the
 * same record.
 */
import { Level } from "../../../../../shared/model/level.ts";
import { AsciiSlice, type Text } from "../../../../../shared/model/ascii-slice.ts";
import type { RecordView, Timestamp } from "../../../../../shared/model/record.ts";
import { ROLE } from "./field-roles.ts";
import type { FieldValues } from "./field-values.ts";
import { idIn, idOf, idsInText, loggedTraceId, spanIdIn, traceIdIn, traceIdOf } from "../ids.ts";
import type { JsonObject } from "../json/value.ts";
import { isAudit, isRawLine, readService } from "./reader.ts";
import { levelOfObject } from "./level.ts";
import type { TimeReader } from "../time/reader.ts";

const RARE = ROLE.wrapped | ROLE.traceparent;
/** Where a line without a level may wrap one that has one. */
const ORCHESTRATED = ROLE.pod | ROLE.container;
const OPENING = 0x7b;

const beginsObject = (text: Text): boolean =>
  (typeof text === "string" ? text.charCodeAt(0) : text.view.getUint8(text.from)) === OPENING;

class LogView implements RecordView {
  readonly kind = "log";
  time: Timestamp | null = null;
  level: Level = Level.none;
  service: Text | null = null;
  message: Text = "";
  traceId: Text | undefined = undefined;
  spanId: Text | undefined = undefined;
  requestId: Text | undefined = undefined;
  correlationId: Text | undefined = undefined;
}

/** Use one a parser; it reads one line after the other. */
export class LogViewReader {
  readonly #times: TimeReader;
  readonly #view = new LogView();

  constructor(times: TimeReader) {
    this.#times = times;
  }

  /** Null for a line that must be read as an object. What it gives is overwritten by the next line. */
  read(found: FieldValues, members: JsonObject): RecordView | null {
    const view = this.#view;
    if (found.has(RARE) || !this.#readTime(found)) return null;
    const message = found.slice(ROLE.message) ?? found.get(ROLE.message);
    if (typeof message !== "string" && !(message instanceof AsciiSlice)) return null;
    view.level = levelOfObject(found, members);
    if (view.level === Level.none && (found.has(ORCHESTRATED) || beginsObject(message))) return null;
    if (view.level === Level.none && isRawLine(found, members)) return null;
    if (view.time === null && isAudit(found.get(ROLE.message))) return null;
    view.message = message;
    view.service = found.slice(ROLE.service) ?? readService(found);
    view.traceId = traceIdIn(found.slice(ROLE.traceId)) ?? loggedTraceId(found.get(ROLE.traceId));
    view.spanId = spanIdIn(found.slice(ROLE.spanId)) ?? traceIdOf(found.get(ROLE.spanId));
    view.requestId = idIn(found.slice(ROLE.requestId)) ?? idOf(found.get(ROLE.requestId));
    view.correlationId = idIn(found.slice(ROLE.correlationId)) ?? idOf(found.get(ROLE.correlationId));
    if (view.traceId === undefined) idsInText(String(found.get(ROLE.message)), view);
    return view;
  }

  /** False for a time out of range, of which somebody is to be warned. */
  #readTime(found: FieldValues): boolean {
    const times = this.#times;
    const text = found.slice(ROLE.time);
    if (text !== null && times.again(text)) {
      this.#view.time = times.time;
      return true;
    }
    const value = found.get(ROLE.time);
    const isRead = typeof value === "number" ? times.number(value) : typeof value === "string" && times.whole(value);
    this.#view.time = isRead ? times.time : null;
    return !isRead || !times.outOfRange;
  }
}
