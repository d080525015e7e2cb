/** What a person wrote on the timeline, empty but for what a test says of it. */
import type { NewEvent } from "../../src/shared/model/event.ts";
import { micros } from "../../src/shared/units.ts";

export const manualEvent = (change: Partial<NewEvent>): NewEvent => ({
  time: micros(0),
  endTime: null,
  source: "MANUAL",
  kind: "note",
  severity: "INFO",
  service: null,
  title: "",
  description: "",
  traceId: null,
  spanId: null,
  requestId: null,
  correlationId: null,
  reference: null,
  confidence: 1,
  fingerprint: "",
  metadata: {},
  tags: [],
  ...change,
});
