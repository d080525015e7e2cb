// A filter compiled to a scan of one segment after the other: a mask of rows goes through the conditions, the cheap
// ones first, and each takes out what does not fit, so that text is searched and records are decoded only where
// nothing cheaper has decided.
import { kindCode, RECORD_KINDS } from "../../../shared/model/record.ts";
import type { DictionaryColumn } from "../../../shared/model/segment.ts";
import type { Condition, Filter } from "../../../shared/query/ast.ts";
import { fieldTest, promisedText, type FieldCondition } from "./field-test.ts";
import { gravityOf, holds, timeRange } from "./gravity.ts";
import { anyPattern, type TextTest } from "./pattern.ts";
import type { QueryContext } from "./query-context.ts";
import type { IndexedSegment } from "./record-index.ts";
import { decodeRecord, formatOf } from "./record-text.ts";
import { visitText } from "./segment-text.ts";
import { textSearch } from "./text-search.ts";

export interface Predicate {
  /** 0 reads resident columns, 1 other columns, 2 the text, 3 decodes records. */
  readonly cost: number;
  /** Clears the rows of `mask` (one byte a row, 0 or 1) that do not fit. */
  keep(segment: IndexedSegment, mask: Uint8Array, checkpoint: () => void): void;
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
    keep(segment, mask, checkpoint) {
      for (const part of parts) {
        if (!mask.includes(1)) return;
        part.keep(segment, mask, checkpoint);
      }
    },
  };
}

function any(unsorted: readonly Predicate[]): Predicate {
  const parts = unsorted.toSorted(byCost);
  return {
    cost: costliest(parts),
    keep(segment, mask, checkpoint) {
      const undecided = mask.slice();
      mask.fill(0);
      for (const part of parts) {
        if (!undecided.includes(1)) return;
        const fitting = undecided.slice();
        part.keep(segment, fitting, checkpoint);
        for (let row = 0; row < mask.length; row += 1) {
          const fits = fitting[row] ?? 0;
          mask[row] = (mask[row] ?? 0) | fits;
          undecided[row] = (undecided[row] ?? 0) & ~fits;
        }
      }
    },
  };
}

function none(part: Predicate): Predicate {
  return {
    cost: part.cost,
    keep(segment, mask, checkpoint) {
      const fitting = mask.slice();
      part.keep(segment, fitting, checkpoint);
      for (let row = 0; row < mask.length; row += 1) mask[row] = (mask[row] ?? 0) & ~(fitting[row] ?? 0);
    },
  };
}

function leaf(condition: Condition, context: QueryContext): Predicate {
  const { index, columns } = context;
  switch (condition.type) {
    case "text":
      return text(condition.text, context);
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
          const at = time[segment.first + row] ?? Infinity;
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
      return decoded(condition, context);
  }
}

/** `test` is made once a segment; null for a segment without a fitting row. */
function rows(cost: number, test: (segment: IndexedSegment) => ((row: number) => boolean) | null): Predicate {
  return {
    cost,
    keep(segment, mask) {
      const fits = test(segment);
      if (fits === null) mask.fill(0);
      else for (let row = 0; row < mask.length; row += 1) if (mask[row] === 1 && !fits(row)) mask[row] = 0;
    },
  };
}

/** Levels and kinds: a set of small codes, and a zone map of the same shape. */
function codes(wanted: number, present: (segment: IndexedSegment) => number, column: () => Uint8Array): Predicate {
  return {
    cost: 0,
    keep(segment, mask) {
      const there = present(segment);
      if ((there & wanted) === 0) mask.fill(0);
      if ((there & ~wanted) === 0 || (there & wanted) === 0) return;
      const code = column();
      for (let row = 0; row < mask.length; row += 1)
        mask[row] = (mask[row] ?? 0) & (wanted >>> (code[segment.first + row] ?? 0));
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
  const { index, columns } = context;
  if (field === "source") {
    const fits = anyPattern(values, "part");
    return rows(0, ({ sourceId }) => (fits(context.source(sourceId)?.path ?? "") ? () => true : null));
  }
  const fits = anyPattern(values);
  if (field === "service") {
    const known: boolean[] = [false];
    return rows(0, (segment) => {
      for (const name of index.services.slice(known.length)) known.push(fits(name ?? ""));
      const { service } = index;
      return (row) => known[service[segment.first + row] ?? 0] === true;
    });
  }
  return rows(1, (segment) => dictionaryTest(columns.get(segment.id, COLUMN_OF[field]), fits));
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
      return rows(0, (segment) => (row) => index.time[segment.first + row] !== Infinity);
    case "level":
      return rows(0, (segment) => (row) => index.level[segment.first + row] !== 0);
    case "service":
      return rows(0, (segment) => (row) => index.service[segment.first + row] !== 0);
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
      return decoded(condition, context);
  }
}

function text(term: string, { reader, columns }: QueryContext): Predicate {
  const search = textSearch(term);
  return {
    cost: 2,
    keep(segment, mask, checkpoint) {
      visitText(reader, columns, segment, mask, checkpoint, (bytes) => {
        const stands = search.in(bytes);
        return (row, start, end) => {
          if (!stands(start, end)) mask[row] = 0;
        };
      });
    },
  };
}

/** What JSON, logfmt and XML escape with. */
const ESCAPES = ["\\", "&"];

function decoded(condition: FieldCondition, context: QueryContext): Predicate {
  const { reader, columns } = context;
  const fits = fieldTest(condition);
  const promised = promisedText(condition);
  const search = promised === null ? null : textSearch(promised);
  return {
    cost: 3,
    keep(segment, mask, checkpoint) {
      const format = formatOf(context, segment);
      if (format === undefined) {
        mask.fill(0);
        return;
      }
      const contexts = columns.get(segment.id, "context");
      // Where text may be escaped, or stands in the context, its absence from the bytes says nothing.
      const mayPrefilter = search !== null && contexts === null && format.unit === "line";
      visitText(reader, columns, segment, mask, checkpoint, (bytes) => {
        const stands = mayPrefilter ? search.in(bytes) : null;
        const escaped = mayPrefilter ? ESCAPES.map((sign) => textSearch(sign).in(bytes)) : [];
        return (row, start, end) => {
          if (stands !== null && !stands(start, end) && !escaped.some((sign) => sign(start, end))) mask[row] = 0;
          else if (!fits(decodeRecord(format, bytes.subarray(start, end), contexts, row).fields)) mask[row] = 0;
        };
      });
    },
  };
}
