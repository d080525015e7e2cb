/** The window's end of the engine: the sender of a call is checked before anything of the call is looked at. */
import { ipcMain, type WebContents } from "electron";
import { PUSHES, type PushName, type PushPayload } from "../../shared/contract.ts";
import { failed, type Result } from "../../shared/failure.ts";
import { answerCall, type Handlers } from "./answer.ts";

/** `isOurs` says whether a call comes from the page that we opened ourselves. */
export function answerCalls(handlers: Handlers, isOurs: (sender: WebContents, url: string) => boolean): void {
  ipcMain.handle("faultline:call", async (event, name: unknown, input: unknown): Promise<Result<unknown>> => {
    if (event.senderFrame?.parent !== null || !isOurs(event.sender, event.senderFrame.url)) {
      return failed("forbidden", "Only the window of Faultline may call the engine.");
    }
    return await answerCall(handlers, name, input);
  });
}

export function push<N extends PushName>(target: WebContents, name: N, payload: PushPayload<N>): void {
  if (target.isDestroyed()) return;
  target.send("faultline:push", name, PUSHES[name].parse(payload));
}
