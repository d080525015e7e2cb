// What a filter means, written again as plainly as possible: every row is looked at, nothing is compiled or skipped.
import { jsonStub, textOf, type TestRecord } from "./cases.ts";
import { LEVELS, SEVERITY_OF_LEVEL } from "../../../src/shared/model/level.ts";
import type { IncidentEvent } from "../../../src/shared/model/event.ts";
import { SEVERITIES, type Severity } from "../../../src/shared/model/severity.ts";
import type { Comparison, Condition, FieldValue, Filter } from "../../../src/shared/query/ast.ts";
import { readNumber } from "../../../src/shared/query/quantities.ts";

export interface ReferenceRecord extends TestRecord {
  readonly path: string;
  readonly line: number;
  /** Id of its template, which no record tells alone: it takes all of the case. */
  readonly template: string | null;
}
export type ReferenceRow =
  | { readonly record: ReferenceRecord }
  | { readonly event: IncidentEvent; readonly path: string | null };

export function matches(filter: Filter, row: ReferenceRow): boolean {
  if (filter.type === "and") return filter.parts.every((part) => matches(part, row));
  if (filter.type === "or") return filter.parts.some((part) => matches(part, row));
  if (filter.type === "not") return !matches(filter.part, row);
  return "record" in row ? recordFits(filter, row.record) : eventFits(filter, row.event, row.path);
}

function recordFits(condition: Condition, record: ReferenceRecord): boolean {
  const level = record.level ?? 0;
  switch (condition.type) {
    case "text":
      return contains(Buffer.from(textOf(record)).toString(), condition.text);
    case "regex":
      return new RegExp(condition.pattern, `${condition.flags}u`).test(Buffer.from(textOf(record)).toString());
    case "level":
      return condition.values.some((word) => levelFits(level, condition.operator, word));
    case "severity":
      return condition.values.some((severity) => severityFits(SEVERITY_OF_LEVEL[level]!, condition.operator, severity));
    case "kind":
      return condition.values.some((kind) => kind === (record.kind ?? "log"));
    case "word":
      return fitsAny(wordOf(record, condition.field), condition.values, condition.field === "source");
    case "number":
      return compare(record[condition.field], condition.operator, condition.value);
    case "time":
      return record.time !== null && record.time !== undefined && timeFits(record.time.micros, condition);
    case "has":
      return hasField(record, condition.field);
    case "field":
      return fieldsOf(record).some(
        ([key, value]) => key === condition.key && fitsAny(String(value), condition.values, false),
      );
    default:
      return fieldsOf(record).some(([key, value]) => {
        const number = typeof value === "string" ? readNumber(value) : value;
        return (
          key === condition.key && typeof number === "number" && compare(number, condition.operator, condition.value)
        );
      });
  }
}

function eventFits(condition: Condition, event: IncidentEvent, path: string | null): boolean {
  const words: Record<string, string | null> = {
    service: event.service,
    source: path,
    trace: event.traceId,
    span: event.spanId,
    request: event.requestId,
    correlation: event.correlationId,
  };
  switch (condition.type) {
    case "text":
      return contains(event.title, condition.text) || contains(event.description, condition.text);
    case "regex": {
      const { pattern, flags } = condition;
      return [event.title, event.description].some((text) => new RegExp(pattern, `${flags}u`).test(text));
    }
    case "level":
      return condition.values.some(
        (word) =>
          LEVELS.some(
            (name, level) =>
              name !== "none" &&
              SEVERITY_OF_LEVEL[level] === event.severity &&
              levelFits(level, condition.operator, word),
          ) ||
          (word === word.toLowerCase() &&
            SEVERITIES.some(
              (known) =>
                known.toLowerCase() === word &&
                !LEVELS.some((name) => name === word) &&
                severityFits(event.severity, condition.operator, known),
            )),
      );
    case "severity":
      return condition.values.some((severity) => severityFits(event.severity, condition.operator, severity));
    case "kind":
      return condition.values.some((kind) => kind === "event" || kind === event.kind);
    case "word":
      return fitsAny(words[condition.field] ?? null, condition.values, condition.field === "source");
    case "time":
      return timeFits(event.time, condition);
    case "has":
      return condition.field === "time" || condition.field === "level" || (words[condition.field] ?? null) !== null;
    default:
      return false;
  }
}

function wordOf(record: ReferenceRecord, field: string): string | null {
  const words: Record<string, string | null | undefined> = {
    service: record.service,
    source: record.path,
    name: record.name,
    trace: record.traceId,
    span: record.spanId,
    request: record.requestId,
    correlation: record.correlationId,
    template: record.template,
  };
  return words[field] ?? null;
}

function hasField(record: ReferenceRecord, field: string): boolean {
  if (field === "source" || field === "line") return true;
  if (field === "time") return record.time !== null && record.time !== undefined;
  if (field === "level") return (record.level ?? 0) !== 0;
  if (field === "duration" || field === "value") return record[field] !== undefined;
  return wordOf(record, field) !== null || fieldsOf(record).some(([key, value]) => key === field && value !== null);
}

function fieldsOf(record: ReferenceRecord): readonly (readonly [string, unknown])[] {
  try {
    return jsonStub.decode(Buffer.from(textOf(record)), null).fields;
  } catch {
    return [];
  }
}

const UPPER = /\p{Lu}/u;
const asciiLower = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

function contains(text: string, term: string): boolean {
  if (UPPER.test(term)) return text.includes(term);
  return /^[\0-\x7f]*$/.test(term) ? asciiLower(text).includes(term) : text.toLowerCase().includes(term.toLowerCase());
}

function fitsAny(text: string | null, patterns: readonly FieldValue[], part: boolean): boolean {
  return (
    text !== null &&
    patterns.some((pattern) => {
      if ("flags" in pattern) return new RegExp(pattern.pattern, `${pattern.flags}u`).test(text);
      const escaped = pattern.map((piece) => piece.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("[^]*");
      const folds = !pattern.some((piece) => UPPER.test(piece));
      const expression = new RegExp(part ? escaped : `^${escaped}$`);
      return folds ? new RegExp(expression.source.toLowerCase()).test(text.toLowerCase()) : expression.test(text);
    })
  );
}

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);
const severityFits = (have: Severity, operator: Comparison, want: Severity): boolean =>
  compare(-rank(have), operator, -rank(want));

function levelFits(level: number, operator: Comparison, word: string): boolean {
  const wanted = LEVELS.findIndex((name) => name === word);
  if (wanted === -1) return severityFits(SEVERITY_OF_LEVEL[level]!, operator, word.toUpperCase() as Severity);
  if (level === 0 || wanted === 0) return operator === "=" && level === wanted;
  return compare(level, operator, wanted);
}

const timeFits = (time: number, { operator, time: bound, width }: Extract<Condition, { type: "time" }>): boolean =>
  operator === "=" ? time >= bound && time < bound + width : compare(time, operator, bound);

function compare(have: number | undefined, operator: Comparison, want: number): boolean {
  if (have === undefined) return false;
  if (operator === "=") return have === want;
  if (operator === ">") return have > want;
  if (operator === ">=") return have >= want;
  return operator === "<" ? have < want : have <= want;
}
