/** Joins the engine's calls with the few that need the application around it. */
import { app, dialog, type BrowserWindow, type OpenDialogOptions } from "electron";
import type { CallInput } from "../../shared/contract.ts";
import type { Workbench } from "../engine/workbench.ts";
import type { Handlers } from "./answer.ts";
import { NamedFiles } from "./named-files.ts";
import { saveReport } from "./save-report.ts";

const CASE_FILTER = { name: "Faultline case", extensions: ["faultline"] };

const LETTERS_FILTER = { name: "Dead letters (JSON lines)", extensions: ["jsonl"] };

const DIALOGS: Readonly<Record<"files" | "folder" | "case" | "letters", OpenDialogOptions>> = {
  files: { title: "Open dumps", properties: ["openFile", "multiSelections", "showHiddenFiles"] },
  folder: { title: "Open a folder of dumps", properties: ["openDirectory"] },
  case: { title: "Open a case", properties: ["openFile"], filters: [CASE_FILTER] },
  letters: { title: "Import dead letters", properties: ["openFile"], filters: [LETTERS_FILTER] },
};

const SAVE_DIALOGS = {
  "save-case": { title: "Save a copy of the case", filters: [CASE_FILTER] },
  "save-letters": { title: "Export dead letters", defaultPath: "dead-letters.jsonl", filters: [LETTERS_FILTER] },
} as const;

async function choose(
  window: BrowserWindow,
  what: CallInput<"app.choose">["what"],
  named: NamedFiles,
): Promise<string[] | null> {
  if (what === "save-case" || what === "save-letters") {
    const { title, filters, ...more } = SAVE_DIALOGS[what];
    const answer = await dialog.showSaveDialog(window, { title, filters: [...filters], ...more });
    if (answer.canceled) return null;
    named.add(answer.filePath);
    return [answer.filePath];
  }
  const answer = await dialog.showOpenDialog(window, DIALOGS[what]);
  return answer.canceled || answer.filePaths.length === 0 ? null : answer.filePaths;
}

export function createHandlers(workbench: Workbench, samplePath: string, window: () => BrowserWindow): Handlers {
  const named = new NamedFiles();
  return {
    ...workbench.calls,
    ...named.guard(workbench.calls),
    "app.info": async () => ({
      version: app.getVersion(),
      platform: process.platform,
      samplePath,
      localZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      recent: await workbench.recentCases(),
      openCase: await workbench.calls["case.info"](undefined),
    }),
    "app.choose": ({ what }) => choose(window(), what, named),
    "app.saveReport": (report) => saveReport(window(), report),
  };
}
