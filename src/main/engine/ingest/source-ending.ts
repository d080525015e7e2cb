/** What is said of a source that has been read, or could not be. */
import { asFailure, FailureError, type Failure } from "../../../shared/failure.ts";
import type { SourceState } from "../../../shared/model/source.ts";

/** `said` so far, after what the state itself has to tell. */
export function endMessages(state: SourceState, said: readonly string[], failure: Failure | null): string[] {
  const messages = [...said];
  if (failure !== null && state === "failed" && !messages.includes(failure.message)) messages.unshift(failure.message);
  if (state === "not-recognised") {
    messages.unshift("No known format fits; what was tried is listed. It can be read as plain text.");
  }
  return messages;
}

/** `format` is undefined while it is being recognised; `bytes` are stored. */
export function stalled(
  operation: string,
  format: string | null | undefined,
  stallMs: number,
  bytes: number,
): FailureError {
  const where = operation === "end" ? "at the end" : `after byte ${bytes}`;
  return new FailureError(
    "parser-stalled",
    `The format ${format ?? "(being recognised)"} did not answer within ${stallMs / 1_000} s ${where} and was stopped. What was stored before is kept; read it as another format, or cut the file there.`,
  );
}

/** A fault of a parser, or what else ended the reading. `bytes` are stored. */
export function failureOf(thrown: unknown, bytes: number): Failure {
  const failure = asFailure(thrown);
  if (failure.reason !== "internal" && failure.reason !== "worker-ended") return failure;
  return {
    reason: "parser-failed",
    message: `Reading stopped after byte ${bytes}: ${failure.message} What was stored before is kept.`,
  };
}
