/** What a case that was made by dropping is called, and where it lies. */
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, extname, join, resolve, sep } from "node:path";
import { connectorForAddress } from "./connectors/registry.ts";

export const CASE_EXTENSION = ".faultline";

export const isCaseFile = (path: string): boolean => extname(path) === CASE_EXTENSION;

/** The name of the one path, or of the folder that holds them all; of addresses alone, the first one's host. */
export function titleOf(paths: readonly string[]): string {
  const files = paths.filter((path) => connectorForAddress(path) === null);
  if (files.length === 0 && paths.length > 0) return hostIn(paths[0] ?? "");
  const [first = "", ...others] = files.map((path) => resolve(path));
  if (others.length === 0)
    return basename(first).replace(/(?:\.(?:gz|tgz|zst|tzst|tar|zip|jsonl?|ndjson|csv|log|txt|xml))+$/iu, "") || "case";
  let folder = dirname(first);
  const holdsAll = (): boolean => others.every((path) => path.startsWith(folder.endsWith(sep) ? folder : folder + sep));
  // Two drives of Windows have none in common.
  while (!holdsAll() && dirname(folder) !== folder) folder = dirname(folder);
  return basename(folder) || "case";
}

/** Without whatever name and password stands before it. */
function hostIn(address: string): string {
  try {
    return new URL(address.slice(address.indexOf(":") + 1)).host || "case";
  } catch {
    return "case";
  }
}

/** Whether both paths lead to one file, be it over a link or in letters that the system does not tell apart. */
export const isSameFile = (a: string, b: string): boolean => a === b || realPathOf(a) === realPathOf(b);

function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** A file in `folder` that is not there yet. */
export function newCaseFile(folder: string, title: string, now: Date): string {
  const name = title.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80) || "case";
  const stem = `${name}-${now.toISOString().slice(0, 19).replaceAll(":", "")}`;
  for (let count = 1; ; count += 1) {
    const file = join(folder, `${count === 1 ? stem : `${stem}-${count}`}${CASE_EXTENSION}`);
    if (!existsSync(file)) return file;
  }
}
