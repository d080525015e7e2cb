// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT: section numbers below are its own.
/**
 * The directory of a zip archive, which stands at its end. Read entry by entry: one that is damaged or made to mislead
 * takes no other with it.
 */
import { FailureError } from "../../../../shared/failure.ts";
import type { ConnectorContext, Content } from "../connector.ts";
import { Window } from "./window.ts";
import { zipName } from "./zip-name.ts";

export interface ZipEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "link";
  /** 0: stored, 8: deflated, … (4.4.5) */
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Null, as its size, of an entry that the archive was cut in. */
  readonly crc: number | null;
  /** Compressed. */
  readonly packed: number;
  readonly size: number | null;
  /** Milliseconds since the epoch, at the latest; null when it does not say. */
  readonly modified: number | null;
  /** Where its local header begins. */
  readonly at: number;
  /** Of its name, which stands in the local header once more. */
  readonly nameBytes: number;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  readonly notes: readonly string[];
}

export const END = 0x06054b50;
const END_BYTES = 22;
const END64 = 0x06064b50;
const END64_BYTES = 56;
const LOCATOR64 = 0x07064b50;
const LOCATOR64_BYTES = 20;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LONGEST_COMMENT = 0xffff;

interface End {
  readonly size: number;
  /** Where the directory begins. */
  readonly at: number;
  /** Bytes that stand before the archive's own first one, as in a self-extracting one: all places count from there. */
  readonly before: number;
}

/** Null when the archive has none: it was cut. `most` entries are listed. */
export async function readZipDirectory(
  content: Content,
  { size, connector, path, most }: { size: number; connector: string; path: string; most: number },
  context: ConnectorContext,
): Promise<ZipDirectory | null> {
  const window = new Window(content, connector);
  const end = await findEnd(window, size, path, context);
  if (end === null) return null;
  const entries: ZipEntry[] = [];
  const notes: string[] = [];
  const directory = new Window(content, connector);
  const stop = Math.min(end.at + end.size, size);
  let at = end.at;
  while (at + ENTRY_BYTES <= stop && entries.length < most) {
    const header = viewOf(await directory.read(at, ENTRY_BYTES, context));
    if (header.byteLength < ENTRY_BYTES || header.getUint32(0, true) !== ENTRY) break;
    const length = header.getUint16(28, true) + header.getUint16(30, true) + header.getUint16(32, true);
    const whole = await directory.read(at, ENTRY_BYTES + length, context);
    if (whole.byteLength < ENTRY_BYTES + length) break;
    entries.push(entryOf(whole, end.before));
    at += whole.byteLength;
  }
  if (at < stop && entries.length < most)
    notes.push(`The directory of the archive is damaged at byte ${at}: what it lists behind that was not read.`);
  if (at < stop && entries.length === most)
    notes.push(`The archive holds more than ${most} entries: the others were not read. Unpack it to read them.`);
  return { entries, notes };
}

/** 4.3.16: the last record of the archive, behind which only a comment stands. */
async function findEnd(window: Window, size: number, path: string, context: ConnectorContext): Promise<End | null> {
  const from = Math.max(0, size - END_BYTES - LONGEST_COMMENT - LOCATOR64_BYTES);
  const tail = (await window.read(from, size - from, context)).slice();
  const view = viewOf(tail);
  for (let at = tail.byteLength - END_BYTES; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== END || at + END_BYTES + view.getUint16(at + 20, true) > tail.byteLength) continue;
    if (view.getUint16(at + 4, true) !== view.getUint16(at + 6, true)) {
      throw new FailureError("split-archive", `${path} is one part of several; join them to one zip and open that.`);
    }
    const length = view.getUint32(at + 12, true);
    const place = view.getUint32(at + 16, true);
    const isLarge = view.getUint16(at + 10, true) === 0xffff || length === 0xffffffff || place === 0xffffffff;
    const end64 = isLarge ? await findEnd64(window, from + at, context) : null;
    if (end64 !== null) return end64;
    const begin = Math.max(0, from + at - length);
    return { size: length, at: begin, before: Math.max(0, begin - place) };
  }
  return null;
}

/** 4.3.14 and 4.3.15: the same for what does not fit into 32 bits; its place stands right before the other one. */
async function findEnd64(window: Window, end: number, context: ConnectorContext): Promise<End | null> {
  const locator = viewOf((await window.read(end - LOCATOR64_BYTES, LOCATOR64_BYTES, context)).slice());
  if (locator.byteLength < LOCATOR64_BYTES || locator.getUint32(0, true) !== LOCATOR64) return null;
  // What stands before the archive moves it: it is looked for where it says, and right before its locator.
  for (const at of [Number(locator.getBigUint64(8, true)), end - LOCATOR64_BYTES - END64_BYTES]) {
    const record = viewOf(await window.read(at, END64_BYTES, context));
    if (record.byteLength < END64_BYTES || record.getUint32(0, true) !== END64) continue;
    const size = Number(record.getBigUint64(40, true));
    const begin = Math.max(0, at - size);
    const before = Math.max(0, begin - Number(record.getBigUint64(48, true)));
    return { size, at: begin, before };
  }
  return null;
}

/** 4.3.12 */
function entryOf(bytes: Uint8Array, before: number): ZipEntry {
  const view = viewOf(bytes);
  const nameEnd = ENTRY_BYTES + view.getUint16(28, true);
  const rawName = bytes.subarray(ENTRY_BYTES, nameEnd);
  const extra = extraFields(bytes.subarray(nameEnd, nameEnd + view.getUint16(30, true)));
  const flags = view.getUint16(8, true);
  const madeOn = view.getUint16(4, true) >> 8;
  const attributes = view.getUint32(38, true);
  const name = zipName(rawName, (flags & 0x800) !== 0, extra.get(0x7075));
  const [size, packed, at] = sizesOf(view, extra.get(1));
  const method = view.getUint16(10, true);
  return {
    name,
    kind: kindOf(name, madeOn, attributes),
    method,
    // 4.4.4: an entry's own encryption, or that of the whole directory; 99 is what WinZip writes for AES.
    isEncrypted: (flags & 0x2041) !== 0 || method === 99,
    crc: view.getUint32(16, true),
    packed,
    size,
    modified: modifiedOf(view, extra.get(0x5455)),
    at: at + before,
    nameBytes: rawName.byteLength,
  };
}

const UNIX = 3;
const MAC = 19;
const TYPE_OF_MODE = 0xf000;
const LINK_MODE = 0xa000;
const FOLDER_MODE = 0x4000;

function kindOf(name: string, madeOn: number, attributes: number): ZipEntry["kind"] {
  const mode = madeOn === UNIX || madeOn === MAC ? (attributes >>> 16) & TYPE_OF_MODE : 0;
  if (mode === LINK_MODE) return "link";
  return name.endsWith("/") || mode === FOLDER_MODE ? "folder" : "file";
}

/** 4.5.1: id, length, bytes. */
function extraFields(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>();
  const view = viewOf(bytes);
  for (let at = 0; at + 4 <= bytes.byteLength;) {
    const end = at + 4 + view.getUint16(at + 2, true);
    if (end > bytes.byteLength) break;
    fields.set(view.getUint16(at, true), bytes.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

/** 4.5.3: those that are all ones in the header stand here instead, in this order. */
function sizesOf(view: DataView, extra: Uint8Array | undefined): readonly [size: number, packed: number, at: number] {
  const large = viewOf(extra ?? new Uint8Array(0));
  let next = 0;
  const value = (at: number): number => {
    const short = view.getUint32(at, true);
    if (short !== 0xffffffff || next + 8 > large.byteLength) return short;
    next += 8;
    return Number(large.getBigUint64(next - 8, true));
  };
  return [value(24), value(20), value(42)];
}

const HOUR_MS = 3_600_000;
/** Times before it are what tools write that know none. */
const FIRST_TIME = Date.UTC(1990, 0);

/** By its extra field in UTC, or (4.4.6) in some zone of the world, which has it at the latest 12 hours behind UTC. */
function modifiedOf(view: DataView, extra: Uint8Array | undefined): number | null {
  const unix = extra !== undefined && extra.byteLength >= 5 && ((extra[0] ?? 0) & 1) === 1;
  if (unix) return knownTime(viewOf(extra).getInt32(1, true) * 1_000);
  const time = view.getUint16(12, true);
  const date = view.getUint16(14, true);
  const day = Date.UTC(1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31);
  return knownTime(day + ((time >> 11) * 3_600 + ((time >> 5) & 63) * 60 + (time & 31) * 2) * 1_000 + 12 * HOUR_MS);
}

export const knownTime = (milliseconds: number): number | null => (milliseconds >= FIRST_TIME ? milliseconds : null);

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
