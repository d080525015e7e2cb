// Opens the built app in a real Electron, each time as a new user would: with an empty profile.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";

const root = join(import.meta.dirname, "..", "..", "..");

export interface LaunchOptions {
  /** Paths to open and switches of the app. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Keeps this profile after closing, to open it again. Without it: a fresh one, deleted at the end. */
  readonly userDataDir?: string;
}

export interface LaunchedApp {
  readonly app: ElectronApplication;
  /** The first window, with its document loaded. */
  readonly window: Page;
  readonly close: () => Promise<void>;
}

export async function launchApp({ args = [], env = {}, userDataDir }: LaunchOptions = {}): Promise<LaunchedApp> {
  const profile = userDataDir ?? mkdtempSync(join(tmpdir(), "faultline-e2e-"));
  const isRoot = process.getuid?.() === 0;
  const app = await _electron.launch({
    args: [root, `--user-data-dir=${profile}`, ...args],
    cwd: root,
    env: { ...ownEnvironment(), ...env },
    // Chromium refuses its sandbox to root; everyone else is tested with it, as in a packaged app.
    chromiumSandbox: !isRoot,
  });
  const close = async (): Promise<void> => {
    await app.close();
    if (userDataDir === undefined) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const window = await app.firstWindow();
    await window.waitForLoadState("domcontentloaded");
    // Keys are heard once the window knows what is open: the first screen, or a case.
    await window.locator("[data-pane=start], [role=group][aria-label^=Timeline]").first().waitFor();
    return { app, window, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function ownEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== "ELECTRON_RUN_AS_NODE",
  );
  return Object.fromEntries(entries);
}
