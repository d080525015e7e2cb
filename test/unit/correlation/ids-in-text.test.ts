import { describe, expect, it } from "vitest";
import { idsInText } from "../../../src/main/engine/correlation/ids-in-text.ts";

const ids = (text: string): string[] => idsInText(text).map(({ id }) => id);

describe("ids in text", () => {
  it.each([
    ["a UUID", "job 3f2504e0-4f89-41d3-9a0c-0305e82c3301 done", ["3f2504e0-4f89-41d3-9a0c-0305e82c3301"]],
    ["a trace id", "[4bf92f3577b34da6a3ce929d0e0e4736] GET /", ["4bf92f3577b34da6a3ce929d0e0e4736"]],
    ["a span id", "span=00f067aa0ba902b7;", ["00f067aa0ba902b7"]],
    ["a commit", "deployed 7a407afec62d27faf7ddc0a3cd5c837572f710d6", ["7a407afec62d27faf7ddc0a3cd5c837572f710d6"]],
    ["a request", "(req-7f3a91) failed", ["req-7f3a91"]],
    ["an order", "order_20931x was paid", ["order_20931x"]],
    [
      "a traceparent",
      "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"],
    ],
    ["each once", "req-1a2b3 then req-1a2b3", ["req-1a2b3"]],
  ])("are found: %s", (_, text, found) => {
    expect(ids(text)).toEqual(found);
  });

  it.each([
    "2026-03-17T13:02:11.123Z took 1234567890123456 ns",
    "deadbeefdeadbeef",
    "00000000000000000000000000000000",
    "00000000-0000-0000-0000-000000000000 is nil but 0x7fff5fbff8c0 is no id",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "request-scoped bean, task-runner, msg-handler",
    "",
  ])("are not found in: %s", (text) => {
    expect(ids(text)).toEqual([]);
  });

  it("stay few, whatever the text", () => {
    const text = Array.from({ length: 10_000 }, (_, at) => `req-${at}abcd`).join(" ");
    expect(ids(text)).toHaveLength(8);
  });
});
