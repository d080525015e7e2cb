/** One record as `faultline parse --json` prints it: what the format said, with the text read back from its own bytes. */
import { levelName, Level, type LevelName } from "../../../shared/model/level.ts";
import type { DeadLetterInput } from "../../../shared/model/dead-letter.ts";
import type { DecodedRecord, Fields, RecordInput } from "../../../shared/model/record.ts";
import { formatTimestamp } from "../../../shared/time-text.ts";

export interface RecordJson {
  readonly line: number;
  readonly offset: number;
  readonly length: number;
  /** ISO 8601 in UTC with the decimals of the source. */
  readonly time: string | null;
  readonly level: LevelName | null;
  readonly service: string | null;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly traceId: string | null;
  readonly spanId: string | null;
}

export function recordJson(
  input: RecordInput,
  offset: number,
  length: number,
  line: number,
  decoded: DecodedRecord,
): RecordJson {
  const { time, level, service, traceId, spanId } = input;
  return {
    line,
    offset,
    length,
    time: time === null ? null : formatTimestamp(time.micros, time.nanos, time.digits),
    level: level === Level.none ? null : levelName(level),
    service,
    message: decoded.message,
    fields: fieldsObject(decoded.fields),
    traceId: traceId ?? null,
    spanId: spanId ?? null,
  };
}

export interface DeadLetterJson {
  readonly deadLetter: { readonly line: number; readonly offset: number; readonly reason: string };
}

export const deadLetterJson = ({ line, offset, reason }: DeadLetterInput): DeadLetterJson => ({
  deadLetter: { line, offset, reason },
});

/** Longer arrays stay text: they may be deeper than JSON.stringify can follow. */
const LONGEST_ARRAY = 10_000;

/** Has no prototype, so that `__proto__` is a field like any other. Arrays, which fields hold as text, are arrays again. */
export function fieldsObject(fields: Fields): Record<string, unknown> {
  const object = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of fields)
    object[key] =
      typeof value === "string" && value.startsWith("[") && value.length <= LONGEST_ARRAY ? revived(value) : value;
  return object;
}

function revived(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
