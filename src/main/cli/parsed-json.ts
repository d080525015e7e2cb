/** What `faultline parse --json` prints of a record or a dead letter, one a line; the fixtures of formats hold the same. */
import { levelName, Level } from "../../shared/model/level.ts";
import type { DeadLetterInput } from "../../shared/model/dead-letter.ts";
import type { DecodedRecord, Fields, FieldValue, RecordInput } from "../../shared/model/record.ts";
import { isoTime } from "./iso-time.ts";

/** Where a record stands; `offset` and `length` are bytes, lines count from 1. */
export interface Place {
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

export function parsedJson(input: RecordInput, { line, offset, length }: Place, decoded: DecodedRecord): object {
  const { time, level, service, traceId = null, spanId = null } = input;
  return {
    line,
    offset,
    length,
    time: time === null ? null : isoTime(time),
    level: level === Level.none ? null : levelName(level),
    service,
    message: decoded.message,
    fields: fieldsObject(decoded.fields),
    traceId,
    spanId,
  };
}

export const deadLetterJson = ({ line, offset, reason }: DeadLetterInput): object => ({
  deadLetter: { line, offset, reason },
});

/** Longer arrays stay text: they may be deeper than JSON.stringify can follow. */
const LONGEST_ARRAY = 10_000;

/** Has no prototype, so that `__proto__` is a field like any other. Arrays, which fields hold as text, are arrays again. */
export function fieldsObject(fields: Fields): Record<string, unknown> {
  const object = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of fields) object[key] = isArrayText(value) ? revived(value) : value;
  return object;
}

const isArrayText = (value: FieldValue): value is string =>
  typeof value === "string" && value.startsWith("[") && value.endsWith("]") && value.length <= LONGEST_ARRAY;

function revived(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
