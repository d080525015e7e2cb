/** Where bytes stand in a text and characters in bytes, for marks that a format gives in bytes. */

const encoder = new TextEncoder();

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** A UTF-8 character is at most this long. */
const LONGEST = 4;

/** The bytes of the character at `place`; empty at the end of the bytes. A byte that is no UTF-8 stands alone. */
export function characterAt(bytes: Uint8Array, place: number): { readonly start: number; readonly end: number } {
  const at = Math.min(Math.max(0, place), bytes.length);
  if (at === bytes.length) return { start: at, end: at };
  let start = at;
  while (start > 0 && at - start < LONGEST - 1 && isContinuation(bytes[start])) start -= 1;
  let end = start + 1;
  while (end < bytes.length && end - start < LONGEST && isContinuation(bytes[end])) end += 1;
  const whole = !new TextDecoder().decode(bytes.subarray(start, end)).includes("\uFFFD");
  return whole && at < end ? { start, end } : { start: at, end: at + 1 };
}

/** Index in `text` of its UTF-8 byte `place`. */
export function indexOfByte(text: string, place: number): number {
  let bytes = 0;
  let index = 0;
  for (const character of text) {
    const next = bytes + encoder.encode(character).length;
    if (next > place) return index;
    bytes = next;
    index += character.length;
  }
  return index;
}
