/** The part of the contract about traces: the list, one trace with its tree, what held it up. */
import { z } from "zod";
import { RECORD_KINDS } from "../model/record.ts";
import { TRACE_FINDINGS } from "../model/trace.ts";
import { isTraceColumns, type TraceColumns } from "../model/trace-columns.ts";
import { bytes, count, float64, severity, text, textOrNull, time, timeOrNull, uint32 } from "./scalars.ts";
import { selectionSchema } from "./shapes.ts";

const traceSummarySchema = z.object({
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

const textTableSchema = z.object({ text, ends: uint32 });

/** Lengths, codes and parents are checked as a whole, not span by span. */
const traceColumnsSchema: z.ZodType<TraceColumns> = z
  .object({
    segment: float64,
    row: uint32,
    spanId: uint32,
    parentId: uint32,
    service: uint32,
    name: uint32,
    start: float64,
    nanos: z.instanceof(Uint16Array),
    digits: bytes,
    duration: float64,
    self: float64,
    failed: bytes,
    parent: uint32,
    place: bytes,
    ids: textTableSchema,
    services: textTableSchema,
    names: textTableSchema,
  })
  .refine(isTraceColumns, "columns do not belong together");

/** From `start` up to `end` the span itself was what everything above it waited for. */
const sectionSchema = z.object({
  /** Index among the spans of the trace. */
  span: count,
  /** Nanoseconds after the start of the first span: whole numbers, exact. */
  start: z.number(),
  end: z.number(),
});

const traceFindingSchema = z.object({
  kind: z.enum(TRACE_FINDINGS),
  /** Indexes among the spans of the trace; the first is the one to look at. */
  spans: z.array(count).readonly(),
  /** What it cost, or by how much a clock is behind; microseconds. */
  micros: z.number(),
  text,
});

/** A record that is no span and bears the id of the trace. */
const traceRecordSchema = z.object({
  ref: text,
  time,
  nanos: count,
  kind: z.enum(RECORD_KINDS),
  level: z.number().int().min(0).max(6),
  service: textOrNull,
  message: text,
  /** The span that it was written in: the one it names, else the innermost of its service that ran then; null for neither. */
  span: count.nullable(),
});

/** How often, how fast, how well. Durations in microseconds. */
const figures = { count, errors: count, p50: z.number(), p95: z.number(), p99: z.number() };
const operation = { service: textOrNull, name: text };

const operationSchema = z.object({
  ...operation,
  ...figures,
  /** Spans a second over the window; null for a window of one moment. */
  perSecond: z.number().nullable(),
  /** Microseconds in which no child ran, of all spans. */
  self: z.number(),
  /** Of the self time of all spans in the window, 0–1. */
  selfShare: z.number(),
});
export type OperationRow = z.infer<typeof operationSchema>;

const serviceFiguresSchema = z.object({ service: text, ...figures, selfShare: z.number() });
const callFiguresSchema = z.object({ from: text, to: text, ...figures });
export type ServiceRow = z.infer<typeof serviceFiguresSchema>;
export type CallRow = z.infer<typeof callFiguresSchema>;

const pathSum = z.object({ count, failed: count, duration: z.number(), self: z.number() });
const pathRowSchema = z.object({
  ...operation,
  depth: count,
  above: count.nullable(),
  /** Null where the trace does not have the path. */
  a: pathSum.nullable(),
  b: pathSum.nullable(),
  /** Records of the first spans of each, to look at. */
  refA: textOrNull,
  refB: textOrNull,
});
export type PathRow = z.infer<typeof pathRowSchema>;

const traceSideSchema = z.object({ traceId: text, start: time, duration: z.number(), spans: count, failed: count });

const range = z.object({ from: time, to: time });
const windowsSchema = z.object({ before: range, after: range });
export type Windows = z.infer<typeof windowsSchema>;
const side = z.object({ ...figures, perSecond: z.number().nullable() });
const comparedOperationSchema = z.object({
  ...operation,
  before: side,
  after: side,
  /** In standard errors; positive for more often, failing more often, slower. */
  difference: z.object({ rate: z.number(), errors: z.number(), latency: z.number() }),
  /** What changed, the most certain first. */
  changes: z.array(z.enum(["rate", "errors", "latency"])).readonly(),
  score: z.number(),
});
export type ComparedOperation = z.infer<typeof comparedOperationSchema>;

const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

export const TRACE_CALLS = {
  /** Those that began in the range, and of a filter those that bear a record which it fits, whenever that was. */
  "traces.list": call(
    z.object({
      filter: text.optional(),
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
      spans: traceColumnsSchema,
      problems: z.array(text).readonly(),
    }),
  ),
  /** Reads the text of the spans on the path: beside `traces.get`, which draws without it. */
  "traces.criticalPath": call(
    z.object({ traceId: text }),
    z.object({
      /** Roots by their start, the sections of each from its end backwards. */
      sections: z.array(sectionSchema).readonly(),
    }),
  ),
  /** Looks at every span of the case for what is normal, so that the first one of a large case takes a second. */
  "traces.findings": call(z.object({ traceId: text }), z.array(traceFindingSchema).readonly()),
  /** In the order of time, at most `limit`. */
  "traces.records": call(
    z.object({ traceId: text, limit: z.number().int().min(1).max(10_000) }),
    z.object({ records: z.array(traceRecordSchema).readonly(), total: count }),
  ),
  /** Spans of the selection by service and operation. */
  "traces.operations": call(
    z.object({ selection: selectionSchema }),
    z.object({ spans: count, operations: z.array(operationSchema).readonly() }),
  ),
  /** Which services the spans of the selection are of, and which calls between them they show. */
  "traces.graph": call(
    z.object({ selection: selectionSchema }),
    z.object({
      spans: count,
      services: z.array(serviceFiguresSchema).readonly(),
      calls: z.array(callFiguresSchema).readonly(),
    }),
  ),
  /** Depth first. Fails with "not-found" for a trace without spans. */
  "traces.compare": call(
    z.object({ a: text, b: text }),
    z.object({ a: traceSideSchema, b: traceSideSchema, rows: z.array(pathRowSchema).readonly() }),
  ),
  /** Changed operations first, the most certain first. Without windows the two halves of the time that has spans. */
  "traces.compareWindows": call(
    z.object({ windows: windowsSchema.nullable() }),
    z.object({
      /** What was compared; null when the case has no two moments with spans. */
      windows: windowsSchema.nullable(),
      operations: z.array(comparedOperationSchema).readonly(),
    }),
  ),
} as const;
