/** The part of the contract about suspects: what is likely to have caused the incident, and on which evidence. */
import { z } from "zod";
import { count, text, textOrNull, time, timeOrNull } from "./scalars.ts";

const share = z.number().min(0).max(1);
const rangeSchema = z.object({ from: time, to: time });

const placeSchema = z.object({
  sourceId: count,
  offset: count,
  /** "s12:40". */
  record: text,
});

const evidenceSchema = z.object({
  /** Whether it speaks for the suspect. */
  for: z.boolean(),
  text,
  place: placeSchema.nullable(),
  spanId: text.optional(),
  /** Name of a metric of `service`. */
  series: text.optional(),
  time: timeOrNull,
  /** How much it weighs in the score. */
  weight: share,
});

const suspectSchema = z.object({
  kind: z.enum(["change", "service", "resource", "outside"]),
  service: textOrNull,
  /** Sha, deploy id, flag, metric, or what is outside. */
  object: textOrNull,
  /** What was done, in its own words; null where nothing was. */
  title: textOrNull,
  score: z.number(),
  confidence: share,
  since: timeOrNull,
  evidence: z.array(evidenceSchema).readonly(),
  missing: z.array(text).readonly(),
});
export type SuspectInfo = z.infer<typeof suspectSchema>;

const verdictSchema = z.object({
  revision: count,
  onset: z
    .object({ time, confidence: share, reason: text, service: textOrNull, place: placeSchema.nullable() })
    .nullable(),
  windows: z.object({ baseline: rangeSchema, incident: rangeSchema }).nullable(),
  /** No change in this data explains it. */
  abstained: z.boolean(),
  /** Why; empty when it did not abstain. */
  abstainedBecause: text,
  /** Likeliest first. */
  suspects: z.array(suspectSchema).readonly(),
  /** Every service of the case, likeliest first. */
  services: z.array(z.object({ service: text, score: z.number(), since: timeOrNull, resource: textOrNull })).readonly(),
});
export type VerdictInfo = z.infer<typeof verdictSchema>;

export const SUSPECT_CALLS = {
  /**
   * Finds what is to blame; null windows are found from the data. The answer is kept until records come or go. A newer
   * call ends an older one, which fails with "cancelled".
   */
  "suspects.find": {
    input: z.object({ baseline: rangeSchema.nullable(), incident: rangeSchema.nullable() }),
    output: verdictSchema,
  },
} as const;

export const SUSPECT_PUSHES = {
  /** How far the search is, 0–1, and what it does. */
  "suspects.progress": z.object({ done: share, what: text }),
} as const;
