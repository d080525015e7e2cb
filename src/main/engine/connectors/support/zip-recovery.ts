// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT: section numbers below are its own.
/** The entries of a zip archive that was cut, and so has no directory, by the headers that stand before each. */
import type { ConnectorContext, Content } from "../connector.ts";
import { Window } from "./window.ts";
import { viewOf, type ZipDirectory, type ZipEntry } from "./zip-directory.ts";
import { zipName } from "./zip-name.ts";

export const LOCAL = 0x04034b50;
export const LOCAL_BYTES = 30;
const DESCRIPTOR = 0x08074b50;
const DESCRIPTOR_BYTES = 16;
const HAS_DESCRIPTOR = 8;
const SEARCHED_BYTES = 64 * 1_024;

interface Archive {
  readonly window: Window;
  readonly size: number;
  readonly context: ConnectorContext;
}

export async function findZipEntries(
  content: Content,
  { size, connector, most }: { size: number; connector: string; most: number },
  context: ConnectorContext,
): Promise<ZipDirectory> {
  const archive = { window: new Window(content, connector), size, context };
  const entries: ZipEntry[] = [];
  let at = 0;
  while (entries.length < most) {
    const entry = await entryAt(at, archive);
    if (entry === null) break;
    entries.push(entry.entry);
    at = entry.end;
  }
  const notes = [
    `The archive is cut: its directory, which stands at the end, is missing. ${entries.length === 1 ? "1 entry was" : `${entries.length} entries were`} found before byte ${Math.min(at, size)}.`,
  ];
  return { entries, notes };
}

/** 4.3.7 */
async function entryAt(at: number, archive: Archive): Promise<{ entry: ZipEntry; end: number } | null> {
  const { window, size, context } = archive;
  const header = viewOf((await window.read(at, LOCAL_BYTES, context)).slice());
  if (header.byteLength < LOCAL_BYTES || header.getUint32(0, true) !== LOCAL) return null;
  const nameBytes = header.getUint16(26, true);
  const data = at + LOCAL_BYTES + nameBytes + header.getUint16(28, true);
  if (data > size) return null;
  const rawName = (await window.read(at + LOCAL_BYTES, nameBytes, context)).slice();
  const flags = header.getUint16(6, true);
  const name = zipName(rawName, (flags & 0x800) !== 0, undefined);
  const isDescribed = (flags & HAS_DESCRIPTOR) !== 0 && header.getUint32(18, true) === 0;
  const found = isDescribed ? await findDescriptor(data, archive) : null;
  const packed = found?.packed ?? (isDescribed ? size - data : header.getUint32(18, true));
  const method = header.getUint16(8, true);
  const entry: ZipEntry = {
    name,
    kind: name.endsWith("/") ? "folder" : "file",
    method,
    isEncrypted: (flags & 0x2041) !== 0 || method === 99,
    crc: isDescribed ? (found?.crc ?? null) : header.getUint32(14, true),
    packed,
    size: isDescribed ? (found?.size ?? null) : header.getUint32(22, true),
    modified: null,
    at,
    nameBytes,
  };
  return { entry, end: found?.end ?? data + packed };
}

interface Descriptor {
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly end: number;
}

/** 4.3.9: behind the bytes of an entry whose length was not known before. It is one if it tells its own distance. */
async function findDescriptor(from: number, { window, size, context }: Archive): Promise<Descriptor | null> {
  for (let at = from; at + DESCRIPTOR_BYTES <= size;) {
    const bytes = Buffer.from(await window.read(at, SEARCHED_BYTES, context));
    for (let found = bytes.indexOf("PK\u0007\b", 0, "latin1"); found >= 0;) {
      if (found + DESCRIPTOR_BYTES > bytes.byteLength) break;
      if (bytes.readUInt32LE(found) === DESCRIPTOR && bytes.readUInt32LE(found + 8) === at + found - from) {
        const [crc, packed, unpacked] = [4, 8, 12].map((place) => bytes.readUInt32LE(found + place));
        return { crc: crc ?? 0, packed: packed ?? 0, size: unpacked ?? 0, end: at + found + DESCRIPTOR_BYTES };
      }
      found = bytes.indexOf("PK\u0007\b", found + 1, "latin1");
    }
    // One that stands over the border is met again.
    at += Math.max(1, bytes.byteLength - DESCRIPTOR_BYTES + 1);
  }
  return null;
}
