/** The fields that the filter language knows by name: what each takes, for the parser, completion and help. */
import { EVENT_KINDS } from "../model/event.ts";
import { LEVELS } from "../model/level.ts";
import { RECORD_KINDS } from "../model/record.ts";
import { SEVERITIES } from "../model/severity.ts";
import { NUMBER_FIELDS, WORD_FIELDS } from "./ast.ts";

export interface FieldHelp {
  readonly name: string;
  /** In a few words, for the completion list. */
  readonly about: string;
  /** The operators that make sense, the usual one first. */
  readonly operators: readonly string[];
  /** Every value the field can have; absent when the case holds the values. */
  readonly values?: readonly string[];
}

const EQUALITY = [":", "!="];
const ORDER = [">=", ">", "<", "<=", ":", "!="];

/** What `has:` can ask for beside the keys of decoded fields. */
const HAS_FIELDS = ["time", "level", ...WORD_FIELDS, ...NUMBER_FIELDS] as const;

export const KIND_WORDS = [...new Set(["event", ...RECORD_KINDS, ...EVENT_KINDS] as const)];

export const FIELDS: readonly FieldHelp[] = [
  { name: "level", about: "level of a record, or a severity", operators: ORDER, values: LEVELS.toReversed() },
  {
    name: "severity",
    about: "severity of a record or an event",
    operators: [":", ">=", "!=", ">", "<", "<="],
    values: SEVERITIES.map((severity) => severity.toLowerCase()),
  },
  { name: "service", about: "service that wrote it", operators: EQUALITY },
  { name: "source", about: "file it stands in", operators: EQUALITY },
  { name: "kind", about: "log, span, sample, event …", operators: EQUALITY, values: KIND_WORDS },
  { name: "trace", about: "trace id", operators: EQUALITY },
  { name: "span", about: "span id", operators: EQUALITY },
  { name: "request", about: "request id", operators: EQUALITY },
  { name: "correlation", about: "correlation id", operators: EQUALITY },
  { name: "template", about: "id of its template, see the view of templates", operators: EQUALITY },
  { name: "name", about: "operation of a span, series of a sample", operators: EQUALITY },
  { name: "duration", about: "for instance 500ms", operators: [">", ">=", "<", "<=", ":", "!="] },
  { name: "value", about: "value of a sample", operators: [">", ">=", "<", "<=", ":", "!="] },
  { name: "line", about: "line in its source", operators: [":", ">=", ">", "<", "<=", "!="] },
  { name: "time", about: "for instance 2026-06-20T10:00Z", operators: ORDER },
  { name: "has", about: "records that have the field", operators: [":"], values: HAS_FIELDS },
];

export const fieldHelp = (name: string): FieldHelp | undefined => FIELDS.find((field) => field.name === name);
