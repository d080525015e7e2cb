/** The one place where events become lines for the log and numbers for the statistics. */
import type { ErrorClass } from "./classify.ts";
import type { Emit, ResilienceEvent } from "./events.ts";
import type { Statistics } from "./statistics.ts";

/** A structured line; besides these it carries whatever else the event tells. */
export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly event: ResilienceEvent["type"];
  readonly name: string;
  readonly operation?: string;
  readonly attempt?: number;
  readonly maxAttempts?: number;
  readonly delayMs?: number;
  readonly errorClass?: ErrorClass | null;
}

export function logListener(write: (line: LogLine) => void, statistics: Statistics): Emit {
  return (event) => {
    if (event.type === "call") statistics.record(event);
    const level = levelOf(event);
    if (level === null) return;
    const { type, ...fields } = event;
    write({ level, event: type, ...fields });
  };
}

const LEVELS: Readonly<Record<ResilienceEvent["type"], LogLine["level"]>> = {
  call: "warn",
  retry: "warn",
  "gave-up": "error",
  timeout: "warn",
  breaker: "info",
  control: "info",
  refused: "warn",
  fallback: "warn",
  fault: "info",
};

/** Null for what is not worth a line: calls that succeeded or that somebody cancelled. */
function levelOf(event: ResilienceEvent): LogLine["level"] | null {
  const isFine = event.type === "call" && (event.errorClass === null || event.errorClass === "cancelled");
  if (isFine) return null;
  return event.type === "breaker" && event.to === "open" ? "error" : LEVELS[event.type];
}
