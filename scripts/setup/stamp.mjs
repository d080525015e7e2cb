// A stamp is a small file that holds the hash of what a step was made from: same hash, nothing to do.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stateFolder } from "./paths.mjs";

/**
 * A hash of all parts, in order. Lengths are hashed too, so that moving bytes from one part to the next shows.
 * @param {...(string | Uint8Array)} parts
 * @returns {string}
 */
export function hashOf(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = typeof part === "string" ? Buffer.from(part) : part;
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest("hex").slice(0, 24);
}

/** @param {string} name @param {string} folder */
export function readStamp(name, folder = stateFolder) {
  try {
    return readFileSync(join(folder, `${name}.stamp`), "utf8").trim();
  } catch {
    return undefined;
  }
}

/** @param {string} name @param {string} hash @param {string} folder */
export function writeStamp(name, hash, folder = stateFolder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.stamp`), `${hash}\n`);
}
