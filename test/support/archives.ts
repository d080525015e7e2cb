// Archives as tests need them, byte by byte: whole ones, and such as no packer writes.
import { crc32, deflateRawSync } from "node:zlib";

export interface ZipFile {
  readonly name: string | Uint8Array;
  readonly content: string | Uint8Array;
  readonly method?: number;
  /** General purpose flags; bit 3 puts sizes and checksum behind the bytes. */
  readonly flags?: number;
  readonly crc?: number;
  /** What the directory states, instead of what is so. */
  readonly size?: number;
  readonly packed?: Uint8Array;
  readonly extra?: Uint8Array;
  /** Type and permissions of Unix. */
  readonly mode?: number;
  /** Sizes and places in 64 bits. */
  readonly zip64?: boolean;
  /** Where the directory says that it begins. */
  readonly at?: number;
}

export interface ZipOptions {
  readonly before?: Uint8Array;
  readonly comment?: string;
  readonly zip64?: boolean;
}

const HAS_DESCRIPTOR = 8;
const bytesOf = (text: string | Uint8Array): Buffer =>
  typeof text === "string" ? Buffer.from(text) : Buffer.from(text);

/** A whole zip archive. Entries whose method is 8 (the default) are deflated; others keep their bytes. */
export function zipOf(
  files: readonly ZipFile[],
  { before = Buffer.alloc(0), comment = "", zip64 = false }: ZipOptions = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  const add = (part: Buffer): void => {
    parts.push(part);
    at += part.byteLength;
  };
  for (const file of files) {
    const content = bytesOf(file.content);
    const { method = 8, flags = 0 } = file;
    const packed =
      file.packed === undefined ? (method === 8 ? deflateRawSync(content) : content) : bytesOf(file.packed);
    const one = {
      ...file,
      method,
      flags,
      name: bytesOf(file.name),
      crc: file.crc ?? crc32(content),
      size: file.size ?? content.byteLength,
      packed: packed.byteLength,
    };
    directory.push(directoryEntry(one, file.at ?? at));
    add(localHeader(one));
    add(packed);
    if ((flags & HAS_DESCRIPTOR) !== 0) add(descriptor(one));
  }
  const size = directory.reduce((sum, entry) => sum + entry.byteLength, 0);
  const end = endOf({ entries: directory.length, size, at }, comment, zip64);
  return Buffer.concat([before, ...parts, ...directory, end]);
}

type Header = Omit<ZipFile, "name" | "packed"> & {
  readonly name: Buffer;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly size: number;
  readonly packed: number;
};

/** 2026-03-01 14:02:06, as DOS wrote it. */
const TIME = (14 << 11) | (2 << 5) | 3;
const DATE = (46 << 9) | (3 << 5) | 1;

function localHeader({ name, method, flags, crc, size, packed }: Header): Buffer {
  const header = Buffer.alloc(30);
  const isLater = (flags & HAS_DESCRIPTOR) !== 0;
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt16LE(TIME, 10);
  header.writeUInt16LE(DATE, 12);
  header.writeUInt32LE(isLater ? 0 : crc, 14);
  header.writeUInt32LE(isLater ? 0 : packed, 18);
  header.writeUInt32LE(isLater ? 0 : size, 22);
  header.writeUInt16LE(name.byteLength, 26);
  return Buffer.concat([header, name]);
}

function descriptor({ crc, size, packed }: Header): Buffer {
  const record = Buffer.alloc(16);
  record.writeUInt32LE(0x08074b50, 0);
  record.writeUInt32LE(crc, 4);
  record.writeUInt32LE(packed, 8);
  record.writeUInt32LE(size, 12);
  return record;
}

function directoryEntry({ name, method, flags, crc, size, packed, extra, mode, zip64 }: Header, at: number): Buffer {
  const fields = Buffer.concat([zip64 ? field64([size, packed, at]) : Buffer.alloc(0), extra ?? Buffer.alloc(0)]);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(mode === undefined ? 20 : (3 << 8) | 20, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(method, 10);
  header.writeUInt16LE(TIME, 12);
  header.writeUInt16LE(DATE, 14);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(zip64 ? 0xffffffff : packed, 20);
  header.writeUInt32LE(zip64 ? 0xffffffff : size, 24);
  header.writeUInt16LE(name.byteLength, 28);
  header.writeUInt16LE(fields.byteLength, 30);
  header.writeUInt32LE(((mode ?? 0) << 16) >>> 0, 38);
  header.writeUInt32LE(zip64 ? 0xffffffff : at, 42);
  return Buffer.concat([header, name, fields]);
}

function field64(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + values.length * 8);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(values.length * 8, 2);
  values.forEach((value, index) => field.writeBigUInt64LE(BigInt(value), 4 + index * 8));
  return field;
}

function endOf(
  { entries, size, at }: { entries: number; size: number; at: number },
  comment: string,
  zip64: boolean,
): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip64 ? 0xffff : entries, 8);
  end.writeUInt16LE(zip64 ? 0xffff : entries, 10);
  end.writeUInt32LE(zip64 ? 0xffffffff : size, 12);
  end.writeUInt32LE(zip64 ? 0xffffffff : at, 16);
  end.writeUInt16LE(comment.length, 20);
  const last = Buffer.concat([end, Buffer.from(comment)]);
  if (!zip64) return last;
  const end64 = Buffer.alloc(56 + 20);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(BigInt(entries), 24);
  end64.writeBigUInt64LE(BigInt(entries), 32);
  end64.writeBigUInt64LE(BigInt(size), 40);
  end64.writeBigUInt64LE(BigInt(at), 48);
  end64.writeUInt32LE(0x07064b50, 56);
  end64.writeBigUInt64LE(BigInt(at + size), 64);
  end64.writeUInt32LE(1, 72);
  return Buffer.concat([end64, last]);
}

export interface TarFile {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** "0" a file, "5" a folder, "2" a link … */
  readonly type?: string;
  readonly prefix?: string;
  readonly gnu?: boolean;
  /** What the header states, instead of what is so. */
  readonly size?: number | Buffer;
  /** Seconds since the epoch. */
  readonly modified?: number;
}

/** Headers and bytes, and the two empty blocks at the end. */
export const tarOf = (files: readonly TarFile[]): Buffer =>
  Buffer.concat([...files.map(tarEntry), Buffer.alloc(1_024)]);

export function tarEntry({
  name,
  content = "",
  type = "0",
  prefix = "",
  gnu = false,
  size,
  modified = 1_772_373_726,
}: TarFile): Buffer {
  const bytes = bytesOf(content);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write("0000644\0", 100);
  if (size instanceof Buffer) size.copy(header, 124);
  else
    header.write(
      `${Number(size ?? bytes.byteLength)
        .toString(8)
        .padStart(11, "0")}\0`,
      124,
    );
  header.write(`${modified.toString(8).padStart(11, "0")}\0`, 136);
  header.write(type, 156);
  header.write(gnu ? "ustar  \0" : "ustar\u000000", 257);
  header.write(prefix, 345, 155);
  header.fill(0x20, 148, 156);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.byteLength % 512)) % 512)]);
}

/** A record of a pax header, whose length counts itself. */
export function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + 1;
  while (String(length).length + rest !== length) length += 1;
  return `${length} ${key}=${value}\n`;
}
