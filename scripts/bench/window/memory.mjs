// Memory of each process of the app. Pages that processes share are told in equal parts (proportional set size), so that
// the sum counts each page once: https://docs.kernel.org/filesystems/proc.html (smaps_rollup). Linux only.
import { readFileSync } from "node:fs";

const EVERY_MS = 250;

/** @typedef {Record<string, number>} Memory bytes by kind of process, and their sum as "all" */

/** @param {import("./session.mjs").Session} session @returns {Promise<Memory>} */
export async function memoryOf({ app }) {
  const processes = await app.evaluate(({ app: running }) =>
    running.getAppMetrics().map(({ pid, type }) => ({ pid, type })),
  );
  /** @type {Memory} */
  const memory = { all: 0 };
  for (const { pid, type } of processes) {
    const bytes = proportionalSet(pid);
    const kind = KINDS[type] ?? "others";
    memory[kind] = (memory[kind] ?? 0) + bytes;
    memory.all += bytes;
  }
  return memory;
}

/** @type {Record<string, string>} */
const KINDS = { Browser: "main and engine", Tab: "window" };

/** The most that each kind, and all together, held while `work` ran. @param {import("./session.mjs").Session} session @param {() => Promise<unknown>} work @returns {Promise<Memory>} */
export async function peakMemoryDuring(session, work) {
  /** @type {Memory} */
  const peak = {};
  const ended = new AbortController();
  const watch = (async () => {
    while (!ended.signal.aborted) {
      for (const [kind, bytes] of Object.entries(await memoryOf(session)))
        peak[kind] = Math.max(peak[kind] ?? 0, bytes);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  })();
  try {
    await work();
  } finally {
    ended.abort();
    await watch;
  }
  return peak;
}

/** @param {number} pid */
function proportionalSet(pid) {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1"))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
