/** Settings that a person may change, with the defaults and the ranges that are checked at the border. */
import { z } from "zod";

const positive = z.number().positive();

export const settingsSchema = z.object({
  detection: z
    .object({
      /** Quiet time after which the same error is a new burst, in seconds. */
      burstGapSeconds: positive.max(86_400).default(60),
      /** Standard deviations from the baseline at which a metric is abnormal, by family. */
      metricSigma: z
        .object({
          resource: positive.max(100).default(2),
          errorRate: positive.max(100).default(2),
          latency: positive.max(100).default(2.5),
          other: positive.max(100).default(3),
        })
        .prefault({}),
      /** Multiples of the threshold from which an anomaly is MEDIUM, HIGH, CRITICAL. */
      metricSeverityMultiples: z.tuple([positive, positive, positive]).default([1, 1.5, 2]),
      /** Milliseconds over which a trace is MEDIUM, HIGH, CRITICAL. */
      slowTraceMs: z.tuple([positive, positive, positive]).default([500, 1_000, 5_000]),
    })
    .prefault({}),
  /** IANA zone of times that state none. */
  assumedZone: z.string().min(1).default("UTC"),
});

export type Settings = z.infer<typeof settingsSchema>;
export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
