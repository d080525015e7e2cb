/** The one way to the engine: calls and pushes of the contract, validated here as they arrive. */
import { z } from "zod";
import {
  CALLS,
  PUSHES,
  type Bridge,
  type CallInput,
  type CallName,
  type CallOutput,
  type PushName,
  type PushPayload,
} from "../shared/contract.ts";
import { FailureError, type Result } from "../shared/failure.ts";

declare global {
  interface Window {
    readonly faultline: Bridge;
  }
}

// The window's policy forbids eval, which zod would otherwise compile its schemas with.
z.config({ jitless: true });

/** Answers with the call's output; throws {@link FailureError} for a failure that the engine expected. */
export async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = (await window.faultline.call(name, input)) as Result<unknown>;
  if (!answer.ok) throw new FailureError(answer.failure.reason, answer.failure.message);
  const parsed = CALLS[name].output.safeParse(answer.value);
  if (!parsed.success) throw mismatch(name, parsed.error);
  return parsed.data as CallOutput<N>;
}

/** A bug at one end of the contract, in a sentence; the issues themselves stand in its cause. */
function mismatch(name: CallName, error: z.ZodError): FailureError {
  const place = error.issues[0]?.path.join(".") ?? "";
  const message = `The engine's answer to ${name} is not what the window expects${place === "" ? "" : ` (${place})`}. Start Faultline again; if it comes back, report it.`;
  return new FailureError("internal", message, { cause: error });
}

/** Hears a push until the returned function is called. */
export function on<N extends PushName>(push: N, listener: (payload: PushPayload<N>) => void): () => void {
  const schema: z.ZodType = PUSHES[push];
  return window.faultline.on(push, (payload) => listener(schema.parse(payload) as PushPayload<N>));
}

/** Paths of dropped files, without those that have none on disk. */
export function pathsOf(files: FileList): readonly string[] {
  return Array.from(files, (file) => window.faultline.pathForFile(file)).filter((path) => path !== "");
}
