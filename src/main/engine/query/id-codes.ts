// Numbers for the ids of millions of spans. Nearly all ids are 16 hexadecimal digits: as two numbers in a flat hash
// table they cost a fifth of what they cost as keys of a Map. Any other text goes into one.

/** Codes from 1 on, in the order in which ids are first met; 0 is none. */
export class IdCodes {
  readonly #others = new Map<string, number>();
  /** Collisions cannot be prepared by whoever wrote the ids; codes do not depend on it. */
  readonly #seed = Math.floor(Math.random() * 2 ** 32);
  #high: Uint32Array;
  #low: Uint32Array;
  /** 0 where a slot is empty. */
  #code: Uint32Array;
  #held = 0;
  #last = 0;

  /** `expected` ids need no growth. */
  constructor(expected = 0) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 2)));
    this.#high = new Uint32Array(slots);
    this.#low = new Uint32Array(slots);
    this.#code = new Uint32Array(slots);
  }

  /** One more than the largest code. */
  get size(): number {
    return this.#last + 1;
  }

  /** By the codes of a segment's dictionary, of which 0 is none. */
  of(dictionary: readonly string[]): Uint32Array {
    const codes = new Uint32Array(dictionary.length + 1);
    for (const [at, text] of dictionary.entries()) codes[at + 1] = this.codeOf(text);
    return codes;
  }

  codeOf(text: string): number {
    if (text.length === 16) {
      const high = hexadecimal(text, 0);
      const low = hexadecimal(text, 8);
      if (high >= 0 && low >= 0) return this.#codeOfNumbers(high, low);
    }
    const known = this.#others.get(text);
    if (known !== undefined) return known;
    this.#last += 1;
    this.#others.set(text, this.#last);
    return this.#last;
  }

  #codeOfNumbers(high: number, low: number): number {
    const slot = this.#slotOf(high, low);
    const known = this.#code[slot] ?? 0;
    if (known !== 0) return known;
    this.#last += 1;
    this.#held += 1;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#code[slot] = this.#last;
    if (this.#held * 2 > this.#code.length) this.#grow();
    return this.#last;
  }

  /** Where the id stands, or belongs. */
  #slotOf(high: number, low: number): number {
    const mask = this.#code.length - 1;
    let slot = mixed(low ^ mixed(high ^ this.#seed)) & mask;
    while (this.#code[slot] !== 0 && (this.#high[slot] !== high || this.#low[slot] !== low)) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [high, low, code] = [this.#high, this.#low, this.#code];
    this.#high = new Uint32Array(code.length * 2);
    this.#low = new Uint32Array(code.length * 2);
    this.#code = new Uint32Array(code.length * 2);
    for (let at = 0; at < code.length; at += 1) {
      if (code[at] === 0) continue;
      const slot = this.#slotOf(high[at] ?? 0, low[at] ?? 0);
      this.#high[slot] = high[at] ?? 0;
      this.#low[slot] = low[at] ?? 0;
      this.#code[slot] = code[at] ?? 0;
    }
  }
}

/** Eight digits from `from` on; −1 for what is no lower-case hexadecimal number, which would not read back as it was. */
function hexadecimal(text: string, from: number): number {
  let value = 0;
  for (let at = from; at < from + 8; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) value = value * 16 + code - 0x30;
    else if (code >= 0x61 && code <= 0x66) value = value * 16 + code - 0x57;
    else return -1;
  }
  return value;
}

/** The finaliser of MurmurHash3 (Appleby 2008): every bit of the number moves every bit of the answer. */
function mixed(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return bits ^ (bits >>> 16);
}
