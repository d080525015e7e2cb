import { describe, expect, it } from "vitest";
import { pinOfEvent, pinOfRecord } from "../../../../src/renderer/notes/pin.ts";
import { newNote } from "../../../../src/renderer/notes/note.ts";

const record = {
  ref: "s12:40",
  time: 5_000,
  nanos: 0,
  digits: 3,
  kind: "log" as const,
  level: 5,
  service: "pay",
  message: "\nconnection refused\n  at Pool.take",
  sourceId: 12,
  line: 41,
  fields: [],
  raw: new Uint8Array(),
  path: "/dumps/pay.log",
  format: "text",
  offset: 900,
  length: 40,
  duration: null,
  value: null,
  name: null,
  traceId: "t1",
  spanId: null,
  parentId: null,
  requestId: null,
  correlationId: null,
};

describe("a pin", () => {
  it("says what the record says, where it stands, and leads back to it", () => {
    expect(pinOfRecord(record, 5_000)).toMatchObject({
      kind: "note",
      source: "MANUAL",
      time: 5_000,
      severity: "HIGH",
      service: "pay",
      title: "connection refused",
      description: "pay.log:41",
      traceId: "t1",
      reference: { sourceId: 12, offset: 900, length: 40, record: "s12:40" },
      tags: ["pinned"],
    });
  });

  it("keeps its title to what a list can hold, and gives a record without a message one", () => {
    expect(pinOfRecord({ ...record, message: "x".repeat(5_000) }, 1).title).toHaveLength(301);
    expect(pinOfRecord({ ...record, message: " \n" }, 1).title).toBe("Without a message");
  });

  it("of an event stays apart from the event, which detectors may find anew", () => {
    const burst = {
      ...newNote({ time: 1, severity: "HIGH", service: null, title: "36 errors", description: "", tags: ["x"] }, "f"),
      id: 3,
    };
    const pin = pinOfEvent({ ...burst, kind: "error-burst", source: "LOGS" });
    expect(pin).toMatchObject({ kind: "note", source: "MANUAL", fingerprint: "pin f", tags: ["x", "pinned"] });
    expect(pin).not.toHaveProperty("id");
  });
});
