/** Settings that a person may change, with the defaults and the ranges that are checked at the border. */
import { z } from "zod";
import { ABOUT, type About } from "./settings/about.ts";

const between = (min: number, max: number): z.ZodNumber => z.number().min(min).max(max);
const wholeBetween = (min: number, max: number): z.ZodNumber => z.number().int().min(min).max(max);

/** One threshold each for MEDIUM, HIGH and CRITICAL. */
const rising = (min: number, max: number) =>
  z
    .tuple([between(min, max), between(min, max), between(min, max)])
    .refine(([medium, high, critical]) => medium <= high && high <= critical);
const SEVERITY_PARTS = ["MEDIUM", "HIGH", "CRITICAL"];

const detection = (title: string, note: string, more: Partial<About> = {}): About => ({
  group: "Detection",
  title,
  note,
  ...more,
});

const sigma = (title: string, fallback: number) =>
  between(0.1, 100)
    .default(fallback)
    .register(
      ABOUT,
      detection(title, "Standard deviations from its baseline at which such a metric is abnormal.", { unit: "σ" }),
    );

const timeout = (title: string, milliseconds: number, note: string) =>
  between(50, 10 * 60_000)
    .default(milliseconds)
    .register(ABOUT, { group: "Timeouts", title, note, unit: "ms", clamped: true });

function isZone(name: string): boolean {
  // The default is no reason to load all zones at each start.
  if (name === "UTC") return true;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

export const settingsSchema = z.object({
  detection: z
    .object({
      burstGapSeconds: between(1, 86_400)
        .default(300)
        .register(
          ABOUT,
          detection("Gap between bursts", "Quiet time after which the same error is a new burst.", { unit: "s" }),
        ),
      metricSigma: z
        .object({
          resource: sigma("Threshold of resource metrics", 2),
          errorRate: sigma("Threshold of error rates", 2),
          latency: sigma("Threshold of latencies", 2.5),
          other: sigma("Threshold of other metrics", 3),
        })
        .prefault({}),
      metricSeverityMultiples: rising(0.1, 1_000)
        .default([1, 1.5, 2])
        .register(
          ABOUT,
          detection("Severity of anomalies", "Multiples of the threshold from which an anomaly has each severity.", {
            unit: "×",
            parts: SEVERITY_PARTS,
          }),
        ),
      slowTraceMs: rising(1, 86_400_000)
        .default([500, 1_000, 5_000])
        .register(
          ABOUT,
          detection("Slow traces", "Durations over which a trace has each severity.", {
            unit: "ms",
            parts: SEVERITY_PARTS,
          }),
        ),
    })
    .prefault({}),
  assumedZone: z.string().refine(isZone).default("UTC").register(ABOUT, {
    group: "Reading",
    title: "Assumed zone",
    note: "Zone of times that state none. Sources that were read already keep theirs.",
  }),
  retry: z
    .object({
      maxAttempts: wholeBetween(1, 10).default(3).register(ABOUT, {
        group: "Resilience",
        title: "Attempts",
        note: "Calls of one operation, the first one counted.",
        environment: "RETRY_MAX_ATTEMPTS",
      }),
      baseMs: between(1, 60_000).default(400).register(ABOUT, {
        group: "Resilience",
        title: "First retry delay",
        note: "Wait before the second attempt; it doubles for each further one. Unless it is set, files wait 50 ms and HTTP calls 1 s.",
        unit: "ms",
        environment: "RETRY_BASE_MS",
      }),
      capMs: between(1, 600_000).default(60_000).register(ABOUT, {
        group: "Resilience",
        title: "Longest retry delay",
        note: "No wait between two attempts is longer. Unless it is set, files wait at most 2 s and HTTP calls 10 s.",
        unit: "ms",
        environment: "RETRY_CAP_MS",
      }),
      jitterPercent: between(0, 100).default(20).register(ABOUT, {
        group: "Resilience",
        title: "Retry jitter",
        note: "Share by which each delay varies at random in both directions.",
        unit: "%",
        environment: "RETRY_JITTER_PCT",
      }),
    })
    .prefault({}),
  breaker: z
    .object({
      failuresToOpen: wholeBetween(1, 1_000).default(5).register(ABOUT, {
        group: "Resilience",
        title: "Failures that open a breaker",
        note: "Failures within a minute after which a target is left alone.",
        environment: "CB_FAILURES_TO_OPEN",
      }),
      cooldownSeconds: between(1, 300).default(30).register(ABOUT, {
        group: "Resilience",
        title: "Breaker cooldown",
        note: "Time for which a target is left alone at first; it doubles up to 5 min.",
        unit: "s",
        environment: "CB_COOLDOWN_S",
      }),
      halfOpenProbability: between(0, 1).default(0.2).register(ABOUT, {
        group: "Resilience",
        title: "Half-open admission",
        note: "Probability with which a call beside the first one is let through while a target is tried again.",
        environment: "CB_HALF_OPEN_PROB",
      }),
    })
    .prefault({}),
  bulkhead: z
    .object({
      maxConcurrent: wholeBetween(1, 256).default(16).register(ABOUT, {
        group: "Resilience",
        title: "Concurrent calls",
        note: "Calls of one connector that are under way at a time.",
      }),
      maxQueued: wholeBetween(0, 100_000).default(1_000).register(ABOUT, {
        group: "Resilience",
        title: "Waiting calls",
        note: "Calls of one connector that may wait; a further one is refused.",
      }),
    })
    .prefault({}),
  timeouts: z
    .object({
      open: timeout("Open", 5_000, "Opening a file, a socket or a process."),
      read: timeout("Read", 30_000, "One read of an open file."),
      walk: timeout("Walk", 60_000, "Listing one folder."),
      git: timeout("Git", 60_000, "One step of a git process."),
      http: timeout("HTTP", 15_000, "One HTTP call."),
      parseStall: timeout("Parse stall", 10_000, "Time within which a parser must have taken a chunk."),
    })
    .prefault({}),
  health: z
    .object({
      p95Ms: between(1, 600_000).default(2_000).register(ABOUT, {
        group: "Health",
        title: "Slow from (p95)",
        note: "A connector whose 95th percentile is above this is degraded.",
        unit: "ms",
        environment: "CONNECTOR_HEALTH_P95_MS",
      }),
      errorRate: between(0, 1).default(0.1).register(ABOUT, {
        group: "Health",
        title: "Failing from (error rate)",
        note: "A connector with a greater share of failed calls is degraded.",
        environment: "CONNECTOR_HEALTH_ERROR_RATE",
      }),
    })
    .prefault({}),
  deadLetters: z
    .object({
      maxCount: wholeBetween(1, 100_000_000).default(1_000_000).register(ABOUT, {
        group: "Dead letters",
        title: "Most dead letters",
        note: "Of one source; its reading pauses and asks when they are more.",
      }),
      maxMebibytes: wholeBetween(1, 65_536).default(1_024).register(ABOUT, {
        group: "Dead letters",
        title: "Most space",
        note: "Of the raw bytes that are kept of one source's dead letters, 64 KiB of each at most.",
        unit: "MiB",
      }),
      maxAgeDays: wholeBetween(1, 3_650).default(365).register(ABOUT, {
        group: "Dead letters",
        title: "Longest age",
        note: "Older dead letters are dropped when their case is opened, and counted.",
        unit: "days",
      }),
      replaysPerSecond: wholeBetween(1, 1_000_000).default(20_000).register(ABOUT, {
        group: "Dead letters",
        title: "Replay rate",
        note: "Most dead letters that a replay reads again in a second.",
      }),
    })
    .prefault({}),
  oauth: z
    .object({
      refreshSafetySeconds: between(0, 3_600).default(300).register(ABOUT, {
        group: "Sign-in",
        title: "Refresh ahead",
        note: "Time before its end from which a token is refreshed.",
        unit: "s",
        environment: "OAUTH_REFRESH_SAFETY_WINDOW_S",
      }),
    })
    .prefault({}),
});

export type Settings = z.infer<typeof settingsSchema>;
export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});
