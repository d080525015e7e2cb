// Where set-up reads and writes: the checkout, its node_modules, and the user's cache folder.
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(fileURLToPath(new URL("../..", import.meta.url)));
export const nodeModules = join(root, "node_modules");
const binFolder = join(nodeModules, ".bin");

/** Stamps and the compiled addon live here: `npm ci` deletes them together with what they describe. */
export const stateFolder = join(nodeModules, ".faultline");

/** What is slow to make (the stand-in runtime, the compiled addon), shared by all checkouts of one user. */
export function cacheFolder() {
  if (process.env.FAULTLINE_CACHE) return resolve(process.env.FAULTLINE_CACHE);
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "faultline");
  if (process.platform === "win32") {
    return join(process.env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "faultline", "cache");
  }
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "faultline");
}

/** The Node 24 of the lock file where there is one for this system, else the Node that runs this script. */
export function nodeBinary() {
  const own = join(binFolder, process.platform === "win32" ? "node.exe" : "node");
  return existsSync(own) ? own : process.execPath;
}

/** PATH without any node_modules/.bin: npm must not run on a Node that it is about to delete. */
export function pathOutsideCheckout(path = process.env.PATH ?? "") {
  return path
    .split(delimiter)
    .filter((folder) => !folder.endsWith(`node_modules${sep}.bin`))
    .join(delimiter);
}

/** The first of PATH's folders that holds `name`, as a whole path. */
export function findOnPath(name, path = process.env.PATH ?? "") {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}
