import { describe, expect, it } from "vitest";
import { FailureError } from "../../../src/shared/failure.ts";
import { askedDelayMs, classify, isTransient, isUnwell } from "../../../src/main/engine/resilience/classify.ts";
import { RefusedFailure, TimeoutFailure, cancelled } from "../../../src/main/engine/resilience/failures.ts";
import { codeError } from "./support.ts";

const status = (code: number): Error => Object.assign(new Error(`HTTP ${code}`), { status: code });

describe("an error's class", () => {
  it.each([
    ["EBUSY", "busy"],
    ["EAGAIN", "busy"],
    ["SQLITE_BUSY", "busy"],
    ["SQLITE_LOCKED", "busy"],
    ["EIO", "input-output"],
    ["ESTALE", "input-output"],
    ["ECONNRESET", "connection"],
    ["EPIPE", "connection"],
    ["EAI_AGAIN", "connection"],
    ["UND_ERR_SOCKET", "connection"],
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
    ["ABORT_ERR", "cancelled"],
    ["EWHATEVER", "other"],
  ])("of the code %s is %s", (code, expected) => {
    expect(classify(codeError(code))).toBe(expected);
  });

  it.each([
    [399, "other"],
    [400, "request"],
    [401, "permission"],
    [403, "permission"],
    [404, "not-found"],
    [408, "timeout"],
    [410, "not-found"],
    [422, "request"],
    [425, "busy"],
    [429, "throttled"],
    [499, "request"],
    [500, "server"],
    [503, "server"],
    [599, "server"],
    [600, "other"],
  ])("of the status %i is %s", (code, expected) => {
    expect(classify(status(code))).toBe(expected);
  });

  it.each([
    ["a status under its other name", { statusCode: 503 }, "server"],
    ["a status that is no number", { status: "503" }, "other"],
    ["a code that is no text", { code: 5 }, "other"],
    ["a name that is no text", { name: 5 }, "other"],
    ["an abort", new DOMException("stopped", "AbortError"), "cancelled"],
    ["a signal's own timeout", new DOMException("late", "TimeoutError"), "timeout"],
    ["JSON that is none", new SyntaxError("Unexpected token"), "parse"],
    ["our timeout", new TimeoutFailure("a", "attempt", 50), "timeout"],
    ["our deadline", new TimeoutFailure("a", "total", 50), "timeout"],
    ["our refusal", new RefusedFailure("bulkhead", "full", null), "refused"],
    ["our cancel", cancelled(), "cancelled"],
    ["a failure for want of time", new FailureError("timeout", "late"), "timeout"],
    ["a parser's failure", new FailureError("parser-failed", "line 3"), "parse"],
    ["an error of a disk, whatever its cause", new FailureError("disk-error", "", { cause: codeError("EIO") }), "disk"],
    ["a failure of another reason", new FailureError("git-failed", "exit code 1"), "other"],
    ["nothing", null, "other"],
    ["a text", "EBUSY", "other"],
  ])("of %s", (_, error, expected) => {
    expect(classify(error)).toBe(expected);
  });

  it("is that of the cause when the error itself has none", () => {
    const cause = codeError("EBUSY");
    expect(classify(new FailureError("unreadable", "busy", { cause }))).toBe("busy");
    expect(classify(new TypeError("fetch failed", { cause: codeError("ECONNRESET") }))).toBe("connection");
  });

  it("is that of the outermost error that has one", () => {
    expect(classify(new FailureError("parse-error", "cut", { cause: codeError("EIO") }))).toBe("parse");
  });

  it("is looked for eight errors deep and no deeper", () => {
    const wrap = (error: unknown, times: number): unknown =>
      times === 0 ? error : new Error("wrapped", { cause: wrap(error, times - 1) });
    expect(classify(wrap(codeError("EIO"), 7))).toBe("input-output");
    expect(classify(wrap(codeError("EIO"), 8))).toBe("other");
  });

  it("is found in a circle of causes", () => {
    const error = new Error("round");
    error.cause = error;
    expect(classify(error)).toBe("other");
  });
});

describe("what can pass by itself", () => {
  it.each(["EBUSY", "EAGAIN", "EIO", "ESTALE", "ECONNRESET", "EPIPE", "EAI_AGAIN", "ETIMEDOUT"])(
    "includes %s",
    (code) => {
      expect(isTransient(codeError(code))).toBe(true);
    },
  );
  it.each([408, 425, 429, 500, 502, 503, 504])("includes the status %i", (code) => {
    expect(isTransient(status(code))).toBe(true);
  });
  it("includes an attempt that took too long", () => {
    expect(isTransient(new TimeoutFailure("a", "attempt", 50))).toBe(true);
  });
  it.each(["ENOENT", "EACCES", "ECONNREFUSED", "EWHATEVER"])("does not include %s", (code) => {
    expect(isTransient(codeError(code))).toBe(false);
  });
  it.each([400, 401, 403, 404, 409, 422])("does not include the status %i", (code) => {
    expect(isTransient(status(code))).toBe(false);
  });
  it.each([
    ["a parse failure", new SyntaxError("Unexpected token")],
    ["a refusal", new RefusedFailure("rate-limit", "often", 10)],
    ["a cancel", cancelled()],
    ["a bug", new TypeError("x is undefined")],
  ])("does not include %s", (_, error) => {
    expect(isTransient(error)).toBe(false);
  });
});

describe("what says that a target is unwell", () => {
  it.each(["EIO", "EBUSY", "ECONNREFUSED", "ETIMEDOUT", "ECONNRESET", "EWHATEVER"])("includes %s", (code) => {
    expect(isUnwell(codeError(code))).toBe(true);
  });
  it.each([500, 429])("includes the status %i", (code) => {
    expect(isUnwell(status(code))).toBe(true);
  });
  it.each([
    ["what is not there", codeError("ENOENT")],
    ["what we may not", codeError("EACCES")],
    ["a wrong request", status(400)],
    ["a parse failure", new SyntaxError("Unexpected token")],
    ["a refusal", new RefusedFailure("bulkhead", "full", null)],
    ["a cancel", cancelled()],
  ])("does not include %s", (_, error) => {
    expect(isUnwell(error)).toBe(false);
  });
});

describe("the delay that the other side asks for", () => {
  it.each([
    ["an error that tells it", { retryAfterMs: 1_500 }, 1_500],
    ["an error that says at once", { retryAfterMs: 0 }, 0],
    ["its cause", new Error("wrapped", { cause: { retryAfterMs: 20 } }), 20],
    ["a negative one", { retryAfterMs: -1 }, null],
    ["one that is no number", { retryAfterMs: "5" }, null],
    ["one that is not a number at all", { retryAfterMs: Number.NaN }, null],
    ["a refusal that cannot tell", new RefusedFailure("bulkhead", "full", null), null],
    ["an error without one", new Error("plain"), null],
    ["nothing", undefined, null],
  ])("is read from %s", (_, error, expected) => {
    expect(askedDelayMs(error)).toBe(expected);
  });
});

describe("a call that nobody was let in for", () => {
  it.each(["not-signed-in", "signed-out", "refresh-failed", "token-unreadable"])(
    "(%s) asked for nothing: it is not tried again, and its target is not blamed",
    (reason) => {
      const error = new FailureError(reason, "Sign in again.");
      expect([classify(error), isTransient(error), isUnwell(error)]).toEqual(["permission", false, false]);
    },
  );
});
