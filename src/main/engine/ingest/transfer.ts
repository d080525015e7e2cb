/** The memory of what is handed from thread to thread, so that it moves instead of being copied. */
import type { RawBlock, EncodedSegment } from "../store/protocol.ts";

/** Copying fewer bytes costs less than handing their memory over. */
const WORTH_MOVING = 16 * 1_024;

interface Stored {
  readonly segments: readonly EncodedSegment[];
  readonly blocks: readonly RawBlock[];
}

export function buffersOf({ segments, blocks }: Stored): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const add = ({ buffer, byteLength }: Uint8Array): void => {
    // A view into something larger is copied: its buffer may be in use elsewhere.
    if (byteLength < WORTH_MOVING || !(buffer instanceof ArrayBuffer)) return;
    if (buffer.byteLength === byteLength) buffers.add(buffer);
  };
  for (const segment of segments) for (const column of segment.columns) add(column.data);
  for (const block of blocks) add(block.data);
  return [...buffers];
}
