/**
 * Every call and every push between the window and the engine, validated by these schemas at both ends.
 * Pushes invalidate, pulls carry rows: a push says what changed, the window asks for what it shows.
 */
import { z } from "zod";
import { APP_CALLS } from "./contract/app.ts";
import { COMPARE_CALLS } from "./contract/compare.ts";
import { CORRELATION_CALLS } from "./contract/correlation.ts";
import { CONNECTOR_CALLS, CONNECTOR_PUSHES } from "./contract/connectors.ts";
import { time, timeOrNull, text, textOrNull, count, bytes, nothing, path } from "./contract/scalars.ts";
import { CASE_CALLS, caseInfoSchema, recentCaseSchema, sourceSchema } from "./contract/case.ts";
import {
  selectionSchema,
  searched,
  eventSchema,
  newEventSchema,
  listRowSchema,
  recordDetailSchema,
  tokenStatusSchema,
  histogramSchema,
  laneEventSchema,
  anomalySchema,
  seriesDataSchema,
  seriesKeySchema,
  deadLetterSchema,
  deadLetterStepSchema,
  deadLetterChoiceSchema,
  replayResultSchema,
  deadLetterPreviewSchema,
  eventFilterSchema,
} from "./contract/shapes.ts";
import { SUSPECT_CALLS, SUSPECT_PUSHES } from "./contract/suspects.ts";
import { TEMPLATE_CALLS } from "./contract/templates.ts";
import { TRACE_CALLS } from "./contract/traces.ts";
import { LANES } from "./model/event.ts";
import { MOST_BUCKETS } from "./model/histogram.ts";
import { resolvedSettingsSchema } from "./settings/resolve.ts";

export * from "./contract/case.ts";
export * from "./contract/shapes.ts";

/** Null is what the letter, or else its source, was read with. */
const readAs = { format: textOrNull, zone: textOrNull, encoding: textOrNull };

const page = { limit: z.number().int().min(1).max(1_000), after: textOrNull };
const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item).readonly(), next: textOrNull, total: count });

/** True: rather an early answer than a whole one, see {@link searched}. */
const partial = z.boolean().optional();

const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** Calls from the window to the engine (`app.*` are answered by the application around it). */
export const CALLS = {
  "app.info": call(
    nothing,
    z.object({
      version: text,
      platform: text,
      samplePath: text,
      localZone: text,
      recent: z.array(recentCaseSchema).readonly(),
      openCase: caseInfoSchema.nullable(),
    }),
  ),
  /** Shows the system's own dialog; null when the person closed it. */
  "app.choose": call(
    z.object({ what: z.enum(["files", "folder", "case", "save-case", "letters", "save-letters"]) }),
    z.array(text).readonly().nullable(),
  ),
  "app.forget": call(z.object({ file: text }), nothing),

  ...APP_CALLS,
  ...CASE_CALLS,

  "sources.list": call(nothing, z.array(sourceSchema).readonly()),
  /** Stops one source or, with null, all; what was committed stays, the accounting holds. */
  "import.cancel": call(z.object({ sourceId: count.nullable() }), nothing),
  /** Goes on with a source that has more dead letters than are kept: "count" keeps no more of them, "keep" as many again. */
  "import.continue": call(z.object({ sourceId: count, deadLetters: z.enum(["count", "keep"]) }), nothing),
  /** Reads a source again as a named format or in another zone. */
  "import.readAs": call(z.object({ sourceId: count, format: textOrNull, zone: textOrNull }), nothing),
  "formats.list": call(nothing, z.array(z.object({ id: text, title: text, unit: text })).readonly()),

  "timeline.histogram": call(
    z.object({ selection: selectionSchema, buckets: z.number().int().min(1).max(MOST_BUCKETS), partial }),
    histogramSchema,
  ),
  /**
   * The events of each lane in the range; where there are more than `limit`, the gravest of each stretch of time.
   * `total` says how many there are.
   */
  "timeline.lanes": call(
    z.object({ selection: selectionSchema, limit: z.number().int().min(1).max(5_000) }),
    z.array(z.object({ lane: z.enum(LANES), total: count, events: z.array(laneEventSchema).readonly() })).readonly(),
  ),

  "records.count": call(
    z.object({ selection: selectionSchema, partial }),
    z.object({ revision: count, searched, count, records: count, events: count, hiddenSamples: count }),
  ),
  /** With `partial`: of what was found so far. */
  "records.rows": call(
    z.object({ selection: selectionSchema, start: count, count: z.number().int().min(1).max(1_000), partial }),
    z.object({ revision: count, start: count, rows: z.array(listRowSchema).readonly() }),
  ),
  /** Index of the first row at or after a time, or of a row by its ref ("s12:40", "e7"); null when it is not in the selection. */
  "records.locate": call(
    z.object({ selection: selectionSchema, time: time.optional(), ref: text.optional(), partial }),
    count.nullable(),
  ),
  /** The next row whose record is an error, from a row on. */
  "records.nextError": call(
    z.object({ selection: selectionSchema, index: z.number().int().min(-1), direction: z.enum(["next", "previous"]) }),
    count.nullable(),
  ),
  "records.detail": call(z.object({ ref: text }), recordDetailSchema),

  "facets.list": call(
    z.object({ selection: selectionSchema, limit: z.number().int().min(1).max(1_000), partial }),
    z.object({
      searched,
      facets: z
        .array(
          z.object({
            field: z.enum(["service", "severity", "source", "kind"]),
            distinct: count,
            values: z.array(z.object({ value: text, label: text, count })).readonly(),
          }),
        )
        .readonly(),
    }),
  ),
  /** Values that stand in the case for a field of the filter language, most frequent first. */
  "filter.values": call(
    z.object({ field: text, prefix: text, limit: z.number().int().min(1).max(100) }),
    z.array(z.object({ value: text, count })).readonly(),
  ),

  "events.list": call(z.object({ filter: eventFilterSchema, ...page }), pageOf(eventSchema)),
  "events.get": call(z.object({ id: count }), eventSchema.nullable()),
  "events.create": call(z.object({ event: newEventSchema }), eventSchema),
  "events.update": call(z.object({ id: count, change: newEventSchema.partial() }), eventSchema),
  "events.delete": call(z.object({ id: count }), nothing),

  "anomalies.list": call(z.object({ from: timeOrNull, to: timeOrNull }), z.array(anomalySchema).readonly()),
  "series.list": call(nothing, z.array(seriesKeySchema.extend({ samples: count, anomalies: count })).readonly()),
  "series.read": call(
    z.object({ key: seriesKeySchema, from: timeOrNull, to: timeOrNull, points: z.number().int().min(2).max(20_000) }),
    seriesDataSchema,
  ),

  "deadLetters.list": call(
    z.object({
      sourceId: count.nullable(),
      reason: textOrNull,
      /** Words that the message or the reason holds. */
      text: text.optional(),
      /** Most bytes of each letter's raw text in the answer; all that the letter holds (64 KiB) without it. */
      rawBytes: count.optional(),
      /** Row to begin with, instead of after a page: the end of a long list is one question away. */
      offset: count.optional(),
      ...page,
      partial,
    }),
    pageOf(deadLetterSchema).extend({ searched, reasons: z.array(z.object({ reason: text, count })).readonly() }),
  ),
  /** Most frequent first; with `bySource` each source makes groups of its own. */
  "deadLetters.groups": call(
    z.object({
      sourceId: count.nullable(),
      bySource: z.boolean(),
      /** First letters that are shown of each group. */
      examples: z.number().int().min(0).max(20),
    }),
    z
      .array(
        z.object({
          reason: text,
          /** Null when the group spans sources. */
          sourceId: count.nullable(),
          path: textOrNull,
          count,
          bytes: count,
          firstAt: time,
          lastAt: time,
          examples: z.array(deadLetterSchema).readonly(),
        }),
      )
      .readonly(),
  ),
  /** Fails with "not-found", and says what became of a letter that was replayed or discarded. */
  "deadLetters.get": call(
    z.object({ id: count }),
    z.object({
      letter: deadLetterSchema,
      /** Text that a replay reads instead of the original. */
      edited: bytes.nullable(),
      /** Byte of `raw` at which reading failed, where the format says it; the length of `raw` for its end. */
      place: count.nullable(),
      /** Oldest first. */
      history: z.array(deadLetterStepSchema).readonly(),
    }),
  ),
  /** What a format makes of a text; nothing is written. Without a text it is the letter's own, without a letter the text alone. */
  "deadLetters.preview": call(z.object({ id: count.nullable(), text: textOrNull, ...readAs }), deadLetterPreviewSchema),
  /** Keeps a text beside the original; null goes back to the original. */
  "deadLetters.edit": call(z.object({ id: count, text: textOrNull }), deadLetterSchema),
  /**
   * Reads letters again, oldest first; one that becomes a record goes in the transaction that stores the record. `text`
   * edits first, and is for one letter alone. Fails with "busy" while another replay runs.
   */
  "deadLetters.replay": call(
    z.object({ choice: deadLetterChoiceSchema, ...readAs, text: textOrNull }),
    replayResultSchema,
  ),
  /** The running replay ends after the letters it has in hand; what was committed stays. */
  "deadLetters.cancelReplay": call(nothing, nothing),
  /** From then on they count as skipped, under "discarded: REASON". */
  "deadLetters.discard": call(
    z.object({ choice: deadLetterChoiceSchema, reason: text.min(1).max(200) }),
    z.object({ discarded: count, skipped: count }),
  ),
  /** JSON lines, docs/dead-letters.md; replaces a file that is there. The window may name only what "app.choose" answered. */
  "deadLetters.export": call(z.object({ choice: deadLetterChoiceSchema, file: path }), z.object({ letters: count })),
  /** A letter that is in the case is not taken twice; one that was discarded comes back. */
  "deadLetters.import": call(
    z.object({ file: path }),
    z.object({ imported: count, edited: count, skipped: count, refused: z.array(text).readonly() }),
  ),

  /** All settings with where each came from; the file is read again. */
  "settings.read": call(nothing, resolvedSettingsSchema),
  /** Changes one value of the settings file, or takes it out with null. */
  "settings.write": call(
    z.object({ path: text, value: z.union([z.number(), text, z.array(z.number()).readonly()]).nullable() }),
    resolvedSettingsSchema,
  ),

  /** The connectors that somebody signed in to; the tokens themselves never leave the engine. */
  "tokens.list": call(nothing, z.array(tokenStatusSchema).readonly()),
  "tokens.signOut": call(z.object({ connector: text }), z.array(tokenStatusSchema).readonly()),

  ...TRACE_CALLS,
  ...TEMPLATE_CALLS,
  ...CONNECTOR_CALLS,
  ...SUSPECT_CALLS,
  ...COMPARE_CALLS,
  ...CORRELATION_CALLS,
} as const;

export type CallName = keyof typeof CALLS;
export type CallInput<N extends CallName> = z.input<(typeof CALLS)[N]["input"]>;
export type CallOutput<N extends CallName> = z.output<(typeof CALLS)[N]["output"]>;

/** Pushes from the engine to the window. */
export const PUSHES = {
  /** Rows of the import panel, at most some ten times a second. */
  "import.progress": z.object({
    sources: z.array(sourceSchema).readonly(),
    reading: count,
    bytesPerSecond: z.number(),
  }),
  /** How far a replay is; the last one of a replay says `running: false`. */
  "deadLetters.progress": z.object({
    running: z.boolean(),
    total: count,
    done: count,
    replayed: count,
    failed: count,
    skipped: count,
  }),
  /** Records, events or dead letters came, went or changed. */
  "case.changed": z.object({ info: caseInfoSchema.nullable() }),
  /** A menu item or another start asks the window to do something: a command of its registry, or "open" with paths. */
  "app.command": z.object({ command: text, paths: z.array(text).readonly().optional() }),
  /** Something failed in the background. */
  "app.failure": z.object({ reason: text, message: text }),
  /** The settings file was edited outside of the window: ask for the settings again. */
  "settings.changed": z.object({ problems: z.array(text).readonly() }),
  ...CONNECTOR_PUSHES,
  ...SUSPECT_PUSHES,
} as const;

export type PushName = keyof typeof PUSHES;
export type PushPayload<N extends PushName> = z.output<(typeof PUSHES)[N]>;

/** What the preload script puts on `window.faultline`. */
export interface Bridge {
  /** Resolves to a {@link Result}; rejects only on a bug. */
  call(name: string, input: unknown): Promise<unknown>;
  on(name: string, listener: (payload: unknown) => void): () => void;
  /** Path of a dropped file on disk; empty when it has none. */
  pathForFile(file: File): string;
}
