// One set-up or build of a checkout at a time: two `npm ci` in one folder destroy each other.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./paths.mjs";
import { say } from "./say.mjs";
import { hashOf } from "./stamp.mjs";

/**
 * Runs `work` while holding the lock of that name. A lock whose holder is dead is taken over.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const folder = join(tmpdir(), `faultline-${name}-${hashOf(root)}.lock`);
  let told = false;
  while (!tryLock(folder)) {
    if (!told) say(`Waiting for another ${name} of this checkout to end.`);
    told = true;
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tryLock(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (holderIsAlive(folder)) return false;
    rmSync(folder, { recursive: true, force: true });
    return false;
  }
  writeFileSync(join(folder, "pid"), String(process.pid));
  return true;
}

function holderIsAlive(folder) {
  let pid;
  try {
    pid = Number(readFileSync(join(folder, "pid"), "utf8"));
  } catch {
    return true; // taken this instant, its number not yet written
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
