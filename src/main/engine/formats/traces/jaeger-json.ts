/**
 * Traces as Jaeger's query service gives them, https://www.jaegertracing.io/docs/latest/apis/ (model of
 * https://github.com/jaegertracing/jaeger-ui/blob/main/packages/jaeger-ui/src/types/trace.ts): `{data:[trace…]}`, one trace,
 * an array of traces, a trace a line. Quirks: times are microseconds whatever their size, and a span names its process
 * by an id whose table may stand after the spans, or be missing. The id of the trace may stand at the trace alone.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { FieldValue, RecordInput, Timestamp } from "../../../../shared/model/record.ts";
import { isPlausibleTime } from "../../../../shared/units.ts";
import type { Format, ParseOptions, Parser, RecordSink, Sample } from "../format.ts";
import { FieldTimes } from "../support/objects/field-times.ts";
import { fieldsOf } from "../support/fields.ts";
import { HeldElements } from "../support/json/held-elements.ts";
import { traceIdOf } from "../support/ids.ts";
import { elementParser, fileElement, isRefusal, type JsonElement, type Refusal } from "../support/json/elements.ts";
import {
  arrayOf,
  isObject,
  type JsonObject,
  numberOf,
  objectOf,
  parseJsonValue,
  textOf,
} from "../support/json/value.ts";
import { notAnObject } from "../support/objects/object-format.ts";
import { TraceSurroundings } from "../support/traces/surroundings.ts";
import { errorTextOf, spanIdOf, spanKindOf, spanReader, tagsOf, tagsSayFailed } from "../support/traces/span-tags.ts";
import { workloadOfPod } from "../support/workload.ts";

/** Where traces stand. */
const TRACES = ["", "[*]", "data[*]", "data"];
const member = (trace: string, name: string): string => (trace === "" ? name : `${trace}.${name}`);
const MEMBERS = ["traceID", "spans[*]", "processes"];
const PATHS = TRACES.flatMap((trace) => MEMBERS.map((name) => member(trace, name)).concat(trace));

/** The workload of a pod that stands for a missing process, as in `p-ts-gateway-service-6f6cfc45b-h5m2n`. */
function serviceOfProcessId(id: string): string | null {
  const pod = id.replace(/^p-/, "");
  const workload = workloadOfPod(pod);
  return workload === pod ? null : workload;
}

interface Process {
  readonly service: string | null;
  readonly context: string | undefined;
}

/** The processes of one trace, each made into context once. */
class ProcessTable {
  readonly #table: JsonObject;
  readonly #read = new Map<string, Process>();

  constructor(table: unknown) {
    this.#table = isObject(table) ? table : {};
  }

  get(id: string | undefined): Process {
    if (id === undefined) return NO_PROCESS;
    const known = this.#read.get(id);
    if (known !== undefined) return known;
    const process = objectOf(this.#table, id);
    const read = process === undefined ? { service: serviceOfProcessId(id), context: undefined } : readProcess(process);
    this.#read.set(id, read);
    return read;
  }
}
const NO_PROCESS: Process = { service: null, context: undefined };

function readProcess(process: JsonObject): Process {
  const service = textOf(process, ["serviceName"]) ?? null;
  const tags = Object.fromEntries(tagsOf(process["tags"], ""));
  return { service, context: JSON.stringify({ service, ...(Object.keys(tags).length > 0 && { tags }) }) };
}

/** The reference to the parent: of several, one that is waited for goes before one that is only followed. */
function parentReference(span: JsonObject): JsonObject | undefined {
  const references = arrayOf(span, "references").filter(isObject);
  return (
    references.find((reference) => reference["refType"] === "CHILD_OF") ??
    references.find((reference) => reference["refType"] === "FOLLOWS_FROM")
  );
}

function parentOf(span: JsonObject): string | undefined {
  const parent = parentReference(span);
  return (parent && textOf(parent, ["spanID"])) ?? textOf(span, ["parentSpanID"]);
}

function message(span: JsonObject, tags = tagsOf(span["tags"], "")): string {
  const name = textOf(span, ["operationName"]) ?? "span";
  const error = errorTextOf(tags);
  return error === undefined ? name : `${name}: ${error}`;
}

function startOf(span: JsonObject, times: FieldTimes): Timestamp | null {
  const start = numberOf(span["startTime"]);
  const whole = Math.floor(start ?? Number.NaN);
  if (start !== undefined && isPlausibleTime(whole)) {
    return { micros: whole, nanos: Math.floor((start - whole) * 1000), digits: 6 };
  }
  times.warnTime(span["startTime"]);
  return null;
}

const ownTraceId = (span: JsonObject): string | undefined => traceIdOf(textOf(span, ["traceID", "traceId"]));

/** `trace` is the id of the trace around it, which a span need not repeat. */
function readSpan(
  value: unknown,
  { processes, trace }: { processes: ProcessTable; trace: string | undefined },
  times: FieldTimes,
): RecordInput | Refusal {
  if (!isObject(value)) return notAnObject(value);
  const traceId = ownTraceId(value) ?? trace;
  if (traceId === undefined)
    return { reason: "no-trace-id", message: "the span names no trace (traceID); add one to keep it" };
  const spanId = spanIdOf(textOf(value, ["spanID", "spanId"]));
  if (spanId === undefined) return { reason: "no-span-id", message: "the span has no id (spanID); add one to keep it" };
  const tags = tagsOf(value["tags"], "");
  const { service, context } = processes.get(textOf(value, ["processID"]));
  return {
    kind: "span",
    time: startOf(value, times),
    duration: times.duration(numberOf(value["duration"])),
    level: tagsSayFailed(tags) ? Level.error : Level.none,
    service: service ?? textOf(objectOf(value, "process") ?? {}, ["serviceName"]) ?? null,
    message: message(value, tags),
    name: textOf(value, ["operationName"]),
    traceId,
    spanId,
    parentId: spanIdOf(parentOf(value)),
    context,
  };
}

function parser(options: ParseOptions, sink: RecordSink): Parser {
  const times = new FieldTimes(options, sink);
  let processes: ProcessTable | null = null;
  let trace: string | undefined;
  let around = new TraceSurroundings();
  const file = (element: JsonElement): void => {
    const { value } = element;
    const read = readSpan(value, { processes: processes ?? new ProcessTable(null), trace }, times);
    const process = isObject(value) ? textOf(value, ["processID"]) : undefined;
    fileElement(sink, element, read, isRefusal(read) ? around.get(process) : undefined);
  };
  const held = new HeldElements(file, () =>
    sink.warn("large-trace", "A trace is too large to wait for its processes; its first spans are kept without them."),
  );
  const isComplete = (span: unknown): boolean =>
    processes !== null && (trace !== undefined || !isObject(span) || ownTraceId(span) !== undefined);
  return elementParser(sink, PATHS, {
    element(element) {
      const { path, value } = element;
      if (path.endsWith("processes")) {
        processes = new ProcessTable(value);
        around.processes = value;
        held.releaseWhere(({ value: span }) => isComplete(span));
      } else if (path.endsWith("traceID")) {
        trace = traceIdOf(value);
        around.id = trace;
        held.releaseWhere(({ value: span }) => isComplete(span));
      } else if (!path.endsWith("spans[*]")) fileElement(sink, element, notAnObject(value));
      else if (isComplete(value)) file(element);
      else held.hold(element);
    },
    leave() {
      held.release();
      around.end();
      processes = null;
      trace = undefined;
      around = new TraceSurroundings();
    },
    around: (path) => (path.endsWith("spans[*]") ? around : undefined),
  });
}

const looksLikeSpan = (value: unknown): boolean =>
  isObject(value) &&
  textOf(value, ["spanID"]) !== undefined &&
  textOf(value, ["operationName", "traceID"]) !== undefined;

function detect(sample: Sample): { confidence: number; reason: string } | null {
  const root = sample.json;
  const data = isObject(root) && root["data"] !== undefined ? root["data"] : root;
  const traces = (Array.isArray(data) ? data : [data]).filter(isObject);
  const withSpans = traces.filter((trace) => arrayOf(trace, "spans").some(looksLikeSpan));
  if (withSpans.length === 0) return null;
  const lines = withSpans.length === 1 && sample.jsonLines.length > 1 ? sample.jsonLines.length : withSpans.length;
  return {
    confidence: 0.98,
    reason: `${lines === 1 ? "a trace" : `${lines} traces`} with spans as Jaeger writes them`,
  };
}

export default {
  id: "jaeger-json",
  title: "Jaeger traces (JSON)",
  version: 2,
  unit: "span",
  detect,
  parser,
  decode(raw, context) {
    const span = parseJsonValue(raw);
    if (!isObject(span)) return { message: String(span), fields: [] };
    const { tags, ...rest } = span;
    const process: unknown = context === null ? {} : JSON.parse(context);
    const fields = [...fieldsOf(rest), ...tagsOf(tags, "tags.")];
    if (isObject(process))
      for (const pair of fieldsOf(process)) fields.push([`process.${pair[0]}`, pair[1]] as [string, FieldValue]);
    return { message: message(span), fields };
  },
  span: spanReader((span) => {
    const kind = tagsOf(span["tags"], "").find(([key]) => key === "span.kind")?.[1];
    return {
      id: textOf(span, ["spanID", "spanId"]) ?? "",
      kind: spanKindOf(kind),
      followsFrom: parentReference(span)?.["refType"] === "FOLLOWS_FROM",
    };
  }),
  around: () => ({ before: '{"spans":[', after: "]}" }),
} satisfies Format;
