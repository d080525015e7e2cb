// The same bytes twice: as many small files, and as one. Cut from the lines of the input, and kept beside it.
import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ folder: string, one: string }} SmallFiles */

const LINES_A_FILE = 50;
const MOST_FILES = 5_000;
const READ_BYTES = 4 * 1_024 * 1_024;
const LINE_FEED = 10;

/** @param {string} lines a file of JSON lines @param {string} input the folder it lies in @returns {SmallFiles} */
export function smallFiles(lines, input) {
  const kept = join(input, "small-files");
  const made = { folder: join(kept, "many"), one: join(kept, "one.jsonl") };
  if (existsSync(kept)) return made;
  const making = `${kept}.part`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(join(making, "many"), { recursive: true });
  const one = openSync(join(making, "one.jsonl"), "w");
  let files = 0;
  for (const bytes of pieces(lines)) {
    writeFileSync(join(making, "many", `${String(files).padStart(4, "0")}.jsonl`), bytes);
    writeFileSync(one, bytes);
    files += 1;
    if (files === MOST_FILES) break;
  }
  closeSync(one);
  renameSync(making, kept);
  return made;
}

/** Whole lines, so many at a time. @param {string} path */
function* pieces(path) {
  const file = openSync(path, "r");
  try {
    let held = Buffer.alloc(0);
    for (;;) {
      const chunk = Buffer.alloc(READ_BYTES);
      const read = readSync(file, chunk);
      if (read === 0) break;
      held = Buffer.concat([held, chunk.subarray(0, read)]);
      for (let end = endOf(held); end > 0; end = endOf(held)) {
        yield held.subarray(0, end);
        held = held.subarray(end);
      }
    }
    if (held.length > 0) yield held;
  } finally {
    closeSync(file);
  }
}

/** Where the lines of a piece end; 0 when they are not all there. @param {Buffer} bytes */
function endOf(bytes) {
  let end = 0;
  for (let line = 0; line < LINES_A_FILE; line += 1) {
    end = bytes.indexOf(LINE_FEED, end) + 1;
    if (end === 0) return 0;
  }
  return end;
}
