import type { IpcMainInvokeEvent, WebContents } from "electron";
import { describe, expect, it, vi } from "vitest";
import type { Handlers } from "../../../src/main/ipc/answer.ts";
import { answerCalls } from "../../../src/main/ipc/router.ts";

type Listener = (event: unknown, ...input: unknown[]) => unknown;
const listeners = vi.hoisted(() => new Map<string, unknown>());
vi.mock("electron", () => ({
  ipcMain: { handle: (channel: string, listener: unknown) => void listeners.set(channel, listener) },
}));

const OURS = "app://faultline/index.html";
const page = {} as WebContents;

function ask(event: Partial<Record<keyof IpcMainInvokeEvent, unknown>>): Promise<unknown> {
  const handlers = { "case.info": () => null } as unknown as Handlers;
  answerCalls(handlers, (sender, url) => sender === page && url === OURS);
  return Promise.resolve((listeners.get("faultline:call") as Listener)(event, "case.info", null));
}

describe("a call to the engine", () => {
  it("is answered when the page itself asks", async () => {
    expect(await ask({ sender: page, senderFrame: { parent: null, url: OURS } })).toEqual({ ok: true, value: null });
  });

  it.each([
    ["a frame within the page", { sender: page, senderFrame: { parent: {}, url: OURS } }],
    ["another page in the window", { sender: page, senderFrame: { parent: null, url: "https://elsewhere.example/" } }],
    ["another window", { sender: {}, senderFrame: { parent: null, url: OURS } }],
    ["a frame that is gone", { sender: page, senderFrame: null }],
  ])("is refused from %s", async (_, event) => {
    expect(await ask(event)).toMatchObject({ ok: false, failure: { reason: "forbidden" } });
  });
});
