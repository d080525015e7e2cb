/** The only door between the window and the engine: three functions, no logic. */
import { contextBridge, ipcRenderer, webUtils } from "electron";
import type { Bridge } from "../shared/contract.ts";

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke("faultline:call", name, input),
  on: (name, listener) => {
    const receive = (_event: unknown, pushed: string, payload: unknown): void => {
      if (pushed === name) listener(payload);
    };
    ipcRenderer.on("faultline:push", receive);
    return () => ipcRenderer.removeListener("faultline:push", receive);
  },
  pathForFile: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld("faultline", bridge);
