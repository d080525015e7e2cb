/** The part of the contract about records of several sources that belong together, and about the clocks of sources. */
import { z } from "zod";
import { count, text } from "./scalars.ts";
import { recordRowSchema, searched } from "./shapes.ts";

const LINK_KINDS = [
  "trace",
  "span",
  "request",
  "correlation",
  /** An id that stands in its text. */
  "text",
  "host",
  "pod",
  /** Of a metric's sample: traces of its service at that time, which are no exemplars. */
  "failed-near",
  "slow-near",
] as const;

const linkSchema = z.object({
  kind: z.enum(LINK_KINDS),
  /** Id, host, pod; the service of traces. */
  value: text,
  /** Leaves its records. */
  filter: text,
  /** Records besides the one that was asked about. */
  total: count,
  sources: z.array(z.object({ sourceId: count, count })).readonly(),
  /** The first by time; of traces the gravest. */
  rows: z.array(recordRowSchema).readonly(),
});
export type RelatedLink = z.infer<typeof linkSchema>;

const clockSchema = z.object({
  sourceId: count,
  path: text,
  /** The source that it is held against. */
  referenceId: count,
  referencePath: text,
  /** Microseconds that it is ahead, and the interval that this lies in. */
  offset: z.number(),
  low: z.number(),
  high: z.number(),
  /** Shared ids that tell it, and the share of them that agrees. */
  ids: count,
  agreement: z.number().min(0).max(1),
  /** Records alone may just come later. */
  basis: z.enum(["spans", "records"]),
  /** Whether the interval leaves 0 out. */
  differs: z.boolean(),
});
export type ClockRow = z.infer<typeof clockSchema>;

const limit = z.number().int().min(0).max(100);
const partial = z.boolean().optional();

export const CORRELATION_CALLS = {
  /** Searches the text of the case: with `partial`, an early answer. Fails with "not-found". */
  "related.find": {
    input: z.object({ ref: text, limit, partial }),
    output: z.object({ searched, links: z.array(linkSchema).readonly() }),
  },
  /** Every record that bears an id, in a field or in its text. */
  "related.ofId": {
    input: z.object({ value: text.min(1).max(500), limit, partial }),
    output: z.object({ searched, link: linkSchema }),
  },
  /** Sources that share enough ids with another, those that differ most first. */
  "clocks.list": {
    input: z.undefined().or(z.null()),
    output: z.object({ revision: count, clocks: z.array(clockSchema).readonly() }),
  },
} as const;
