/** Contents that need no unpacking: a file on disk, and a stretch of another content. */
import type { Chunk, ConnectorContext, Content, ContentRange } from "../connector.ts";
import { type FileStamp, readFileChunks } from "./read-file.ts";

/** A file on disk. Read whole, it may have changed since it was looked at, which is said; a stretch of it may not. */
export class FileContent implements Content {
  readonly size: number;
  readonly order = null;
  readonly orderOfParts = null;
  readonly #path: string;
  readonly #stamp: FileStamp;

  constructor(path: string, stamp: FileStamp) {
    this.#path = path;
    this.#stamp = stamp;
    this.size = Number(stamp.size);
  }

  chunks(context: ConnectorContext, { connector, from = 0, to }: ContentRange): AsyncGenerator<Chunk> {
    const path = this.#path;
    if (from === 0 && to === undefined) return readFileChunks({ connector, path }, context);
    return readFileChunks({ connector, path, from, to: to ?? this.size, expected: this.#stamp }, context);
  }
}

/** So many bytes of another content from a place in it on. */
export class Stretch implements Content {
  readonly size: number;
  readonly order: object | null;
  readonly orderOfParts: object | null;
  readonly #of: Content;
  readonly #start: number;

  constructor(of: Content, start: number, size: number) {
    this.#of = of;
    this.#start = start;
    this.size = size;
    this.order = of.orderOfParts;
    this.orderOfParts = of.orderOfParts;
  }

  async *chunks(context: ConnectorContext, { connector, from = 0, to }: ContentRange): AsyncGenerator<Chunk> {
    const end = Math.min(to ?? this.size, this.size);
    if (from >= end) return;
    let bytesRead = from;
    const range = { connector, from: this.#start + from, to: this.#start + end };
    for await (const { bytes } of this.#of.chunks(context, range)) {
      bytesRead += bytes.byteLength;
      yield { bytes, bytesRead };
    }
    if (bytesRead < end)
      context.say(`Its archive ends in the middle of it: ${bytesRead} of ${this.size} bytes are there.`);
  }
}

/** All bytes of a range, as one; fewer where the content ends early. For ranges that are short. */
export async function bytesOf(content: Content, context: ConnectorContext, range: ContentRange): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const { bytes } of content.chunks(context, range)) parts.push(bytes);
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : Buffer.concat(parts);
}

/** The first bytes of a content, at most so many. What is wrong with it is said when it is read. */
export async function firstBytesOf(
  content: Content,
  context: ConnectorContext,
  { connector, length }: { readonly connector: string; readonly length: number },
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let held = 0;
  for await (const { bytes } of content.chunks({ ...context, say: () => {} }, { connector })) {
    parts.push(bytes.subarray(0, length - held));
    held += bytes.byteLength;
    if (held >= length) break;
  }
  return Buffer.concat(parts);
}

/** How many bytes a content has; those of a stream are counted by reading it. */
export async function sizeOf(content: Content, context: ConnectorContext, connector: string): Promise<number> {
  if (content.size !== null) return content.size;
  let size = 0;
  for await (const { bytes } of content.chunks(context, { connector })) size += bytes.byteLength;
  return size;
}
