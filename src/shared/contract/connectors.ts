/**
 * The part of the contract about connectors and what they call: how each target does, and what a person may decide
 * over it. A target is what a breaker stands for: a path, a repository, the origin of a server.
 */
import { z } from "zod";
import { count, text, time } from "./scalars.ts";
import { tokenStatusSchema } from "./shapes.ts";

const milliseconds = z.number().nonnegative();

/** Calls over one window. */
const callSummarySchema = z.object({
  calls: count,
  /** By error class: "timeout", "connection", "throttled" …; classes without an error are absent. */
  errors: z.record(z.string(), count),
  /** Share of the calls that failed, 0–1; 0 when there was none. */
  errorRate: z.number().min(0).max(1),
  /** Null when no call took time. */
  p50Ms: milliseconds.nullable(),
  p95Ms: milliseconds.nullable(),
  p99Ms: milliseconds.nullable(),
});
export type CallSummary = z.infer<typeof callSummarySchema>;

/** A minute of the chart; minutes without a call are absent. */
const callMinuteSchema = z.object({
  /** Minutes that have passed since, 0–59: 0 is the last one. */
  minutesAgo: z.number().int().min(0).max(59),
  calls: count,
  errors: count,
  p50Ms: milliseconds.nullable(),
  p95Ms: milliseconds.nullable(),
});

const TARGET_STATES = ["closed", "half-open", "open", "held-open", "disabled"] as const;

/** What a person decided over a target. */
const connectorActionSchema = z.object({
  action: z.enum(["reset", "hold-open", "disable", "enable", "retry-now"]),
  /** Name of the account, with " (command line)" when it was decided there. */
  by: text,
  at: time,
});
export type ConnectorAction = z.infer<typeof connectorActionSchema>;

const connectorTargetSchema = z.object({
  /** "connector:target": what the calls below take as `name`. */
  name: text,
  connector: text,
  target: text,
  /**
   * closed: calls go through. open: refused until `openMs` have passed. half-open: a few are let through to see whether
   * it is well again. held-open: refused until a person resets it. disabled: the breaker is out of use, everything goes
   * through and nothing is counted, until a person enables it.
   */
  state: z.enum(TARGET_STATES),
  /** Of the breaker: closed 100, half-open 50, open 0. */
  percent: z.union([z.literal(100), z.literal(50), z.literal(0)]),
  /** degraded: slow, or more errors than the settings allow; down: breaker open, or most calls fail. */
  health: z.enum(["healthy", "degraded", "down"]),
  /** Time left of an open breaker; null in every other state. It counts down from the moment of the answer. */
  openMs: milliseconds.nullable(),
  /** Failures that the breaker counts in its window, and so many open it. */
  failures: count,
  failuresToOpen: count,
  windowMs: milliseconds,
  /** Times in a row that it opened again after being tried. */
  reopenings: count,
  last5Minutes: callSummarySchema,
  lastHour: callSummarySchema,
  /** Since this library began. */
  ever: callSummarySchema,
  /** At most 60, oldest first. */
  minutes: z.array(callMinuteSchema).readonly(),
  /** Calls of the whole connector: under way, waiting, and how many of each there may be. */
  bulkhead: z.object({ active: count, queued: count, maxConcurrent: count, maxQueued: count }),
  /** Null without a limit. `tokens` below zero: so many calls wait for theirs. */
  rateLimit: z.object({ perSecond: z.number(), burst: z.number(), tokens: z.number() }).nullable(),
  /** Of its sources in the open case; null when no case is open. */
  deadLetters: count.nullable(),
  /** In words, with what to do where that is known. */
  lastError: z.object({ at: time, errorClass: text, message: text }).nullable(),
  /** Newest first, at most 20. */
  actions: z.array(connectorActionSchema).readonly(),
});
export type ConnectorTarget = z.infer<typeof connectorTargetSchema>;

const connectorRowSchema = z.object({
  /** Id, as sources name it: "file", "git", "prometheus". */
  connector: text,
  title: text,
  /** Calls servers, to which one can sign in. */
  isRemote: z.boolean(),
  /** Null when the case's last good answer stands in for a source that cannot be read again; otherwise why nothing does. */
  noFallback: text.nullable(),
  /** The worst of its targets. */
  health: z.enum(["healthy", "degraded", "down"]),
  last5Minutes: callSummarySchema,
  lastHour: callSummarySchema,
  ever: callSummarySchema,
  minutes: z.array(callMinuteSchema).readonly(),
  /** By name ("open", "read", "http" …), over the last hour. */
  operations: z.array(callSummarySchema.extend({ operation: text })).readonly(),
  bulkhead: z.object({ active: count, queued: count, maxConcurrent: count, maxQueued: count }),
  deadLetters: count.nullable(),
  /** Those that need a look come first, then those called last; at most 200. */
  targets: z.array(connectorTargetSchema).readonly(),
  /** Targets that are known and not listed. */
  moreTargets: count,
});
export type ConnectorRow = z.infer<typeof connectorRowSchema>;

const connectorHealthSchema = z.object({
  /** healthy; degraded when any breaker is open; critical when more than half of the breakers are. */
  overall: z.enum(["healthy", "degraded", "critical"]),
  /** Targets with a breaker, and in which state. */
  targets: count,
  closed: count,
  halfOpen: count,
  /** Held open ones among them. */
  open: count,
  disabled: count,
  /** Names of the open ones, at most 10, for a tooltip. */
  openNames: z.array(text).readonly(),
});
export type ConnectorHealth = z.infer<typeof connectorHealthSchema>;

const secret = z.string().min(1).max(65_536);
const client = {
  tokenUrl: text,
  clientId: z.string().min(1),
  /** Empty for whatever the server gives. */
  scope: text,
};

/** How somebody signs in: with a token as it is, or with what a token endpoint gives one for (OAuth 2). */
const signInSchema = z.discriminatedUnion("method", [
  z.object({ method: z.literal("bearer"), token: secret }),
  z.object({ method: z.literal("client-credentials"), ...client, clientSecret: secret }),
  /** Without a secret: a public client. */
  z.object({ method: z.literal("refresh-token"), ...client, clientSecret: secret.nullable(), refreshToken: secret }),
]);
export type SignInRequest = z.infer<typeof signInSchema>;

const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/** A target by its `name`, or a connector by its id for all of its targets. Fails with "not-found". */
const which = z.object({ name: text });
/** The targets that were changed, as they are now. */
const changed = z.array(connectorTargetSchema).readonly();

export const CONNECTOR_CALLS = {
  /** Every connector, also one that was never called. */
  "connectors.list": call(z.undefined().or(z.null()), z.array(connectorRowSchema).readonly()),
  /** For the status bar; also pushed with "connectors.changed". */
  "connectors.health": call(z.undefined().or(z.null()), connectorHealthSchema),
  /** Closes the breaker, forgets its failures and gives it back to the automatic rules. */
  "connectors.reset": call(which, changed),
  /** Lets nothing through until a reset. */
  "connectors.holdOpen": call(which, changed),
  /** Takes the breaker out of use: everything goes through, nothing is counted. */
  "connectors.disable": call(which, changed),
  /** Puts a disabled breaker back into use, closed; leaves any other as it is. */
  "connectors.enable": call(which, changed),
  /** Ends the wait of an open breaker: the next call tries. Leaves one that does not wait as it is. */
  "connectors.retryNow": call(which, changed),
  /**
   * Signs in to the server of a target; a token endpoint is asked at once. Answers with all sign-ins. Fails with
   * "not-found", "bad-sign-in", or with what the endpoint said.
   */
  "connectors.signIn": call(z.object({ name: text, request: signInSchema }), z.array(tokenStatusSchema).readonly()),
} as const;

export const CONNECTOR_PUSHES = {
  /** Calls were made, or a breaker changed: ask for the list again where it is shown. At most four times a second. */
  "connectors.changed": z.object({ health: connectorHealthSchema }),
} as const;
