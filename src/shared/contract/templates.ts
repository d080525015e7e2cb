/** The part of the contract about templates of log messages: the list, one with its values, what people decide. */
import { z } from "zod";
import { DECISION_KINDS, PARAMETER_TYPES } from "../model/template.ts";
import { count, nothing, text, time, timeOrNull } from "./scalars.ts";
import { selectionSchema } from "./shapes.ts";

const named = z.object({ id: text, text });

const templateSchema = z.object({
  /** Twelve hexadecimal digits: the same for the same template in every case. */
  id: text,
  /** `Connection to <*> timed out after <*>`. */
  text,
  /** Records of the selection. */
  count,
  /** First and last time of these; null where none has a time. */
  first: timeOrNull,
  last: timeOrNull,
  /** The gravest level of these. */
  level: z.number().int().min(0).max(6),
  /** Records a bar, the span of the selection in equal parts. */
  bars: z.array(count).readonly(),
  /** Records in the two times that are compared, and how sure a change of their rates is, in standard errors. */
  before: count,
  after: count,
  change: z.number(),
  /** Whether its first record of all lies in the later time. */
  isNew: z.boolean(),
  /** Id to take the decision back by; null for one that is shown. */
  muted: text.nullable(),
  /** Templates that people made one with it, and what they split it off from: ids of the decisions. */
  merged: z.array(named).readonly(),
  splitFrom: named.nullable(),
  /** Wildcards that stand for words: at these places it can be split. */
  words: z.array(z.object({ place: count, texts: z.array(text).readonly() })).readonly(),
});
export type TemplateRow = z.infer<typeof templateSchema>;

const parameterSchema = z.object({
  /** The word before it; empty for none. */
  name: text,
  value: text,
  type: z.enum(PARAMETER_TYPES),
});

/** What the rates are compared between. */
const compared = z.object({
  what: z.enum(["halves", "selection"]),
  /** Of the later time. */
  from: time,
  to: time,
});

const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

export const TEMPLATE_CALLS = {
  /**
   * Templates that records of the selection have, the most frequent first. Rates are compared between the range of the
   * selection and all else, or without a range between the halves of the time.
   */
  "templates.list": call(
    z.object({ selection: selectionSchema }),
    z.object({
      revision: count,
      templates: z.array(templateSchema).readonly(),
      /** Log records of the selection, and those of them without a template: of a case that was read by an older version. */
      records: count,
      without: count,
      compared: compared.nullable(),
    }),
  ),
  /** The values of a template in the selection, learned from a sample of its records. Null when it is not there. */
  "templates.values": call(
    z.object({ id: text, selection: selectionSchema }),
    z
      .object({
        /** Records that were read, of how many. */
        sampled: count,
        count,
        parameters: z
          .array(
            z.object({
              name: text,
              type: z.enum(PARAMETER_TYPES),
              distinct: count,
              /** The most frequent first. */
              top: z.array(z.object({ value: text, count })).readonly(),
            }),
          )
          .readonly(),
        /** "s12:40" and the message. */
        examples: z.array(z.object({ ref: text, message: text })).readonly(),
      })
      .nullable(),
  ),
  /** Of one record; null for what is no log message. Fails with "not-found". */
  "templates.ofRecord": call(
    z.object({ ref: text }),
    z.object({ id: text, text, muted: text.nullable(), parameters: z.array(parameterSchema).readonly() }).nullable(),
  ),
  /** Those that are hidden, whatever the selection. */
  "templates.muted": call(nothing, z.array(named.extend({ decision: text, count })).readonly()),
  /** Fails with "not-found" for a template that the case does not have. */
  "templates.decide": call(
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("mute"), id: text }),
      z.object({ kind: z.literal("merge"), id: text, target: text }),
      z.object({ kind: z.literal("split"), id: text, place: count }),
    ]),
    nothing,
  ),
  "templates.takeBack": call(z.object({ kind: z.enum(DECISION_KINDS), id: text }), nothing),
} as const;
