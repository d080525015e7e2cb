// One trace of many spans as Jaeger exports it: a deep chain of calls with fans of different widths.
import { writeFileSync } from "node:fs";

const START = Date.parse("2026-03-17T13:00:00Z") * 1_000;
const SERVICES = 12;

/** @param {string} file @param {number} spans */
export function writeLargeTrace(file, spans) {
  const traceID = "5eed".padStart(32, "0");
  const id = (index) => (index + 1).toString(16).padStart(16, "0");
  const list = Array.from({ length: spans }, (_, index) => {
    const parent = parentOf(index);
    const share = index / spans;
    return {
      traceID,
      spanID: id(index),
      operationName: `step-${index % 40}`,
      references: index === 0 ? [] : [{ refType: "CHILD_OF", traceID, spanID: id(parent) }],
      startTime: START + Math.floor(share * 60_000_000),
      duration: index === 0 ? 61_000_000 : 200 + ((index * 7919) % 90_000),
      processID: `p${index % SERVICES}`,
      tags: index % 97 === 0 ? [{ key: "error", type: "bool", value: true }] : [],
      logs: [],
    };
  });
  const processes = Object.fromEntries(
    Array.from({ length: SERVICES }, (_, index) => [`p${index}`, { serviceName: `service-${index}`, tags: [] }]),
  );
  writeFileSync(file, JSON.stringify({ data: [{ traceID, spans: list, processes }] }));
  return traceID;
}

/** Every seventh span opens a level, the others are its children. @param {number} index */
const parentOf = (index) => (index % 7 === 0 ? Math.max(0, index - 7) : index - (index % 7));
