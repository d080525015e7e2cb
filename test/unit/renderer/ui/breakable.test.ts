import { expect, it } from "vitest";
import { wordsOf } from "../../../../src/renderer/ui/breakable.tsx";

it.each([
  ["http_request_duration_seconds", ["http_", "request_", "duration_", "seconds"]],
  ["jvm.memory.used", ["jvm.", "memory.", "used"]],
  ["node:cpu/idle-time", ["node:", "cpu/", "idle-", "time"]],
  ["requestsPerSecond2xx", ["requests", "Per", "Second2xx"]],
  ["__reserved__name", ["__", "reserved__", "name"]],
  ["latency", ["latency"]],
  ["", [""]],
])("a line may end behind the words of %s", (name, words) => {
  expect(wordsOf(name)).toEqual(words);
  expect(wordsOf(name).join("")).toBe(name);
});
