/**
 * A format whose JSON elements hold several records each: the tests of a file, the deploys of an application, the spans of
 * a segment. Each record has the element's bytes, and its number in it as context.
 */
import type { Surroundings } from "../../../../../shared/model/dead-letter.ts";
import type { DecodedRecord, RecordInput } from "../../../../../shared/model/record.ts";
import type { TestTotals } from "../../../../../shared/model/source.ts";
import type { Format, ParseOptions, RecordSink, Sample, SpanFacts } from "../../format.ts";
import { FieldTimes } from "./field-times.ts";
import { fieldsOf } from "../fields.ts";
import {
  elementParser,
  fileElement,
  isRefusal,
  knownNow,
  type JsonElement,
  type Refusal,
  ShapedParser,
  surroundings,
} from "../json/elements.ts";
import { isObject, type JsonObject, parseJsonValue } from "../json/value.ts";
import { notAnObject } from "./object-format.ts";

/** What one record is made of. */
export interface Part {
  /** What stands in the document for it, and what around that says more of it. */
  readonly value: unknown;
  readonly outer: JsonObject;
}

export interface PartsFormat<P extends Part> extends Pick<
  Format,
  /** `span` only where each element holds one. */
  "id" | "title" | "version" | "unit" | "span"
> {
  /** Where its elements stand in a document that begins so; empty when it is none of this format. */
  paths(json: unknown): readonly string[];
  /** One of which an object has that is by itself a document of this format and holds no list; absent where none is. */
  readonly keys?: readonly string[];
  /** "a report of Jest". */
  readonly what: string;
  readonly confidence: number;
  /** Paths of what stands before the elements and is needed to read them, such as when a run began. */
  readonly before?: readonly string[];
  parts(element: JsonObject): readonly P[];
  /** What a part tells of the span that it is, where an element holds several. */
  spanOf?(part: P): SpanFacts;
  read(part: P, times: FieldTimes, before: JsonObject): RecordInput | Refusal;
  message(part: P): string;
  /** Of test reports: sums of what was read. */
  totals?(): { take(part: P): void; totals(): TestTotals };
}

/** `{"a":[` and `]}` for `a[*]`; what stands before the elements is written out beside it. */
function aroundPath(path: string, before: JsonObject): Surroundings | undefined {
  let open = "";
  let close = "";
  for (const [step] of path.matchAll(/\[\*\]|[^.[\]]+/g)) {
    const known = open === "" && step !== "[*]" ? Object.entries(before) : [];
    const members = known.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},`).join("");
    open += step === "[*]" ? "[" : `{${members}${JSON.stringify(step)}:`;
    close = (step === "[*]" ? "]" : "}") + close;
  }
  return surroundings(open, close);
}

function passOver(sink: RecordSink): void {
  sink.read();
  sink.skip("element without anything to tell");
}

/** Of a dead letter: which part of the element it is of. */
const PART = /^line \d+: part (\d+) of the element: /;

export function partsFormat<P extends Part>(of: PartsFormat<P>): Format {
  const { id, title, version, unit } = of;
  const partIn = (raw: Uint8Array, context: string | null): P | undefined => {
    const element = parseJsonValue(raw);
    return isObject(element) ? of.parts(element)[Number(context)] : undefined;
  };
  return {
    id,
    title,
    version,
    unit,
    span:
      of.spanOf === undefined
        ? of.span
        : (raw, context) => {
            const part = partIn(raw, context);
            return part === undefined ? null : (of.spanOf?.(part) ?? null);
          },
    detect: (sample: Sample) =>
      of.paths(sample.json).length === 0 ? null : { confidence: of.confidence, reason: of.what },
    objectLines: of.keys && { unless: of.keys, says: null },
    parser(options: ParseOptions, sink: RecordSink) {
      const times = new FieldTimes(options, sink);
      const before: Record<string, unknown> = {};
      const sums = of.totals?.();
      const file = (element: JsonElement, index: number, part: P): void => {
        const result = of.read(part, times, before);
        if (isRefusal(result)) {
          const message = `part ${index} of the element: ${result.message}`;
          return fileElement(sink, element, { ...result, message }, aroundPath(element.path, before));
        }
        sums?.take(part);
        fileElement(sink, element, { ...result, context: String(index) });
      };
      const shaped = new ShapedParser((json) =>
        elementParser(sink, [...(of.before ?? []), ...of.paths(json)], {
          element(element) {
            const { path, value } = element;
            if (of.before?.includes(path)) before[path] = value;
            else if (!isObject(value)) fileElement(sink, element, notAnObject(value), aroundPath(path, before));
            else {
              const parts = of.parts(value);
              for (const [index, part] of parts.entries()) file(element, index, part);
              if (parts.length === 0) passOver(sink);
            }
          },
          around: (path) => (of.before?.includes(path) ? undefined : knownNow(aroundPath(path, before))),
        }),
      );
      return {
        push: (chunk) => shaped.push(chunk),
        end() {
          shaped.end();
          if (sums !== undefined) sink.tests(sums.totals());
        },
      };
    },
    decode(raw, context): DecodedRecord {
      const part = partIn(raw, context);
      if (part === undefined) return { message: "", fields: [] };
      const fields = isObject(part.value) ? fieldsOf(part.value) : [];
      return { message: of.message(part), fields: [...fields, ...fieldsOf(part.outer)] };
    },
    around: ({ message }) => {
      const index = PART.exec(message)?.[1];
      // The element's other parts are records already.
      return { before: "", after: "", keeps: index === undefined ? undefined : ({ context }) => context === index };
    },
  };
}
