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
  return CALLS[name].output.parse(answer.value) as CallOutput<N>;
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
