/** The bytes of one entry of a zip archive: unpacked, and compared with what the archive says of them. */
import { constants, crc32, inflateRawSync } from "node:zlib";
import type { Chunk, ConnectorContext, Content, ContentRange } from "../connector.ts";
import { bunzip2 } from "./bzip2/bunzip2.ts";
import { bytesOf, Stretch } from "./content.ts";
import { type Inflater, inflateRaw } from "./inflater.ts";
import { Unpacked } from "./unpacked.ts";
import type { ZipEntry } from "./zip-directory.ts";
import { unxz } from "./xz/unxz.ts";
import { unzstd } from "./zstd.ts";

const STORED = 0;
const DEFLATED = 8;
/** APPNOTE.TXT 4.4.5. */
const INFLATERS: ReadonlyMap<number, () => Inflater> = new Map([
  [DEFLATED, inflateRaw],
  [12, bunzip2],
  [93, unzstd],
  [95, unxz],
]);
/** Of those that are met, the ones that are not read. */
const METHODS: Readonly<Record<number, string>> = {
  1: "Shrink",
  6: "Implode",
  9: "Deflate64",
  14: "LZMA",
  98: "PPMd",
};

/** The name of a compression that is not read; null when it is. */
export const unreadMethod = (method: number): string | null =>
  method === STORED || INFLATERS.has(method) ? null : (METHODS[method] ?? `method ${method}`);

/** Small enough to be unpacked at once, which spares a stream. */
const SMALL_BYTES = 256 * 1_024;

export class ZipContent implements Content {
  readonly size: number | null;
  readonly order: object | null;
  readonly orderOfParts: object | null;
  readonly #entry: ZipEntry;
  readonly #packed: Stretch;
  readonly #unpacked: Content;

  /** `data`: where its bytes begin in the archive. */
  constructor(archive: Content, entry: ZipEntry, data: number, path: string) {
    const { method, packed, size } = entry;
    this.#entry = entry;
    this.#packed = new Stretch(archive, data, packed);
    const inflater = INFLATERS.get(method);
    this.#unpacked = inflater === undefined ? this.#packed : new Unpacked({ of: this.#packed, path, size, inflater });
    this.size = size;
    this.order = this.#unpacked.order;
    this.orderOfParts = this.#unpacked.orderOfParts;
  }

  chunks(context: ConnectorContext, range: ContentRange): AsyncGenerator<Chunk> {
    const isWhole = (range.from ?? 0) === 0 && range.to === undefined;
    return isWhole ? this.#checked(context, range) : this.#unpacked.chunks(context, range);
  }

  async *#checked(context: ConnectorContext, range: ContentRange): AsyncGenerator<Chunk> {
    const { crc, size } = this.#entry;
    let unpacked = 0;
    let sum = 0;
    for await (const chunk of this.#whole(context, range)) {
      const room = size === null ? chunk.bytes.byteLength : size - unpacked;
      const bytes = chunk.bytes.byteLength <= room ? chunk.bytes : chunk.bytes.slice(0, room);
      unpacked += bytes.byteLength;
      sum = crc32(bytes, sum);
      if (bytes.byteLength > 0) yield { bytes, bytesRead: chunk.bytesRead };
      if (bytes === chunk.bytes) continue;
      context.say(`It unpacks to more than the ${size} bytes that its archive states: the rest was not read.`);
      return;
    }
    if (size !== null && unpacked < size)
      context.say(`It unpacks to ${unpacked} bytes where its archive states ${size}: it is damaged, or was cut.`);
    else if (crc !== null && sum !== crc)
      context.say("Its checksum is not the one that its archive states: its bytes were damaged.");
  }

  async *#whole(context: ConnectorContext, range: ContentRange): AsyncGenerator<Chunk> {
    const { method, packed, size } = this.#entry;
    if (method !== DEFLATED || size === null || size > SMALL_BYTES || packed > SMALL_BYTES) {
      yield* this.#unpacked.chunks(context, range);
      return;
    }
    const compressed = await bytesOf(this.#packed, context, range);
    const bytes = inflatedAtOnce(compressed, size);
    // As far as a damaged one goes, which only the stream tells.
    if (bytes === null) yield* this.#unpacked.chunks(context, range);
    else if (bytes.byteLength > 0) yield { bytes, bytesRead: packed };
  }
}

/** With one byte more than it should have, so that a longer one is noticed; null when it is damaged. */
function inflatedAtOnce(compressed: Uint8Array, size: number): Uint8Array<ArrayBuffer> | null {
  try {
    return new Uint8Array(inflateRawSync(compressed, { maxOutputLength: size + 1, chunkSize: size + 64 }));
  } catch {
    return null;
  }
}

/** What the first bytes of an entry unpack to, as far as they go; nothing of a damaged one. */
export function headOf(method: number, first: Uint8Array): Uint8Array | null {
  if (method === STORED) return first;
  if (method !== DEFLATED) return null;
  try {
    return inflateRawSync(first, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return new Uint8Array(0);
  }
}
