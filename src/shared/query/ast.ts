/**
 * What a filter means, once it is read: a tree of conditions on one row of the list (a record or an event).
 * Values are already in the model's own words, so that whoever evaluates a filter has nothing left to check.
 */
import type { EventKind } from "../model/event.ts";
import type { LevelName } from "../model/level.ts";
import type { RecordKind } from "../model/record.ts";
import type { Severity } from "../model/severity.ts";
import type { Micros } from "../units.ts";

export type Comparison = "=" | ">" | ">=" | "<" | "<=";

/** Text between wildcards: `["checkout"]` is that word, `["check", ""]` is `check*`. Never empty. */
export type Pattern = readonly string[];

/** Matches somewhere in the value. Flags in the order of the alphabet. */
export interface Expression {
  readonly pattern: string;
  readonly flags: string;
}

/** What a field's value is held against. */
export type FieldValue = Pattern | Expression;

export const isExpression = (value: FieldValue): value is Expression => "flags" in value;

/** Fields whose values are words; patterns follow the smart case of {@link isCaseSensitive}. */
export const WORD_FIELDS = [
  "service",
  "source",
  "name",
  "trace",
  "span",
  "request",
  "correlation",
  "template",
] as const;
export type WordField = (typeof WORD_FIELDS)[number];

export const NUMBER_FIELDS = ["duration", "value", "line"] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];

/** `kind:` takes what a record or an event is; `event` stands for every event. */
export type KindWord = RecordKind | EventKind | "event";

export type Condition =
  /** Stands in the raw text of a record, or in title or description of an event. Empty text stands everywhere. */
  | { readonly type: "text"; readonly text: string }
  /** Matches somewhere in the raw text of a record, or in title or description of an event. */
  | ({ readonly type: "regex" } & Expression)
  /** A level, or a severity written in small letters where no level has that name. */
  | {
      readonly type: "level";
      readonly operator: Comparison;
      readonly values: readonly (LevelName | Lowercase<Severity>)[];
    }
  | { readonly type: "severity"; readonly operator: Comparison; readonly values: readonly Severity[] }
  | { readonly type: "kind"; readonly values: readonly KindWord[] }
  | { readonly type: "word"; readonly field: WordField; readonly values: readonly FieldValue[] }
  /** Durations in microseconds. */
  | { readonly type: "number"; readonly field: NumberField; readonly operator: Comparison; readonly value: number }
  /** `width` is the microseconds that the written time covers ("10:00" is a minute); only `=` looks at it. */
  | { readonly type: "time"; readonly operator: Comparison; readonly time: Micros; readonly width: number }
  | { readonly type: "has"; readonly field: string }
  /** A field of the decoded record, by its dotted key. */
  | { readonly type: "field"; readonly key: string; readonly values: readonly FieldValue[] }
  | {
      readonly type: "fieldNumber";
      readonly key: string;
      readonly operator: Exclude<Comparison, "=">;
      readonly value: number;
    };

export type Filter =
  | Condition
  /** At least two parts, none of them an `and`; without parts: everything. */
  | { readonly type: "and"; readonly parts: readonly Filter[] }
  /** At least two parts, none of them an `or`. */
  | { readonly type: "or"; readonly parts: readonly Filter[] }
  | { readonly type: "not"; readonly part: Filter };

export const EVERYTHING: Filter = { type: "and", parts: [] };

export const and = (parts: readonly Filter[]): Filter => join("and", parts);
export const or = (parts: readonly Filter[]): Filter => join("or", parts);
export const not = (part: Filter): Filter => ({ type: "not", part });

function join(type: "and" | "or", parts: readonly Filter[]): Filter {
  const [only, ...more] = parts;
  if (only !== undefined && more.length === 0) return only;
  return { type, parts: parts.flatMap((part) => (part.type === type ? part.parts : [part])) };
}

/** Smart case: a term that holds an upper-case letter means just that letter. */
export const isCaseSensitive = (text: string): boolean => /\p{Lu}/u.test(text);

export function conditionsOf(filter: Filter): readonly Condition[] {
  if (filter.type === "and" || filter.type === "or") return filter.parts.flatMap(conditionsOf);
  return filter.type === "not" ? conditionsOf(filter.part) : [filter];
}

/** Whether the filter says itself which kinds of rows it wants, so that nothing is hidden from it. */
export const namesKind = (filter: Filter): boolean => conditionsOf(filter).some(({ type }) => type === "kind");
