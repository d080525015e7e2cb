/** The application: one instance, one window, one engine, and who opens what. */
import { once } from "node:events";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { app, safeStorage, type BrowserWindow } from "electron";
import { parseLaunchOptions, ownArguments, type LaunchOptions } from "./app/launch-options.ts";
import { PAGE_URL, registerPageScheme, servePage } from "./app/page-protocol.ts";
import { picture, summarise } from "./app/report.ts";
import { systemCipher } from "./app/system-cipher.ts";
import { asFailure } from "../shared/failure.ts";
import { PUSHES, type PushName } from "../shared/contract.ts";
import { createWorkbench, type Workbench } from "./engine/workbench.ts";
import { createHandlers } from "./ipc/handlers.ts";
import { answerCalls, push } from "./ipc/router.ts";
import { installMenu } from "./menu.ts";
import { lockDownContents, openWindow } from "./window.ts";

/** The page asks for its first rows after it was told that the import has ended; then it is worth a picture. */
const SETTLE_MS = 1_500;

const options = parseLaunchOptions(ownArguments(process.argv, app.isPackaged), process.cwd());

if (app.requestSingleInstanceLock({ paths: options.paths })) {
  registerPageScheme();
  void app.whenReady().then(() => run(options));
} else {
  process.stdout.write("Faultline is open already: its window was brought to the front.\n");
  app.quit();
}

function run(launch: LaunchOptions): void {
  const resources = app.isPackaged ? process.resourcesPath : join(app.getAppPath(), "resources");
  const samplePath = join(resources, "sample-incident");
  const workbench = createWorkbench({
    dataFolder: dataFolder(),
    workersFolder: import.meta.dirname,
    environment: process.env,
    switches: launch.settings,
    cipher: systemCipher(safeStorage, process.platform),
  });
  let window: BrowserWindow | null = null;
  const currentWindow = (): BrowserWindow => {
    window ??= createWindow();
    return window;
  };
  const createWindow = (): BrowserWindow => {
    const created = openWindow(join(import.meta.dirname, "../preload/index.cjs"));
    created.on("closed", () => {
      window = null;
    });
    // The page is there and nobody has dropped anything yet.
    created.webContents.once("did-finish-load", () => workbench.warm());
    return created;
  };

  servePage(join(import.meta.dirname, "../renderer"));
  lockDownContents();
  installMenu(() => window);
  answerCalls(
    createHandlers(workbench, samplePath, currentWindow),
    (sender, url) => sender === window?.webContents && url.split(/[?#]/, 1)[0] === PAGE_URL,
  );
  for (const name of Object.keys(PUSHES) as PushName[]) {
    workbench.on(name, (payload) => {
      if (window !== null) push(window.webContents, name, payload);
    });
  }

  currentWindow();
  void openPaths(workbench, launch.paths, () => window).then(() => report(workbench, launch, () => window));

  app.on("second-instance", (_event, argv, cwd, data) => {
    const target = currentWindow();
    if (target.isMinimized()) target.restore();
    target.focus();
    const paths = pathsOf(data) ?? parseLaunchOptions(ownArguments(argv, app.isPackaged), cwd).paths;
    void openPaths(workbench, paths, () => window);
  });
  app.on("open-file", (event, path) => {
    event.preventDefault();
    void openPaths(workbench, [path], () => window);
  });
  app.on("activate", currentWindow);
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  closeBeforeQuit(workbench);
}

/** The command line obeys the same variable, so that both speak of the same settings. */
function dataFolder(): string {
  const named = process.env["FAULTLINE_DATA"];
  return named === undefined || named === "" ? app.getPath("userData") : resolve(named);
}

/** Opens what a start names; a failure is shown in the window, and told on stderr for a start from a terminal. */
async function openPaths(
  workbench: Workbench,
  paths: readonly string[],
  window: () => BrowserWindow | null,
): Promise<void> {
  if (paths.length === 0) return;
  try {
    await workbench.openPaths(paths);
  } catch (thrown) {
    const failure = asFailure(thrown);
    process.stderr.write(`${failure.message}\n`);
    const target = window();
    if (target === null) return;
    const tell = (): void => push(target.webContents, "app.failure", failure);
    if (target.webContents.isLoading()) target.webContents.once("did-finish-load", tell);
    else tell();
  }
}

async function report(workbench: Workbench, launch: LaunchOptions, window: () => BrowserWindow | null): Promise<void> {
  if (!launch.summary && launch.screenshot === null) return;
  await workbench.idle();
  const info = await workbench.calls["case.info"](undefined);
  if (launch.summary && info !== null) {
    process.stdout.write(`${summarise(info, await workbench.calls["sources.list"](undefined))}\n`);
  }
  if (launch.screenshot === null) return;
  const target = window();
  if (target === null) return;
  if (target.webContents.isLoading()) await once(target.webContents, "did-finish-load");
  await sleep(SETTLE_MS);
  await picture(target, launch.screenshot);
}

/** The engine closes its case and ends its threads before the process goes. */
function closeBeforeQuit(workbench: Workbench): void {
  let closed = false;
  app.on("before-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    void workbench.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}

function pathsOf(data: unknown): readonly string[] | null {
  if (typeof data !== "object" || data === null || !("paths" in data) || !Array.isArray(data.paths)) return null;
  return data.paths.filter((path): path is string => typeof path === "string");
}
