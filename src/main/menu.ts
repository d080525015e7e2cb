/** The application menu. Items of ours send a command of the window's registry, so that menu, keys and palette agree. */
import { app, Menu, type BrowserWindow, type MenuItemConstructorOptions } from "electron";
import { push } from "./ipc/router.ts";

export function installMenu(window: () => BrowserWindow | null): void {
  const command = (label: string, id: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => {
      const target = window();
      if (target !== null) push(target.webContents, "app.command", { command: id });
    },
  });
  const separator: MenuItemConstructorOptions = { type: "separator" };
  const isMac = process.platform === "darwin";

  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: "appMenu" } satisfies MenuItemConstructorOptions] : []),
    {
      label: "&File",
      submenu: [
        command("Open Files…", "case.openFiles", "CmdOrCtrl+O"),
        command("Open Folder…", "case.openFolder", "CmdOrCtrl+Shift+O"),
        command("Open Case…", "case.openCase"),
        { role: "recentDocuments", submenu: [{ role: "clearRecentDocuments" }] },
        separator,
        command("Add to This Case…", "case.addFiles"),
        command("Save a Copy of the Case…", "case.saveCopy", "CmdOrCtrl+Shift+S"),
        command("Close Case", "case.close", "CmdOrCtrl+W"),
        separator,
        command("Settings…", "view.settings", "CmdOrCtrl+,"),
        separator,
        isMac ? { role: "close", accelerator: "CmdOrCtrl+Shift+W" } : { role: "quit" },
      ],
    },
    { role: "editMenu" },
    {
      label: "&View",
      submenu: [
        command("Command Palette…", "palette.open", "CmdOrCtrl+K"),
        command("Find", "filter.focus", "CmdOrCtrl+F"),
        separator,
        command("Fit the Whole Incident", "timeline.fit"),
        separator,
        command("Switch Theme", "theme.toggle"),
        { role: "resetZoom" },
        { role: "zoomIn" },
        { role: "zoomOut" },
        { role: "togglefullscreen" },
        ...(app.isPackaged ? [] : [separator, { role: "toggleDevTools" } satisfies MenuItemConstructorOptions]),
      ],
    },
    { role: "windowMenu" },
    { role: "help", submenu: [command("Keyboard Shortcuts", "help.keys"), { role: "about" }] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
