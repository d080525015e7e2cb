// Ids, half a byte a digit: texts of one length that differ in nothing but lower-case hexadecimal digits, as ids of traces,
// spans and requests do ("req-4388e035cf75", UUIDs). Random digits do not compress below that, so that these bytes are
// stored as they are, and one text of tens of thousands is read without the others.
//   u8      characters of a text
//   bytes   its shape, a byte a character: 0 is a digit, anything else the character that all texts have there
//   bytes   the digits of each text, the first of two in the upper half; the last half of an odd number stays empty
import type { PackedTexts } from "../../../../shared/model/segment.ts";

/** Ids are no longer; what is, is few. */
const LONGEST = 64;
/** Fewer digits are counters and the like, which compress better as they are. */
const FEWEST_DIGITS = 8;
/** Texts among which a letter must be: numbers in tens compress better as they are, too. */
const LOOKED_AT = 16;
/** Single texts are written until so large a part of all was asked for; then all are, in a tenth of the time each. */
const FEW = 1 / 16;
const NONE = 0xff;

const DIGITS = Buffer.from("0123456789abcdef", "latin1");
const VALUES = new Uint8Array(256).fill(NONE);
DIGITS.forEach((digit, value) => (VALUES[digit] = value));

/** `text` holds `count` texts of the same number of bytes. Null where they are not such ids. */
export function encodeHex(text: Uint8Array, count: number): Uint8Array<ArrayBuffer> | null {
  const length = text.length / count;
  if (!Number.isInteger(length) || length > LONGEST || !hasLetter(text.subarray(0, length * LOOKED_AT))) return null;
  const shape = Uint8Array.from(text.subarray(0, length));
  for (let at = 0; at < length; at += 1) {
    const character = shape[at] ?? 0;
    // Beyond ASCII a character is more than a byte.
    if (character === 0 || character >= 0x80) return null;
    if (VALUES[character] !== NONE) shape[at] = 0;
  }
  const places = digitsOf(shape);
  if (places.length < Math.max(FEWEST_DIGITS, length / 2)) return null;
  const head = 1 + length;
  const width = Math.ceil(places.length / 2);
  const encoded = new Uint8Array(head + count * width);
  encoded[0] = length;
  encoded.set(shape, 1);
  for (let entry = 0; entry < count; entry += 1) {
    const from = entry * length;
    for (let at = 0; at < length; at += 1) if (shape[at] !== 0 && shape[at] !== text[from + at]) return null;
    const to = head + entry * width;
    for (let digit = 0; digit < places.length; digit += 1) {
      const value = VALUES[text[from + (places[digit] ?? 0)] ?? 0] ?? NONE;
      if (value === NONE) return null;
      const at = to + (digit >>> 1);
      encoded[at] = (encoded[at] ?? 0) | ((digit & 1) === 0 ? value << 4 : value);
    }
  }
  return encoded;
}

function hasLetter(text: Uint8Array): boolean {
  return text.some((byte) => (VALUES[byte] ?? NONE) !== NONE && byte > 0x39);
}

/** Where digits stand. */
const digitsOf = (shape: Uint8Array): Uint8Array => Uint8Array.from([...shape.keys()].filter((at) => shape[at] === 0));

/** What {@link encodeHex} wrote. Throws where it cannot be that. */
export class HexTexts implements PackedTexts {
  readonly count: number;
  /** Characters of each text. */
  readonly #length: number;
  readonly #shape: Uint8Array;
  readonly #places: Uint8Array;
  readonly #digits: Uint8Array;
  readonly #width: number;
  #asked = 0;
  #text: string | null = null;

  constructor(encoded: Uint8Array, count: number) {
    const [length = 0] = encoded;
    this.count = count;
    this.#length = length;
    this.#shape = encoded.subarray(1, 1 + length);
    this.#places = digitsOf(this.#shape);
    this.#width = Math.ceil(this.#places.length / 2);
    this.#digits = encoded.subarray(1 + length);
    if (this.#digits.length !== count * this.#width)
      throw new RangeError(`has ${this.#digits.length} bytes of digits where ${count * this.#width} belong`);
  }

  get bytes(): number {
    return this.#digits.length + (this.#text?.length ?? 0);
  }

  entry(index: number): string {
    this.#asked += 1;
    if (this.#text === null && this.#asked <= this.count * FEW) return this.#joined(index, index + 1);
    return this.#slice(index);
  }

  all(): string[] {
    return Array.from({ length: this.count }, (_, index) => this.#slice(index));
  }

  #slice(index: number): string {
    this.#text ??= this.#joined(0, this.count);
    return this.#text.slice(index * this.#length, (index + 1) * this.#length);
  }

  #joined(from: number, end: number): string {
    const digits = this.#digits.subarray(from * this.#width, end * this.#width);
    // Digits alone, and no empty half: that is what the runtime can do by itself.
    if (this.#width * 2 === this.#length) return bufferOf(digits).toString("hex");
    const text = Buffer.alloc((end - from) * this.#length);
    for (let entry = 0; entry < end - from; entry += 1) {
      const to = entry * this.#length;
      text.set(this.#shape, to);
      for (let digit = 0; digit < this.#places.length; digit += 1) {
        const both = digits[entry * this.#width + (digit >>> 1)] ?? 0;
        text[to + (this.#places[digit] ?? 0)] = DIGITS[(digit & 1) === 0 ? both >>> 4 : both & 15] ?? 0;
      }
    }
    return text.toString("latin1");
  }
}

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
