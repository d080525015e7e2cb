/** What formats share whose reports are one JSON object a line, each an event of the run of tests. */
import type { DecodedRecord } from "../../../../../shared/model/record.ts";
import type { Detection, Format, ParseOptions, Parser, RecordSink, Sample } from "../../format.ts";
import { fieldsOf } from "../fields.ts";
import { nameOf, NoJson, parseJsonLine } from "../json/line.ts";
import { isObject, type JsonObject, parseJsonValue } from "../json/value.ts";
import { LineReader, lineText } from "../lines.ts";
import type { Outcome } from "./dialect.ts";
import { testMessage } from "./result.ts";
import type { Place } from "./run.ts";

/** Logs may hold events of tests too: below this share of its JSON objects a source is something else. */
const LEAST_SHARE = 0.5;
/** Builds and scripts print between the events, but the events are at least this share of the lines. */
const LEAST_SHARE_OF_LINES = 0.25;

/** Null when the event was taken. */
export type Refused = { readonly reason: string; readonly what: string } | null;

export interface TestEvents {
  readonly id: string;
  readonly title: string;
  /** Of a dialect: "events of `go test -json`". */
  readonly what: string;
  /** What a telling event has one of. */
  readonly keys: readonly string[];
  isEvent(object: JsonObject): boolean;
  /** Whether an event is one that no other source has. */
  isTelling(object: JsonObject): boolean;
  /** Why a line that is no JSON object is rightly passed over. */
  passOver?(line: string): string | null;
  run(options: ParseOptions, sink: RecordSink): { event(object: JsonObject, place: Place): Refused; end(): void };
}

function detect(sample: Sample, of: TestEvents): Detection | null {
  const filled = sample.lines.filter((line) => line.trim().length > 0).length;
  const objects = sample.lineObjects.filter((object) => object !== null);
  const events = objects.filter((object) => of.isEvent(object));
  const share = events.length / Math.max(filled, 1);
  if (share < LEAST_SHARE_OF_LINES || events.length < objects.length * LEAST_SHARE) return null;
  if (!events.some((event) => of.isTelling(event))) return null;
  const reason = `${events.length} of ${filled} lines are ${of.what}`;
  return { confidence: 0.97 * (0.75 + 0.25 * share), reason };
}

function parser(options: ParseOptions, sink: RecordSink, of: TestEvents): Parser {
  const run = of.run(options, sink);
  const reader = new LineReader(sink, {
    line(text, offset, length, line, lines) {
      if (text.trim().length === 0) return sink.skip("blank line");
      const why = of.passOver?.(text) ?? null;
      if (why !== null) return sink.skip(why);
      const place = `Line ${line} at byte ${offset}`;
      const object = parseJsonLine(text);
      if (object instanceof NoJson)
        return lines.deadLetter("invalid-json", `${place} is not valid JSON${object.where}.`, offset, length, line);
      if (!isObject(object))
        return lines.deadLetter(
          "not-an-object",
          `${place} is ${nameOf(object)}, not a JSON object.`,
          offset,
          length,
          line,
        );
      const refused = run.event(object, { offset, length, line });
      if (refused !== null) lines.deadLetter(refused.reason, `${place} ${refused.what}.`, offset, length, line);
    },
  });
  return {
    push: (chunk) => reader.push(chunk),
    end() {
      reader.end();
      run.end();
    },
  };
}

function decode(raw: Uint8Array, context: string | null): DecodedRecord {
  const text = lineText(raw);
  const event = parseJsonValue(Buffer.from(text));
  const told: unknown = JSON.parse(context ?? "{}");
  if (!isObject(event) || !isObject(told)) return { message: text, fields: [] };
  const message = testMessage({
    name: textIn(told, "name"),
    className: "",
    outcome: textIn(told, "outcome") as Outcome,
    message: textIn(told, "failure") || null,
    detail: textIn(told, "detail"),
  });
  return { message, fields: [...fieldsOf(event), ...fieldsOf(told)] };
}

export const textIn = (object: JsonObject, key: string): string => {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return typeof value === "string" ? value : "";
};

export const testEvents = (of: TestEvents): Format => ({
  id: of.id,
  title: of.title,
  version: 1,
  unit: "line",
  detect: (sample) => detect(sample, of),
  objectLines: { unless: of.keys, says: null },
  parser: (options, sink) => parser(options, sink, of),
  decode,
});
