/** Gives memory back that came to a thread with a message, where its runtime can (Node.js from 21 on). */

/**
 * Not left to the garbage collector: it would collect again and again for the sake of memory that is not its own, and
 * not at all in a thread that has nothing to do any more. Whoever calls it owns the whole memory of `arrays`.
 */
export function letGo(arrays: readonly Uint8Array[]): void {
  for (const buffer of new Set(arrays.map(({ buffer: memory }) => memory))) {
    if (buffer instanceof ArrayBuffer) buffer.transfer?.(0);
  }
}
