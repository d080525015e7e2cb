/** The memory of what is handed from thread to thread, so that it moves instead of being copied. */
import type { EncodedSegment, RawBlock, SharedPacks } from "../store/protocol.ts";

/** Copying fewer bytes costs less than handing their memory over. */
const WORTH_MOVING = 16 * 1_024;

interface Stored {
  readonly segments: readonly EncodedSegment[];
  readonly blocks: readonly RawBlock[];
}

export const buffersOf = ({ segments, blocks }: Stored): ArrayBuffer[] =>
  movable([...segments.flatMap(({ columns }) => columns), ...blocks]);

export const buffersOfPacks = ({ columns, texts }: SharedPacks): ArrayBuffer[] =>
  movable([...columns.flatMap((pack) => pack.columns), ...texts]);

function movable(parts: readonly { readonly data: Uint8Array }[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { data } of parts) {
    const { buffer, byteLength } = data;
    // A view into something larger is copied: its buffer may be in use elsewhere.
    if (byteLength < WORTH_MOVING || !(buffer instanceof ArrayBuffer)) continue;
    if (buffer.byteLength === byteLength) buffers.add(buffer);
  }
  return [...buffers];
}
