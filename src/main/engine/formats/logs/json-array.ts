/**
 * Log objects in a JSON array (RFC 8259, https://www.rfc-editor.org/rfc/rfc8259), or in the one array of an object, as
 * exports of log viewers have them (`{"logs":[…]}`, `{"items":[…]}`), or one document over lines after the other. Quirk:
 * such an export is often cut; what stands before the cut is read.
 */
import { Level } from "../../../../shared/model/level.ts";
import type { Format, ParseOptions, RecordSink, Sample } from "../format.ts";
import { elementParser, fileElement, knownNow, ShapedParser } from "../support/json/elements.ts";
import {
  aroundElements,
  type Shape,
  shapeOf,
  shapeOfSample,
  surroundingFields,
  surroundingsOf,
} from "../support/json/shape.ts";
import { isObject, type JsonObject, parseJsonValue } from "../support/json/value.ts";
import { exportShape } from "../support/log-object/exports.ts";
import { logObjectFields, LogObjectReader } from "../support/log-object/reader.ts";
import { logRecord, warnOutOfRange } from "../support/log-object/record.ts";
import { lineText } from "../support/lines.ts";
import { notAnObject } from "../support/objects/object-format.ts";
import { SAMPLE_OPTIONS } from "../support/sample-options.ts";
import { TimeReader } from "../support/time/reader.ts";

/** Arrays of other things than logs are left to the formats that know them. */
const LEAST_SHARE = 0.5;
/** Where one document over lines ends and the next one begins, as `jq` and `journalctl -o json-pretty` write them. */
const NEXT_DOCUMENT = /^\}\s+\{/m;
const wrapped = (): boolean => false;
const shapeOfLogs = (json: unknown): Shape | null => exportShape(json) ?? shapeOf(json, wrapped);

function isLog(reader: LogObjectReader, object: JsonObject): boolean {
  const log = reader.read(object);
  return (log.time !== null || log.outOfRange) && (log.message !== null || log.level !== Level.none);
}

export default {
  id: "json-array",
  title: "Log records as JSON array or documents",
  version: 4,
  unit: "element",
  detect(sample: Sample) {
    const shape = exportShape(sample.json) ?? shapeOfSample(sample, wrapped);
    if (shape === null || (shape.path === "" && !NEXT_DOCUMENT.test(sample.text))) return null;
    const reader = new LogObjectReader(new TimeReader(SAMPLE_OPTIONS));
    const total = shape.objects.length + shape.others;
    const logs = shape.objects.filter((object) => isLog(reader, object)).length;
    if (logs === 0 || logs < total * LEAST_SHARE) return null;
    const reason = `${logs} of ${total} elements have a time and a message or level`;
    return { confidence: 0.6 + (0.2 * logs) / total, reason };
  },
  parser(options: ParseOptions, sink: RecordSink) {
    const reader = new LogObjectReader(new TimeReader(options));
    return new ShapedParser((json) => {
      const shape = shapeOfLogs(json);
      const context = surroundingsOf(shape);
      const service = shape?.wrapper ? reader.read(shape.wrapper).service : null;
      const around = aroundElements(shape);
      return elementParser(sink, [shape?.path ?? "[*]"], {
        element(element) {
          const { value } = element;
          if (!isObject(value)) return fileElement(sink, element, notAnObject(value), around);
          const text = lineText(element.bytes);
          const log = reader.read(value, text);
          if (log.outOfRange) warnOutOfRange(sink, element.line);
          const record = logRecord(log, text);
          return fileElement(sink, element, { ...record, service: record.service ?? service, context });
        },
        around: () => knownNow(around),
      });
    });
  },
  decode(raw, context) {
    const text = lineText(raw);
    const value = parseJsonValue(raw);
    if (!isObject(value)) return { message: text, fields: [] };
    const log = new LogObjectReader(new TimeReader(SAMPLE_OPTIONS)).read(value, text);
    return { message: log.message ?? text, fields: [...logObjectFields(value), ...surroundingFields(context)] };
  },
} satisfies Format;
