/**
 * What a parser thread reads while nobody has dropped anything yet, so that its code is compiled when somebody does: a
 * few lines of each of the commonest dialects. What it makes of them is let go of.
 */
import { micros } from "../../../shared/units.ts";
import type { WholeSource } from "./protocol.ts";

/** V8 compiles a function when it first runs; lines beyond these make nothing faster. */
const LINES = 120;
const START_MS = Date.UTC(2026, 0, 1);
/** Uneven, as times of logs are. */
const STEP_MS = 137;

type LineOf = (index: number, time: string) => string;

const jsonLine: LineOf = (index, time) =>
  JSON.stringify({
    timestamp: time,
    level: index % 7 === 0 ? "error" : "info",
    service: `service-${index % 3}`,
    message: `request ${index} took ${index * 3} ms`,
    trace_id: (index * 7919).toString(16).padStart(32, "0"),
    status: 200 + (index % 3),
  });

const textLine: LineOf = (index, time) =>
  `${time} ${index % 7 === 0 ? "ERROR" : "INFO"} [main] app.Server - request ${index} took ${index * 3} ms`;

const logfmtLine: LineOf = (index, time) =>
  `time=${time} level=${index % 7 === 0 ? "error" : "info"} msg="request ${index} is done" took=${index * 3}ms`;

const DIALECTS: Readonly<Record<string, LineOf>> = { "a.jsonl": jsonLine, "b.log": textLine, "c.log": logfmtLine };

export function rehearsal(): readonly WholeSource[] {
  return Object.entries(DIALECTS).map(([name, lineOf]) => {
    const lines = Array.from({ length: LINES }, (_, index) => {
      const time = new Date(START_MS + index * STEP_MS).toISOString();
      return `${lineOf(index, time)}\n`;
    });
    return {
      start: { name, format: null, zone: "UTC", now: micros(START_MS * 1_000) },
      chunks: [new TextEncoder().encode(lines.join(""))],
      cut: false,
      keepsLetters: false,
    };
  });
}
