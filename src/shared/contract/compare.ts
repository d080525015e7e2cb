/** The part of the contract about what differs between two sets of records: two windows, or a selection and the rest. */
import { z } from "zod";
import { count, text, textOrNull, time, timeOrNull } from "./scalars.ts";

const measured = z.object({
  /** Records with the value, spans, samples. */
  count,
  /** Of how many that were looked at. */
  of: count,
  /** By `measure`: a second, 0–1, microseconds, or in the unit of the series. */
  value: z.number(),
});
export type MeasuredSide = z.infer<typeof measured>;

const differenceSchema = z.object({
  kind: z.enum(["template", "attribute", "latency", "errors", "calls", "metric"]),
  /** Field of an attribute; service of an operation or a series. */
  field: textOrNull,
  /** Template, value, operation, series. */
  name: text,
  measure: z.enum(["rate", "share", "p50", "p95", "level", "growth"]),
  unit: textOrNull,
  a: measured,
  b: measured,
  /** Value of B over that of A; null where A has none, and of a series' level. */
  lift: z.number().nullable(),
  /** Doublings of the odds, and the end of their 99 % interval that is nearer to none; docs/analysis/compare.md. */
  doublings: z.number(),
  atLeast: z.number(),
  /** Probability of it where nothing differs. */
  chance: z.number(),
  score: z.number(),
  /** The gravest level of its records, 0–6. */
  level: z.number().int().min(0).max(6),
  text,
  /** What just the same records have too: "host = a-3". */
  also: z.array(text).readonly(),
  /** Filter that leaves its records. */
  filter: textOrNull,
});
export type DifferenceRow = z.infer<typeof differenceSchema>;

/** Null for no end. */
const window = z.object({ from: timeOrNull, to: timeOrNull });
/** As far as the case has records; metric samples are none of the records. */
const side = z.object({ from: time, to: time, records: count, samples: count });

export const COMPARE_CALLS = {
  /**
   * How B differs from A, what differs most for certain first. B are the records of its window that match the filter;
   * A those of its own window that match it too ("same"), all that are not in B ("rest"), or all ("all"). Fails with
   * "bad-filter", and with "usage" for a window that ends before it begins.
   */
  "compare.find": {
    input: z.object({ a: window, b: window, filter: text, against: z.enum(["same", "rest", "all"]) }),
    output: z.object({
      revision: count,
      a: side,
      b: side,
      /** Differences that were tested, that count, and of these the first 500. */
      tested: count,
      found: count,
      differences: z.array(differenceSchema).readonly(),
      /** Records whose fields were read. */
      decoded: count,
      notes: z.array(text).readonly(),
    }),
  },
} as const;
