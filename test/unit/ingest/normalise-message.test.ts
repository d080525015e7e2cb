import { describe, expect, it } from "vitest";
import { normaliseMessage, templateOf } from "../../../src/main/engine/ingest/normalise-message.ts";
import { Level } from "../../../src/shared/model/level.ts";
import type { RecordInput } from "../../../src/shared/model/record.ts";

describe("the template of a message", () => {
  it.each([
    ["Connection to db-3 timed out after 5000 ms", "Connection to db-<*> timed out after <*> ms"],
    ["GET /orders/8841/items failed with 503", "GET /orders/<*>/items failed with <*>"],
    ["peer 10.0.12.7:8080 closed", "peer <*> closed"],
    ["peer [2001:db8::ff00:42:8329]:443 closed", "peer [<*>]:<*> closed"],
    ["request 3f2504e0-4f89-11d3-9a0c-0305e82c3301 lost", "request <*> lost"],
    ["commit 9fceb02d0ae598e9 at 0x7ffdeadbeef", "commit <*> at <*>"],
    [`key "user:17" of 'cart one' is gone`, "key <*> of <*> is gone"],
    ["can't open, don't retry", "can't open, don't retry"],
    ["since 2026-03-01T10:00:00.123Z nothing", "since <*> nothing"],
    ["deadbeef decade facade", "deadbeef decade facade"],
    ["session sess_a8f3k29d8s7f6a5s4d3f expired", "session <*> expired"],
  ])("of %j is %j", (message, template) => {
    expect(normaliseMessage(message)).toBe(template);
  });

  it("is of the first line alone, so that a stack trace does not tell two errors apart", () => {
    expect(normaliseMessage("Boom 1\r\n  at a (b.js:1:2)")).toBe("Boom <*>");
  });

  it("is at most 256 characters long and does not read far into a huge message", () => {
    expect(normaliseMessage("x".repeat(50_000_000))).toHaveLength(256);
    expect(normaliseMessage('"'.repeat(100_000)).length).toBeLessThanOrEqual(256);
  });
});

describe("a record has a template", () => {
  const record = (level: Level, message: string, kind: RecordInput["kind"] = "log"): RecordInput => ({
    kind,
    level,
    message,
    time: null,
    service: null,
  });

  it("when its level is warning or graver", () => {
    expect(templateOf(record(Level.warn, "slow 3"))).toBe("slow <*>");
    expect(templateOf(record(Level.info, "slow 3"))).toBeNull();
    expect(templateOf(record(Level.none, "slow 3"))).toBeNull();
  });

  it.each([
    "Deadlock found",
    "read timed out",
    "gateway time-out",
    "java.lang.OutOfMemoryError",
    "Out of memory: killed 12",
    "oom-killer invoked",
  ])("when its wording tells of trouble: %s", (message) => {
    expect(templateOf(record(Level.info, message))).not.toBeNull();
  });

  it("not when a word only looks like trouble", () => {
    expect(templateOf(record(Level.info, "zoom room booked, timeline ready"))).toBeNull();
  });

  it("only when it is a line of a log", () => {
    expect(templateOf(record(Level.error, "GET /", "span"))).toBeNull();
  });
});
