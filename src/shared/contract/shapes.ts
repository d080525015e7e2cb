/** What crosses between window and engine, in the words of the model: each shape once, for all calls and pushes. */
import { z } from "zod";
import { DEAD_LETTER_ACTIONS, DEAD_LETTER_STAGES } from "../model/dead-letter.ts";
import { EVENT_KINDS, EVENT_SOURCES } from "../model/event.ts";
import { RECORD_KINDS } from "../model/record.ts";
import {
  time,
  timeOrNull,
  text,
  textOrNull,
  count,
  severity,
  fieldValue,
  fields,
  float64,
  uint32,
  bytes,
} from "./scalars.ts";

/** What the person looks at: one filter and one range for all views. Null bounds are open; `to` is exclusive. */
export const selectionSchema = z.object({
  filter: text,
  from: timeOrNull,
  to: timeOrNull,
  /** Whether metric samples are listed and counted as rows; a filter that names a kind decides for itself. */
  samples: z.boolean(),
});
export type Selection = z.infer<typeof selectionSchema>;

const sourceReferenceSchema = z.object({ sourceId: count, offset: count, length: count, record: textOrNull });

export const eventSchema = z.object({
  id: count,
  time,
  endTime: timeOrNull,
  source: z.enum(EVENT_SOURCES),
  kind: z.enum(EVENT_KINDS),
  severity,
  service: textOrNull,
  title: text,
  description: text,
  traceId: textOrNull,
  spanId: textOrNull,
  requestId: textOrNull,
  correlationId: textOrNull,
  reference: sourceReferenceSchema.nullable(),
  confidence: z.number().min(0).max(1),
  fingerprint: text,
  metadata: z.record(z.string(), fieldValue),
  tags: z.array(text).readonly(),
});
/** A time that can be kept as a whole number. */
const keptTime = time.min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);
export const newEventSchema = eventSchema.omit({ id: true }).extend({ time: keptTime, endTime: keptTime.nullable() });

/** What a mark on the timeline shows of an event: thousands of them travel at once. */
export const laneEventSchema = eventSchema
  .pick({ id: true, time: true, endTime: true, kind: true, severity: true, service: true, title: true })
  .extend({
    /** Records that it stands for, where it stands for several. */
    count: z.number().nullable(),
  });
export type LaneEvent = z.infer<typeof laneEventSchema>;

export const recordRowSchema = z.object({
  ref: text,
  time: timeOrNull,
  nanos: count,
  digits: count,
  kind: z.enum(RECORD_KINDS),
  level: z.number().int().min(0).max(6),
  service: textOrNull,
  message: text,
  sourceId: count,
  line: count,
});

/** A row of the list: a record, or an event that stands among the records. */
export const listRowSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("record"),
    record: recordRowSchema,
    /** Which field holds what was searched, and its value around that, where the message does not hold it. */
    found: z.object({ field: text, text }).optional(),
  }),
  z.object({ type: z.literal("event"), event: eventSchema }),
]);
export type ListRow = z.infer<typeof listRowSchema>;

export const recordDetailSchema = recordRowSchema.extend({
  fields,
  /** The record's own bytes, at most 64 KiB of them. */
  raw: bytes,
  path: text,
  format: text,
  offset: count,
  length: count,
  duration: z.number().nullable(),
  value: z.number().nullable(),
  name: textOrNull,
  traceId: textOrNull,
  spanId: textOrNull,
  parentId: textOrNull,
  requestId: textOrNull,
  correlationId: textOrNull,
});
export type RecordDetail = z.infer<typeof recordDetailSchema>;

/** How the sign-in to a connector stands. */
export const tokenStatusSchema = z.object({
  connector: text,
  state: z.enum(["valid", "expired", "refreshing", "refresh-failed", "unreadable"]),
  /** What the person should know or do; empty when all is well. */
  message: text,
  expiresAt: timeOrNull,
  /** False for one that ends with the app, because the system has no safe place for it. */
  kept: z.boolean(),
});
export type TokenStatus = z.infer<typeof tokenStatusSchema>;

/**
 * 0–1: the share of the records in question that was looked at. Below 1 the answer holds what was found so far, and
 * asking again goes on from there; only a question that says `partial` gets such an answer.
 */
export const searched = z.number().min(0).max(1);

/** One row a bucket, one column a severity in the order of SEVERITIES; `counts[bucket * 5 + severity]`. */
export const histogramSchema = z.object({
  revision: count,
  searched,
  from: time,
  bucketMicros: z.number().positive(),
  buckets: count,
  counts: uint32,
  total: count,
});
export type Histogram = z.infer<typeof histogramSchema>;

export const anomalySchema = z.object({
  id: count,
  time,
  endTime: time,
  peakTime: time,
  service: textOrNull,
  series: text,
  method: text,
  score: z.number(),
  threshold: z.number(),
  severity,
  baselineMean: z.number(),
  baselineDeviation: z.number(),
  bandLow: z.number().nullable(),
  bandHigh: z.number().nullable(),
  peakValue: z.number(),
  perSecond: z.boolean(),
  fingerprint: text,
});

/** A metric series, thinned to at most two points a pixel (least and greatest of each bucket). */
export const seriesDataSchema = z.object({ times: float64, values: float64 });
export const seriesKeySchema = z.object({ service: textOrNull, name: text });
export type SeriesKey = z.infer<typeof seriesKeySchema>;

export const deadLetterSchema = z.object({
  id: count,
  sourceId: count,
  path: text,
  connector: text,
  format: text,
  formatVersion: count,
  /** The same for the same bytes at the same place of the same source, in every copy of the case. */
  key: text,
  offset: count,
  length: count,
  line: count,
  stage: z.enum(DEAD_LETTER_STAGES),
  reason: text,
  message: text,
  raw: bytes,
  /** Whether a text stands beside the original that a replay reads instead. */
  edited: z.boolean(),
  attempts: count,
  generation: count,
  firstAt: time,
  lastAt: time,
});
export type DeadLetterInfo = z.infer<typeof deadLetterSchema>;

export const deadLetterStepSchema = z.object({
  at: time,
  action: z.enum(DEAD_LETTER_ACTIONS),
  attempt: count,
  format: textOrNull,
  zone: textOrNull,
  encoding: textOrNull,
  reason: textOrNull,
  message: textOrNull,
  text: bytes.nullable(),
});

/** Which dead letters something is done to. */
export const deadLetterChoiceSchema = z.discriminatedUnion("which", [
  z.object({ which: z.literal("ids"), ids: z.array(count).min(1).max(100_000).readonly() }),
  z.object({ which: z.literal("group"), reason: text, sourceId: count.nullable(), text: text.optional() }),
  z.object({ which: z.literal("all"), sourceId: count.nullable(), text: text.optional() }),
]);

export const replayResultSchema = z.object({
  replayed: count,
  failed: count,
  /** Left alone (gone already, or the source is being read), or nothing in them is a record. */
  skipped: count,
  cancelled: z.boolean(),
});
export type ReplayOutcome = z.infer<typeof replayResultSchema>;

export const deadLetterPreviewSchema = z.object({
  format: text,
  /** The first of them, as the list and the detail would show them. */
  records: z.array(recordRowSchema.omit({ ref: true, sourceId: true, line: true }).extend({ fields })).readonly(),
  recordCount: count,
  /** What would still be wrong; `offset` and `length` are bytes of the text. */
  faults: z.array(z.object({ reason: text, message: text, line: count, offset: count, length: count })).readonly(),
  faultCount: count,
  /** Units that are rightly not records, by reason. */
  skipped: z.record(z.string(), count),
});
export type DeadLetterPreview = z.infer<typeof deadLetterPreviewSchema>;

export const eventFilterSchema = z.object({
  source: z.enum(EVENT_SOURCES).optional(),
  kind: z.enum(EVENT_KINDS).optional(),
  severity: severity.optional(),
  /** This severity and graver ones. */
  atLeast: severity.optional(),
  service: text.optional(),
  traceId: text.optional(),
  from: time.optional(),
  to: time.optional(),
  /** Words that stand in title, description or tags. */
  text: text.optional(),
  order: z.enum(["time", "recent"]).optional(),
});
export type EventFilter = z.infer<typeof eventFilterSchema>;
