/** The one window: sandboxed, without Node, without navigation, pop-ups or permissions. */
import { join } from "node:path";
import { app, BrowserWindow, Menu, nativeTheme, screen, session } from "electron";
import { PAGE_URL } from "./app/page-protocol.ts";
import { readWindowState, restoredBounds, writeWindowState } from "./app/window-state.ts";

/** The page's own backgrounds, so that nothing flashes before it has painted. */
const BACKGROUND = { dark: "#16181b", light: "#f1f2f3" };

export function openWindow(preload: string): BrowserWindow {
  const stateFile = join(app.getPath("userData"), "window.json");
  const state = readWindowState(stateFile);
  const window = new BrowserWindow({
    ...restoredBounds(
      state,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: "Faultline",
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (state?.maximized === true) window.maximize();
  window.once("ready-to-show", () => window.show());
  window.on("close", () => {
    writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  // The page has menus of its own for all but the fields that people type into.
  window.webContents.on("context-menu", (_event, { isEditable, editFlags }) => {
    if (!isEditable) return;
    Menu.buildFromTemplate([
      { role: "undo", enabled: editFlags.canUndo },
      { role: "redo", enabled: editFlags.canRedo },
      { type: "separator" },
      { role: "cut", enabled: editFlags.canCut },
      { role: "copy", enabled: editFlags.canCopy },
      { role: "paste", enabled: editFlags.canPaste },
      { role: "selectAll", enabled: editFlags.canSelectAll },
    ]).popup({ window });
  });
  void window.loadURL(PAGE_URL);
  return window;
}

/** Holds for every page of the app: it stays where it is and gets nothing it did not bring. */
export function lockDownContents(): void {
  app.on("web-contents-created", (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
    contents.on("will-navigate", (event) => event.preventDefault());
    contents.on("will-attach-webview", (event) => event.preventDefault());
  });
  session.defaultSession.setPermissionRequestHandler((_contents, permission, callback) =>
    callback(permission === "clipboard-sanitized-write"),
  );
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission) => permission === "clipboard-sanitized-write",
  );
}
