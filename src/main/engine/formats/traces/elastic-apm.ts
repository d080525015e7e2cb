/**
 * Transactions, spans and errors of Elastic APM as Elasticsearch holds them (`traces-apm*`),
 * https://www.elastic.co/docs/solutions/observability/apm/transactions: hits of a search, or documents alone. Quirk: the
 * time of a document is of milliseconds; `timestamp.us` has microseconds.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { Timestamp } from "../../../../shared/model/record.ts";
import { isPlausibleTime, micros } from "../../../../shared/units.ts";
import type { FieldTimes } from "../support/objects/field-times.ts";
import { arrayOf, isObject, type JsonObject, numberOf, objectOf, textOf } from "../support/json/value.ts";
import { traceIdOf } from "../support/ids.ts";
import { objectFormat } from "../support/objects/object-format.ts";
import { spanIdOf, spanKindOf, spanReader } from "../support/traces/span-tags.ts";

const sourceOf = (object: JsonObject): JsonObject => objectOf(object, "_source") ?? object;
const within = (object: JsonObject, key: string): JsonObject => objectOf(object, key) ?? {};
const eventOf = (of: JsonObject): string | undefined =>
  textOf(within(of, "processor"), ["event"]) ?? textOf(of, ["processor.event"]);

/** The part that is named as the document's event is. */
const ownOf = (of: JsonObject): JsonObject => within(of, eventOf(of) === "transaction" ? "transaction" : "span");

function errorOf(of: JsonObject): string | undefined {
  const error = within(of, "error");
  const exception = arrayOf(error, "exception").find(isObject) ?? within(error, "exception");
  return textOf(exception, ["message", "type"]) ?? textOf(within(error, "log"), ["message"]) ?? textOf(of, ["message"]);
}

const nameOf = (of: JsonObject): string | undefined => textOf(ownOf(of), ["name"]);

function message(object: JsonObject): string {
  const of = sourceOf(object);
  return eventOf(of) === "error" ? (errorOf(of) ?? "error") : (nameOf(of) ?? "span");
}

function timeOf(of: JsonObject, times: FieldTimes): Timestamp | null {
  const exact = numberOf(within(of, "timestamp")["us"]);
  if (exact !== undefined && isPlausibleTime(exact)) return { micros: micros(exact), nanos: 0, digits: 6 };
  return times.of(of["@timestamp"]);
}

export default objectFormat({
  id: "elastic-apm",
  title: "Elastic APM (documents of Elasticsearch)",
  version: 1,
  unit: "span",
  what: "documents of Elastic APM",
  confidence: 0.97,
  keys: ["processor", "processor.event", "_source"],
  matches(object) {
    const of = sourceOf(object);
    const event = eventOf(of);
    if (textOf(within(of, "trace"), ["id"]) === undefined) return false;
    return (
      event === "error" || ((event === "transaction" || event === "span") && textOf(ownOf(of), ["id"]) !== undefined)
    );
  },
  message,
  span: spanReader((value) => {
    const of = sourceOf(value);
    const kind = spanKindOf(within(of, "span")["kind"]) ?? (eventOf(of) === "transaction" ? "server" : null);
    return { id: textOf(ownOf(of), ["id"]) ?? "", kind, followsFrom: false };
  }),
  read(object, times) {
    const of = sourceOf(object);
    const traceId = traceIdOf(textOf(within(of, "trace"), ["id"]));
    const service = textOf(within(of, "service"), ["name"]) ?? null;
    const time = timeOf(of, times);
    if (eventOf(of) === "error") {
      const spanId = spanIdOf(textOf(within(of, "parent"), ["id"]));
      return { kind: "log", time, level: Level.error, service, message: message(object), traceId, spanId };
    }
    const spanId = spanIdOf(textOf(ownOf(of), ["id"]));
    if (traceId === undefined) return { reason: "no-trace-id", message: "the document names no trace (trace.id)" };
    if (spanId === undefined)
      return { reason: "no-span-id", message: "the document has no id of a transaction or span" };
    return {
      kind: "span",
      time,
      duration: times.duration(numberOf(within(ownOf(of), "duration")["us"])),
      level: textOf(within(of, "event"), ["outcome"]) === "failure" ? Level.error : Level.none,
      service,
      message: message(object),
      name: nameOf(of),
      traceId,
      spanId,
      parentId: spanIdOf(textOf(within(of, "parent"), ["id"])),
    };
  },
});
