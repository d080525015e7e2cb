/** Compressions of a single stream, known by their first bytes. */
import { type ConnectorContext, type Content, HEAD_BYTES } from "../connector.ts";
import { bunzip2, isBzip2 } from "./bzip2/bunzip2.ts";
import { firstBytesOf } from "./content.ts";
import { gunzip, type Inflater } from "./inflater.ts";
import { Unpacked } from "./unpacked.ts";
import { isXz, unxz } from "./xz/unxz.ts";
import { unzstd } from "./zstd.ts";

interface Codec {
  /** Also the id of the connector that opens such a file. */
  readonly id: string;
  readonly isHead: (head: Uint8Array) => boolean;
  readonly inflater: () => Inflater;
}

const CODECS: readonly Codec[] = [
  {
    id: "gzip",
    // RFC 1952: the magic number, and the one compression method there is, deflate.
    isHead: ([first, second, method]) => first === 0x1f && second === 0x8b && method === 8,
    inflater: gunzip,
  },
  {
    id: "zstd",
    // RFC 8878, a frame (3.1.1) or, as parallel writers begin with, one to be skipped (3.1.2).
    isHead: ([first = 0, second, third, fourth]) =>
      (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) ||
      (first >> 4 === 5 && second === 0x2a && third === 0x4d && fourth === 0x18),
    inflater: unzstd,
  },
  { id: "bzip2", isHead: isBzip2, inflater: bunzip2 },
  { id: "xz", isHead: isXz, inflater: unxz },
];

/** A file that was compressed twice happens; more often is made to hurt. */
const MOST_LAYERS = 3;

export interface Unwrapped {
  readonly content: Content;
  readonly head: Uint8Array;
  /** Ids of the compressions around it, outermost first. */
  readonly wrapping: readonly string[];
}

/** What a content holds once all compressions around it are taken off. */
export async function unwrapped(
  path: string,
  { content, head }: { readonly content: Content; readonly head: Uint8Array },
  connector: string,
  context: ConnectorContext,
): Promise<Unwrapped> {
  const wrapping: string[] = [];
  let inner = content;
  let start = head;
  while (wrapping.length < MOST_LAYERS) {
    const codec = CODECS.find(({ isHead }) => isHead(start));
    if (codec === undefined) break;
    wrapping.push(codec.id);
    inner = new Unpacked({ of: inner, path, inflater: codec.inflater, size: null });
    start = await firstBytesOf(inner, context, { connector, length: HEAD_BYTES });
  }
  return { content: inner, head: start, wrapping };
}
