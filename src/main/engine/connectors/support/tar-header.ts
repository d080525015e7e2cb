// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html: "ustar Interchange Format", "pax Extended Header"
// https://www.gnu.org/software/tar/manual/html_node/Standard.html: what GNU tar writes beside it
/** The header of 512 bytes that stands before each entry of a tar archive. */
import { utf8OrNull } from "./zip-name.ts";

export const BLOCK_BYTES = 512;

export interface TarHeader {
  readonly name: string;
  /** One character: "0" a file, "5" a folder, "x" more about the next entry … */
  readonly type: string;
  readonly size: number;
  /** Seconds since the epoch. */
  readonly modified: number;
  /** GNU sparse: its map goes on in the next block. */
  readonly isExtended: boolean;
}

/** Null where none stands: its checksum tells. */
export function tarHeader(block: Uint8Array): TarHeader | null {
  if (block.byteLength < BLOCK_BYTES || block[0] === 0 || !hasChecksum(block)) return null;
  const size = numberAt(block, 124, 12);
  if (size === null) return null;
  const prefix = isPosix(block) ? textAt(block, 345, 155) : "";
  const name = textAt(block, 0, 100);
  const type = String.fromCharCode(block[156] ?? 0);
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    // Before there were types, a folder's name ended with a slash.
    type: type === "\0" ? (name.endsWith("/") ? "5" : "0") : type,
    size,
    modified: numberAt(block, 136, 12) ?? 0,
    isExtended: block[482] === 1,
  };
}

export const isZeroBlock = (block: Uint8Array): boolean => block.every((byte) => byte === 0);

/** Over all bytes, with its own as blanks; some tools of old added them up as signed ones. */
function hasChecksum(block: Uint8Array): boolean {
  const stated = numberAt(block, 148, 8);
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < BLOCK_BYTES; at += 1) {
    const byte = at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0);
    unsigned += byte;
    signed += byte > 0x7f ? byte - 0x100 : byte;
  }
  return stated === unsigned || stated === signed;
}

/** "ustar\0"; that of GNU ends with a blank, and has times where this has the beginning of the name. */
const isPosix = (block: Uint8Array): boolean => Buffer.from(block.subarray(257, 263)).toString("latin1") === "ustar\0";

/** Octal digits, or with the highest bit set a binary number (GNU, "base-256"); null of neither and of what is below 0. */
function numberAt(block: Uint8Array, at: number, length: number): number | null {
  const field = block.subarray(at, at + length);
  const first = field[0] ?? 0;
  if (first >= 0x80) {
    if (first !== 0x80) return null;
    const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
    return Number.isSafeInteger(value) ? value : null;
  }
  const digits = /^ *([0-7]*)(?:[\0 ]|$)/u.exec(Buffer.from(field).toString("latin1"))?.[1];
  return digits === undefined ? null : Number.parseInt(digits || "0", 8);
}

/** Up to a NUL; UTF-8, or where that does not fit one character a byte. */
export function textAt(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  const bytes = end < 0 ? field : field.subarray(0, end);
  return utf8OrNull(bytes) ?? Buffer.from(bytes).toString("latin1");
}

/** "27 path=a/long/name\n" and so on; ends where it is damaged. */
export function paxRecords(bytes: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.byteLength;) {
    const blank = bytes.indexOf(0x20, at);
    const length = blank < 0 ? 0 : Number(Buffer.from(bytes.subarray(at, blank)).toString("latin1"));
    if (!Number.isInteger(length) || length <= blank - at || at + length > bytes.byteLength) break;
    const record = bytes.subarray(blank + 1, at + length - 1);
    const equals = record.indexOf(0x3d);
    if (equals > 0) {
      records.set(textAt(record, 0, equals), textAt(record, equals + 1, record.byteLength - equals - 1));
    }
    at += length;
  }
  return records;
}
