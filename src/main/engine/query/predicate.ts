// A filter compiled to a scan of one segment after the other: a mask of rows goes through the conditions, the cheap
// ones first, and each takes out what does not fit, so that text is searched and records are decoded only where
// nothing cheaper has decided.
import { kindCode, RECORD_KINDS } from "../../../shared/model/record.ts";
import type { DictionaryColumn } from "../../../shared/model/segment.ts";
import type { Condition, Filter } from "../../../shared/query/ast.ts";
import { gravityOf, holds, timeRange } from "./gravity.ts";
import { anyValue, type TextTest } from "../../../shared/query/pattern.ts";
import type { PagedCodes } from "./paged-columns.ts";
import type { QueryContext } from "./query-context.ts";
import type { IndexedSegment } from "./record-index.ts";
import type { TextCondition } from "./scan/text-scan.ts";

/** A segment and the rows of it that are asked for: one byte a row, 0 or 1. */
export interface Part {
  readonly segment: IndexedSegment;
  readonly mask: Uint8Array;
}

export interface Predicate {
  /** 0 reads resident columns, 1 other columns, 2 to 3 the text, 3 decodes records. */
  readonly cost: number;
  /** Clears the rows that do not fit. Several segments at once, so that several threads can look at their text. */
  keep(parts: readonly Part[], checkpoint: () => void): void;
}

export function compile(filter: Filter, context: QueryContext): Predicate {
  switch (filter.type) {
    case "and":
      return all(filter.parts.map((part) => compile(part, context)));
    case "or":
      return any(filter.parts.map((part) => compile(part, context)));
    case "not":
      return none(compile(filter.part, context));
    default:
      return leaf(filter, context);
  }
}

const byCost = (a: Predicate, b: Predicate): number => a.cost - b.cost;
const costliest = (parts: readonly Predicate[]): number => Math.max(0, ...parts.map(({ cost }) => cost));

function all(unsorted: readonly Predicate[]): Predicate {
  const parts = unsorted.toSorted(byCost);
  return {
    cost: costliest(parts),
    keep(segments, checkpoint) {
      let left = segments;
      for (const part of parts) {
        left = left.filter(({ mask }) => mask.includes(1));
        if (left.length === 0) return;
        part.keep(left, checkpoint);
      }
    },
  };
}

function any(unsorted: readonly Predicate[]): Predicate {
  const parts = unsorted.toSorted(byCost);
  return {
    cost: costliest(parts),
    keep(segments, checkpoint) {
      let undecided = segments.map(({ segment, mask }) => ({ segment, mask: mask.slice(), found: mask }));
      for (const { mask } of segments) mask.fill(0);
      for (const part of parts) {
        undecided = undecided.filter(({ mask }) => mask.includes(1));
        if (undecided.length === 0) return;
        const fitting = undecided.map(({ segment, mask }) => ({ segment, mask: mask.slice() }));
        part.keep(fitting, checkpoint);
        for (const [i, { mask, found }] of undecided.entries()) take(mask, found, fitting[i]?.mask);
      }
    },
  };
}

/** Rows that fit go from the undecided to the found. */
function take(undecided: Uint8Array, found: Uint8Array, fitting: Uint8Array | undefined): void {
  for (let row = 0; row < found.length; row += 1) {
    const fits = fitting?.[row] ?? 0;
    found[row] = (found[row] ?? 0) | fits;
    undecided[row] = (undecided[row] ?? 0) & ~fits;
  }
}

function none(part: Predicate): Predicate {
  return {
    cost: part.cost,
    keep(segments, checkpoint) {
      const fitting = segments.map(({ segment, mask }) => ({ segment, mask: mask.slice() }));
      part.keep(fitting, checkpoint);
      for (const [i, { mask }] of segments.entries()) {
        const taken = fitting[i]?.mask;
        for (let row = 0; row < mask.length; row += 1) mask[row] = (mask[row] ?? 0) & ~(taken?.[row] ?? 0);
      }
    },
  };
}

function leaf(condition: Condition, context: QueryContext): Predicate {
  const { index, columns } = context;
  switch (condition.type) {
    case "text":
      return scanned(2, condition, context);
    case "regex":
      return scanned(REGEX_COST, condition, context);
    case "level":
    case "severity": {
      const { levels } = gravityOf(condition);
      return codes(
        levels,
        (segment) => segment.levels,
        () => index.level,
      );
    }
    case "kind": {
      const kinds = condition.values.reduce(
        (bits, kind) =>
          RECORD_KINDS.some((known) => known === kind)
            ? bits | (1 << kindCode(kind as (typeof RECORD_KINDS)[number]))
            : bits,
        0,
      );
      return codes(
        kinds,
        (segment) => segment.kinds,
        () => index.kind,
      );
    }
    case "time": {
      const { from, to } = timeRange(condition);
      // A record without a time has Infinity here and fits no bound.
      return rows(0, (segment) => {
        const { time } = index;
        return (row) => {
          const at = time.at(segment.first + row);
          return at >= from && at < to && at !== Infinity;
        };
      });
    }
    case "word":
      return word(condition, context);
    case "number": {
      const { field, operator, value } = condition;
      return rows(1, (segment) => {
        const column = columns.get(segment.id, field);
        return column === null ? () => false : (row) => holds((column[row] ?? Number.NaN) - value, operator);
      });
    }
    case "has":
      return has(condition, context);
    default:
      return scanned(3, condition, context);
  }
}

/** `test` is made once a segment; null for a segment without a fitting row. */
function rows(cost: number, test: (segment: IndexedSegment) => ((row: number) => boolean) | null): Predicate {
  return {
    cost,
    keep(segments) {
      for (const { segment, mask } of segments) {
        const fits = test(segment);
        if (fits === null) mask.fill(0);
        else for (let row = 0; row < mask.length; row += 1) if (mask[row] === 1 && !fits(row)) mask[row] = 0;
      }
    },
  };
}

/** Levels and kinds: a set of small codes, and a zone map of the same shape. */
function codes(wanted: number, present: (segment: IndexedSegment) => number, column: () => PagedCodes): Predicate {
  const fitting = Uint8Array.from({ length: 32 }, (_, code) => (wanted >>> code) & 1);
  return {
    cost: 0,
    keep(segments) {
      const code = column();
      for (const { segment, mask } of segments) {
        const there = present(segment);
        if ((there & wanted) === 0) mask.fill(0);
        if ((there & ~wanted) === 0 || (there & wanted) === 0) continue;
        code.keep(segment.first, mask, fitting);
      }
    },
  };
}

/** Services: a number each, of which more come with more segments. */
function services(fits: (name: string | null) => boolean, { index }: QueryContext): Predicate {
  let fitting = new Uint8Array(0);
  return {
    cost: 0,
    keep(segments) {
      if (fitting.length < index.services.length)
        fitting = Uint8Array.from(index.services, (name) => (fits(name) ? 1 : 0));
      for (const { segment, mask } of segments) index.service.keep(segment.first, mask, fitting);
    },
  };
}

const COLUMN_OF = {
  name: "name",
  trace: "traceId",
  span: "spanId",
  request: "requestId",
  correlation: "correlationId",
} as const;

function word({ field, values }: Extract<Condition, { type: "word" }>, context: QueryContext): Predicate {
  const { columns } = context;
  if (field === "source") {
    const fits = anyValue(values, "part");
    return rows(0, ({ sourceId }) => (fits(context.source(sourceId)?.path ?? "") ? () => true : null));
  }
  const fits = anyValue(values);
  if (field === "service") return services((name) => name !== null && fits(name), context);
  if (field === "template") return templateTest(context, fits);
  return rows(1, (segment) => dictionaryTest(columns.get(segment.id, COLUMN_OF[field]), fits));
}

/** By the id of the template that the record has now. */
function templateTest({ templates }: QueryContext, fits: TextTest): Predicate {
  return rows(1, (segment) => {
    const ids = templates.templates(() => {});
    const found = templates.ofSegment(segment);
    if (found === null) return null;
    const fitting = Uint8Array.from(found.numbers, (number) => (number >= 0 && fits(ids[number]?.id ?? "") ? 1 : 0));
    return fitting.includes(1) ? (row) => fitting[found.codes[row] ?? 0] === 1 : null;
  });
}

function dictionaryTest(column: DictionaryColumn | null, fits: TextTest): ((row: number) => boolean) | null {
  if (column === null) return null;
  const fitting = Uint8Array.of(0, ...column.dictionary.map((entry) => (fits(entry) ? 1 : 0)));
  return fitting.includes(1) ? (row) => fitting[column.index[row] ?? 0] === 1 : null;
}

function has(condition: Extract<Condition, { type: "has" }>, context: QueryContext): Predicate {
  const { index, columns } = context;
  const { field } = condition;
  switch (field) {
    case "source":
    case "line":
      return rows(0, () => () => true);
    case "time":
      return rows(0, (segment) => (row) => index.time.at(segment.first + row) !== Infinity);
    case "level":
      return codes(
        ~1,
        (segment) => segment.levels,
        () => index.level,
      );
    case "service":
      return services((name) => name !== null, context);
    case "template":
      return rows(1, (segment) => {
        const column = columns.get(segment.id, "template");
        return column && ((row) => column.index[row] !== 0);
      });
    case "duration":
    case "value":
      return rows(1, (segment) => {
        const column = columns.get(segment.id, field);
        return column && ((row) => !Number.isNaN(column[row]));
      });
    case "name":
    case "trace":
    case "span":
    case "request":
    case "correlation":
      return rows(1, (segment) => {
        const column = columns.get(segment.id, COLUMN_OF[field]);
        return column && ((row) => column.index[row] !== 0);
      });
    default:
      return scanned(3, condition, context);
  }
}

/** Between the text, which it reads as a string, and decoding records. */
const REGEX_COST = 2.5;

function scanned(cost: number, condition: TextCondition, context: QueryContext): Predicate {
  return {
    cost,
    keep(segments, checkpoint) {
      const parts = segments.map(({ segment: { id, sourceId, format }, mask }) => ({
        segment: { id, sourceId, format: format ?? context.source(sourceId)?.format ?? null },
        mask,
      }));
      context.crew.scan(condition, parts, checkpoint);
    },
  };
}
