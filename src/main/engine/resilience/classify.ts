/**
 * What kind of failure an error is. Retry, breaker and statistics all ask here, so that one table decides what can pass
 * by itself and what says something about the target's health.
 */
import { FailureError } from "../../../shared/failure.ts";
import { RefusedFailure, TimeoutFailure } from "./failures.ts";

export const ERROR_CLASSES = [
  "cancelled",
  "refused",
  "timeout",
  "busy",
  "input-output",
  "disk",
  "connection",
  "unreachable",
  "throttled",
  "server",
  "not-found",
  "permission",
  "request",
  "parse",
  "other",
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** Codes of Node, of its HTTP client (UND_…) and of SQLite. */
const CODES = new Map<string, ErrorClass>([
  ["ABORT_ERR", "cancelled"],
  ["EBUSY", "busy"],
  ["EAGAIN", "busy"],
  ["SQLITE_BUSY", "busy"],
  ["SQLITE_LOCKED", "busy"],
  // On a network mount these pass when the server is back. Who knows the mount to be a disk says "disk-error" instead.
  ["EIO", "input-output"],
  ["ESTALE", "input-output"],
  ["ECONNRESET", "connection"],
  ["EPIPE", "connection"],
  ["UND_ERR_SOCKET", "connection"],
  // The name server did not answer; one that says there is no such name says ENOTFOUND.
  ["EAI_AGAIN", "connection"],
  ["ETIMEDOUT", "timeout"],
  ["ESOCKETTIMEDOUT", "timeout"],
  ["UND_ERR_CONNECT_TIMEOUT", "timeout"],
  ["UND_ERR_HEADERS_TIMEOUT", "timeout"],
  ["UND_ERR_BODY_TIMEOUT", "timeout"],
  ["ECONNREFUSED", "unreachable"],
  ["EHOSTUNREACH", "unreachable"],
  ["ENETUNREACH", "unreachable"],
  ["ENOTFOUND", "unreachable"],
  ["ENOENT", "not-found"],
  ["ENOTDIR", "not-found"],
  ["EACCES", "permission"],
  ["EPERM", "permission"],
]);

const NAMES = new Map<string, ErrorClass>([
  ["AbortError", "cancelled"],
  ["TimeoutError", "timeout"],
  ["SyntaxError", "parse"],
]);

const STATUSES = new Map<number, ErrorClass>([
  [401, "permission"],
  [403, "permission"],
  [404, "not-found"],
  [408, "timeout"],
  [410, "not-found"],
  [425, "busy"],
  [429, "throttled"],
]);

const TRANSIENT: ReadonlySet<ErrorClass> = new Set([
  "timeout",
  "busy",
  "input-output",
  "connection",
  "throttled",
  "server",
]);

/** These say what was asked for, or what we did, and nothing of how the target is. */
const NEUTRAL: ReadonlySet<ErrorClass> = new Set([
  "cancelled",
  "refused",
  "not-found",
  "permission",
  "request",
  "parse",
]);

/** Nobody was let in, and so nothing was asked. */
const SIGN_IN_REASONS: ReadonlySet<string> = new Set([
  "not-signed-in",
  "signed-out",
  "refresh-failed",
  "token-unreadable",
]);

/** Wrapped errors are followed this far; a chain may be a circle. */
const MOST_CAUSES = 8;

/** The class of the outermost error that has one: who wrapped it knew more than who threw it. */
export function classify(error: unknown): ErrorClass {
  for (const link of causes(error)) {
    const errorClass = classOf(link);
    if (errorClass !== undefined) return errorClass;
  }
  return "other";
}

/** Whether it can pass by itself, so that trying again makes sense. */
export const isTransient = (error: unknown): boolean => TRANSIENT.has(classify(error));

/** Whether it is a sign that the target is unwell, so that a breaker counts it. */
export const isUnwell = (error: unknown): boolean => !NEUTRAL.has(classify(error));

/** The wait that the other side asked for, in milliseconds; null when it did not. */
export function askedDelayMs(error: unknown): number | null {
  for (const link of causes(error)) {
    if (!("retryAfterMs" in link)) continue;
    const { retryAfterMs } = link;
    if (typeof retryAfterMs === "number" && retryAfterMs >= 0) return retryAfterMs;
  }
  return null;
}

function* causes(error: unknown): Generator<object> {
  let link = error;
  for (let depth = 0; depth < MOST_CAUSES && typeof link === "object" && link !== null; depth += 1) {
    yield link;
    link = "cause" in link ? link.cause : null;
  }
}

function classOf(link: object): ErrorClass | undefined {
  if (link instanceof RefusedFailure) return "refused";
  if (link instanceof TimeoutFailure) return "timeout";
  if (link instanceof FailureError) return classOfReason(link.failure.reason);
  return byCode(link) ?? byName(link) ?? byStatus(link);
}

function classOfReason(reason: string): ErrorClass | undefined {
  if (reason === "cancelled" || reason === "timeout") return reason;
  if (reason === "disk-error") return "disk";
  if (SIGN_IN_REASONS.has(reason)) return "permission";
  return reason.startsWith("parse") ? "parse" : undefined;
}

const byCode = (link: object): ErrorClass | undefined =>
  "code" in link && typeof link.code === "string" ? CODES.get(link.code) : undefined;

const byName = (link: object): ErrorClass | undefined =>
  "name" in link && typeof link.name === "string" ? NAMES.get(link.name) : undefined;

function byStatus(link: object): ErrorClass | undefined {
  const status = "status" in link ? link.status : "statusCode" in link ? link.statusCode : undefined;
  if (typeof status !== "number") return undefined;
  const known = STATUSES.get(status);
  if (known !== undefined) return known;
  if (status >= 500 && status <= 599) return "server";
  return status >= 400 && status <= 499 ? "request" : undefined;
}
