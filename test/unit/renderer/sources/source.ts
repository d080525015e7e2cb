/** A source as the engine describes one that was read without trouble. */
import type { SourceInfo } from "../../../../src/renderer/state/case.ts";

export const sourceOf = (part: Partial<SourceInfo>): SourceInfo => ({
  id: 1,
  path: "/dumps/app.jsonl",
  connector: "file",
  format: "json-lines",
  confidence: 0.97,
  tried: [],
  state: "done",
  messages: [],
  bytes: 1000,
  bytesRead: 1000,
  read: 0,
  records: 0,
  deadLetters: 0,
  skipped: 0,
  skippedWhy: {},
  events: 0,
  from: null,
  to: null,
  tests: null,
  deadLettersDropped: 0,
  readAt: null,
  zone: "UTC",
  ...part,
});
