/** Texts that were made of bytes lately, so that the few that come again and again are not made anew each time. */

/** A power of two. */
const SLOTS = 32;
/** Longer texts seldom come again. */
const LONGEST = 64;

export class RecentTexts {
  readonly #texts: string[] = [];

  /** `from … to` must be ASCII. */
  text(bytes: Buffer, from: number, to: number): string {
    const length = to - from;
    if (length === 0 || length > LONGEST) return bytes.toString("latin1", from, to);
    if (this.#texts.length === 0) for (let slot = 0; slot < SLOTS; slot += 1) this.#texts.push("");
    const middle = bytes[from + (length >>> 1)] ?? 0;
    const slot = ((bytes[from] ?? 0) * 5 + middle * 3 + (bytes[to - 1] ?? 0) + length) & (SLOTS - 1);
    const known = this.#texts[slot] ?? "";
    if (isText(known, bytes, from, length)) return known;
    const text = bytes.toString("latin1", from, to);
    this.#texts[slot] = text;
    return text;
  }
}

function isText(text: string, bytes: Buffer, from: number, length: number): boolean {
  if (text.length !== length) return false;
  for (let index = 0; index < length; index += 1) if (text.charCodeAt(index) !== bytes[from + index]) return false;
  return true;
}
