import { describe, expect, it } from "vitest";
import xray from "../../../../src/main/engine/formats/traces/xray.ts";

describe("spans of X-Ray", () => {
  const segment = {
    id: "aaaaaaaaaaaaaaa1",
    name: "checkout",
    trace_id: "1-6666a1b2-0123456789abcdef01234567",
    start_time: 1781272931.1,
    subsegments: [
      { id: "bbbbbbbbbbbbbbb1", name: "DynamoDB", namespace: "aws", start_time: 1781272931.2 },
      { id: "bbbbbbbbbbbbbbb2", name: "payments", namespace: "remote", start_time: 1781272931.3 },
      { id: "bbbbbbbbbbbbbbb3", name: "validate", start_time: 1781272931.4 },
    ],
  };

  it.each([
    ["a segment answers", "0", "server"],
    ["a subsegment calls AWS", "1", "client"],
    ["a subsegment calls another service", "2", "client"],
    ["a subsegment works by itself", "3", "internal"],
  ])("tell their kind: %s", (_, context, kind) => {
    expect(xray.span?.(Buffer.from(JSON.stringify(segment)), context)?.kind).toBe(kind);
  });
});
