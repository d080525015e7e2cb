/** What a case says of itself and of the sources in it, and the calls that open and close it. */
import { z } from "zod";
import { SOURCE_STATES } from "../model/source.ts";
import { count, nothing, path, text, textOrNull, time, timeOrNull } from "./scalars.ts";

const testTotalsSchema = z.object({ total: count, passed: count, failed: count, errors: count, skipped: count });

/** What became of the units that were read; they add up. */
const accounting = { read: count, records: count, deadLetters: count, skipped: count };

export const sourceSchema = z.object({
  id: count,
  path: text,
  connector: text,
  format: textOrNull,
  confidence: z.number(),
  tried: z.array(z.object({ format: text, confidence: z.number(), reason: text })).readonly(),
  state: z.enum(SOURCE_STATES),
  messages: z.array(text).readonly(),
  bytes: count,
  bytesRead: count,
  ...accounting,
  skippedWhy: z.record(z.string(), count),
  events: count,
  from: timeOrNull,
  to: timeOrNull,
  tests: testTotalsSchema.nullable(),
  /** Dead letters that were counted and are not kept: over the cap, or too old. */
  deadLettersDropped: count,
  /** When its bytes were fetched. */
  readAt: timeOrNull,
  zone: text,
});

/** Records that lie far from nearly all others. */
const farSchema = z.object({ from: time, to: time, records: count });

export const caseInfoSchema = z.object({
  file: text,
  title: text,
  /** Grows with every commit; answers that carry an older one are stale. */
  revision: count,
  from: timeOrNull,
  to: timeOrNull,
  /** Where nearly all records lie, when a few lie far from there; null when none do. */
  main: z.object({ from: time, to: time, before: farSchema.nullable(), after: farSchema.nullable() }).nullable(),
  sources: count,
  ...accounting,
  samples: count,
  events: count,
  anomalies: count,
  traces: count,
  /** Sources still being read; 0 when the import has ended. */
  reading: count,
  /** Whether the detectors are at work. */
  analysing: z.boolean(),
});
export type CaseInfo = z.infer<typeof caseInfoSchema>;

export const recentCaseSchema = z.object({
  file: text,
  title: text,
  openedAt: time,
  from: timeOrNull,
  to: timeOrNull,
  records: count,
  services: z.array(text).readonly(),
  /** False when the file is gone or cannot be read. */
  exists: z.boolean(),
});
export type RecentCase = z.infer<typeof recentCaseSchema>;

export const CASE_CALLS = {
  /** Makes a new case of these paths and starts reading; one path that is a case file opens it instead. */
  "case.create": { input: z.object({ paths: z.array(path).min(1).readonly() }), output: caseInfoSchema },
  "case.open": { input: z.object({ file: path }), output: caseInfoSchema },
  /** Adds paths to the open case; a source already there unchanged is not read twice. */
  "case.add": { input: z.object({ paths: z.array(path).min(1).readonly() }), output: caseInfoSchema },
  "case.info": { input: nothing, output: caseInfoSchema.nullable() },
  /** The window may name only what "app.choose" answered. */
  "case.copyTo": { input: z.object({ file: path }), output: nothing },
  "case.close": { input: nothing, output: nothing },
} as const;
