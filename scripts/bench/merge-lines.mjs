// One file of many, in the order of their times, as a collector would have written it; of any size in little memory.
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";

const CHUNK = 1 << 20;

/**
 * @param {readonly string[]} paths each in the order of its times @param {string} target
 * @param {(line: string) => string | null} timeOf comparable as text; null keeps a line behind the one before it
 * @param {(line: string) => void} [seen]
 * @returns {Promise<number>} lines written
 */
export async function mergeLines(paths, target, timeOf, seen = () => {}) {
  const out = createWriteStream(target);
  const heads = [];
  for (const path of paths) {
    const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity })[Symbol.asyncIterator]();
    const head = { lines, line: "", time: "" };
    if (await advance(head, timeOf)) heads.push(head);
  }
  let count = 0;
  let chunk = "";
  while (heads.length > 0) {
    const head = heads.reduce((first, other) => (other.time < first.time ? other : first));
    seen(head.line);
    chunk += `${head.line}\n`;
    count++;
    if (chunk.length >= CHUNK) {
      if (!out.write(chunk)) await once(out, "drain");
      chunk = "";
    }
    if (!(await advance(head, timeOf))) heads.splice(heads.indexOf(head), 1);
  }
  out.end(chunk);
  await once(out, "close");
  return count;
}

/** @param {{ lines: AsyncIterator<string>, line: string, time: string }} head @param {(line: string) => string | null} timeOf */
async function advance(head, timeOf) {
  const { done, value } = await head.lines.next();
  if (done === true) return false;
  head.line = value;
  head.time = timeOf(value) ?? head.time;
  return true;
}
