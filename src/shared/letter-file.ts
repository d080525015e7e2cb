/**
 * Dead letters as JSON lines, one letter a line: how they leave a case and come into one. docs/dead-letters.md tells
 * each field. Bytes are base64, times are microseconds since the epoch.
 */
import { z } from "zod";
import { DEAD_LETTER_ACTIONS, DEAD_LETTER_STAGES, SURROUNDINGS_LIMIT } from "./model/dead-letter.ts";

export const LETTER_SCHEMA = "faultline.dead-letter/1";

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
/** Texts of a file from somebody else. */
const text = z.string().max(1_000_000);
const shortText = z.string().max(10_000);
const shortTextOrNull = shortText.nullable();
const surrounding = z.string().max(SURROUNDINGS_LIMIT);
const base64 = z.base64();

export const letterLineSchema = z.object({
  schema: z.literal(LETTER_SCHEMA),
  key: z.string().min(1).max(200),
  source: shortText.min(1),
  connector: shortText,
  zone: shortText,
  format: shortText,
  formatVersion: count,
  offset: count,
  length: count,
  line: count,
  stage: z.enum(DEAD_LETTER_STAGES),
  reason: shortText.min(1),
  message: text,
  raw: base64,
  /** False when the case did not hold all bytes, or they were too many to carry. */
  whole: z.boolean(),
  /** SHA-256 of `raw`, hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  edited: base64.nullable(),
  /** What its format needs around it to read it as it stood; files of earlier versions do not say. */
  around: z.object({ before: surrounding, after: surrounding }).nullable().default(null),
  attempts: count.min(1),
  generation: count,
  firstAt: count,
  lastAt: count,
  history: z
    .array(
      z.object({
        at: count,
        action: z.enum(DEAD_LETTER_ACTIONS),
        attempt: count,
        format: shortTextOrNull,
        zone: shortTextOrNull,
        encoding: shortTextOrNull,
        reason: shortTextOrNull,
        message: text.nullable(),
        text: base64.nullable(),
      }),
    )
    .max(10_000),
});
export type LetterLine = z.infer<typeof letterLineSchema>;
