/** Answers the window's calls: the sender is checked, input and output pass their schema, failures travel as values. */
import { ipcMain, type WebContents } from "electron";
import {
  CALLS,
  PUSHES,
  type CallInput,
  type CallName,
  type CallOutput,
  type PushName,
  type PushPayload,
} from "../../shared/contract.ts";
import { asFailure, failed, ok, type Result } from "../../shared/failure.ts";

export type Handlers = { readonly [N in CallName]: (input: CallInput<N>) => Promise<CallOutput<N>> | CallOutput<N> };

/** `isOurs` says whether a call comes from the page that we opened ourselves. */
export function answerCalls(handlers: Handlers, isOurs: (sender: WebContents, url: string) => boolean): void {
  ipcMain.handle("faultline:call", async (event, name: unknown, input: unknown): Promise<Result<unknown>> => {
    if (event.senderFrame?.parent !== null || !isOurs(event.sender, event.senderFrame.url)) {
      return failed("forbidden", "Only the window of Faultline may call the engine.");
    }
    if (!isCallName(name)) return failed("unknown-call", `There is no call "${String(name)}".`);
    return answer(name, handlers[name], input);
  });
}

async function answer<N extends CallName>(name: N, handler: Handlers[N], input: unknown): Promise<Result<unknown>> {
  const parsed = CALLS[name].input.safeParse(input);
  if (!parsed.success)
    return failed("invalid-input", `${name}: ${parsed.error.issues[0]?.message ?? "invalid input"}.`);
  try {
    const output: unknown = await handler(parsed.data as CallInput<N>);
    const checked = CALLS[name].output.safeParse(output);
    if (checked.success) return ok(checked.data);
    const issue = checked.error.issues[0];
    return failed(
      "internal",
      `${name} answered wrongly at ${issue?.path.join(".") ?? "?"}: ${issue?.message ?? "invalid"}.`,
    );
  } catch (thrown) {
    return { ok: false, failure: asFailure(thrown) };
  }
}

export function push<N extends PushName>(target: WebContents, name: N, payload: PushPayload<N>): void {
  if (target.isDestroyed()) return;
  target.send("faultline:push", name, PUSHES[name].parse(payload));
}

function isCallName(name: unknown): name is CallName {
  return typeof name === "string" && Object.hasOwn(CALLS, name);
}
