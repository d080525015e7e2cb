/** The part of the contract about traces: the list, one trace with its tree, what held it up. */
import { z } from "zod";
import { SPAN_PLACES } from "../model/trace.ts";
import { count, severity, text, textOrNull, time, timeOrNull } from "./scalars.ts";

export const traceSummarySchema = z.object({
  traceId: text,
  service: textOrNull,
  name: text,
  start: time,
  duration: z.number(),
  spanCount: count,
  errorCount: count,
  services: z.array(text).readonly(),
  slowestSpanId: textOrNull,
  slowestSpanName: textOrNull,
  slowestSpanService: textOrNull,
  severity: severity.nullable(),
});

export const spanSchema = z.object({
  ref: text,
  spanId: text,
  parentId: textOrNull,
  service: textOrNull,
  name: text,
  start: time,
  nanos: count,
  /** Decimals of the second that the source wrote. */
  digits: count,
  duration: z.number(),
  failed: z.boolean(),
  /** Index among the spans of the answer; null at the root. There are no circles. */
  parent: count.nullable(),
  place: z.enum(SPAN_PLACES),
  /** Microseconds in which none of its children ran. */
  self: z.number(),
});

/** From `start` up to `end` the span itself was what everything above it waited for. */
export const sectionSchema = z.object({
  /** Index among the spans of the trace. */
  span: count,
  /** Nanoseconds after the start of the first span: whole numbers, exact. */
  start: z.number(),
  end: z.number(),
});

const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

export const TRACE_CALLS = {
  "traces.list": call(
    z.object({
      from: timeOrNull,
      to: timeOrNull,
      service: textOrNull,
      only: z.enum(["all", "slow", "failed"]),
      order: z.enum(["duration", "errors", "start"]),
      limit: z.number().int().min(1).max(1_000),
      after: textOrNull,
    }),
    z.object({ items: z.array(traceSummarySchema).readonly(), next: textOrNull, total: count }),
  ),
  /** In the order of their start; a trace that the case does not hold has no spans. */
  "traces.get": call(
    z.object({ traceId: text }),
    z.object({
      summary: traceSummarySchema.nullable(),
      spans: z.array(spanSchema).readonly(),
      problems: z.array(text).readonly(),
    }),
  ),
  /** Reads the text of every span of the trace: beside `traces.get`, which draws without it. */
  "traces.criticalPath": call(
    z.object({ traceId: text }),
    z.object({
      /** Roots by their start, the sections of each from its end backwards. */
      sections: z.array(sectionSchema).readonly(),
      /** Id of each span as its source writes it; records carry ids in lower case. */
      ids: z.array(text).readonly(),
    }),
  ),
} as const;
