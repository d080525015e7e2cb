import { describe, expect, it } from "vitest";
import { RecordTemplates } from "../../../src/main/engine/ingest/record-templates.ts";
import { Level } from "../../../src/shared/model/level.ts";
import type { RecordInput } from "../../../src/shared/model/record.ts";

const record = (message: string, kind: RecordInput["kind"] = "log"): RecordInput => ({
  kind,
  level: Level.info,
  message,
  time: null,
  service: null,
});

describe("what is stored of a message", () => {
  it("is its skeleton, whatever its level", () => {
    expect(new RecordTemplates().of(record("slow 3"))).toBe("slow <*>");
  });

  it("is nothing of a span, and of a record without a message", () => {
    expect(new RecordTemplates().of(record("GET /", "span"))).toBeNull();
    expect(new RecordTemplates().of(record(""))).toBeNull();
  });
});
