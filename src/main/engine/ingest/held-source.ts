/** A small source is fetched whole before it takes a thread, so that no thread waits for a disk between small files. */
import type { Chunk, Opening } from "../connectors/connector.ts";
import type { Stretch } from "./stretch.ts";

/** On disk. */
const SMALL_BYTES = 256 * 1_024;
/** A small file may have grown since it was looked at, and a compressed one is far larger than it seems. */
export const MOST_HELD = 1_024 * 1_024;

export const isSmall = ({ bytes }: Opening): boolean => bytes > 0 && bytes <= SMALL_BYTES;

/** All chunks of a small source; null when it is not small, and nothing was taken of the stretch. */
export async function heldOf(stretch: Stretch, opening: Opening): Promise<readonly Chunk[] | null> {
  if (stretch.number > 0 || !isSmall(opening)) return null;
  await stretch.filled(MOST_HELD);
  if (stretch.bytes > MOST_HELD || stretch.end === null) return null;
  const chunks: Chunk[] = [];
  for (let chunk = await stretch.next(); chunk !== null; chunk = await stretch.next()) chunks.push(chunk);
  return chunks;
}
