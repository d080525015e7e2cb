// Packs a few small files into Electron's archive format: a pickled JSON header, then the files end to end.
// Format: https://github.com/electron/asar#format
/**
 * @param {Record<string, Buffer>} files by name, in one flat folder
 * @returns {Buffer}
 */
export function packAsar(files) {
  const header = { files: {} };
  let offset = 0;
  for (const [name, bytes] of Object.entries(files)) {
    header.files[name] = { size: bytes.length, offset: String(offset) };
    offset += bytes.length;
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Math.ceil(json.length / 4) * 4;
  const head = Buffer.alloc(16 + padded);
  head.writeUInt32LE(4, 0); // size of the size pickle's payload
  head.writeUInt32LE(8 + padded, 4); // size of the header pickle
  head.writeUInt32LE(4 + padded, 8); // size of the header pickle's payload
  head.writeUInt32LE(json.length, 12);
  json.copy(head, 16);
  return Buffer.concat([head, ...Object.values(files)]);
}
