// Whether out/ was made from the sources as they are now: a hash over the content of everything that goes in.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { hashOf } from "../setup/stamp.mjs";

/**
 * One hash of files and folders below `root`: of their names and contents, not of times, so that a checkout that comes
 * back to an older state is recognised. What does not exist counts as absent.
 * @param {string} root
 * @param {readonly string[]} paths
 * @returns {string}
 */
export function treeHash(root, paths) {
  const files = paths.flatMap((path) => filesBelow(root, path)).toSorted();
  return hashOf(...files.flatMap((file) => [file, readFileSync(join(root, file))]));
}

/** @param {string} root @param {string} path @returns {string[]} */
function filesBelow(root, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => filesBelow(root, `${path}/${name}`));
}
