// Reads single entries out of a zip with what Node itself has, so that set-up needs no tool of the host.
// Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (no zip64, no encryption: ours has neither).
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LONGEST_COMMENT = 65_535;

/**
 * @param {string} file
 * @returns {{ entries: { name: string, mode: number, read: () => Buffer }[], close: () => void }}
 */
export function openZip(file) {
  const fd = openSync(file, "r");
  const size = statSync(file).size;
  const at = (position, length) => {
    const bytes = Buffer.alloc(length);
    let done = 0;
    while (done < length) {
      const n = readSync(fd, bytes, done, length - done, position + done);
      if (n === 0) throw new Error(`${file} ends early, at byte ${position + done}`);
      done += n;
    }
    return bytes;
  };

  const tail = at(Math.max(0, size - 22 - LONGEST_COMMENT), Math.min(size, 22 + LONGEST_COMMENT));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) throw new Error(`${file} is not a zip file`);

  const count = tail.readUInt16LE(end + 10);
  const directory = at(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries = [];
  for (let i = 0, p = 0; i < count; i += 1) {
    if (directory.readUInt32LE(p) !== DIRECTORY_ENTRY) throw new Error(`${file}: broken directory at entry ${i}`);
    const method = directory.readUInt16LE(p + 10);
    const compressed = directory.readUInt32LE(p + 20);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((o) => directory.readUInt16LE(p + o));
    const mode = directory.readUInt32LE(p + 38) >>> 16;
    const offset = directory.readUInt32LE(p + 42);
    const name = directory.toString("utf8", p + 46, p + 46 + nameLength);
    const read = () => {
      const header = at(offset, 30);
      const bytes = at(offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28), compressed);
      return method === 0 ? bytes : inflateRawSync(bytes);
    };
    entries.push({ name, mode, read });
    p += 46 + nameLength + extraLength + commentLength;
  }
  return { entries, close: () => closeSync(fd) };
}
