/**
 * A small seeded generator (sfc32, seeded through splitmix32), because an incident must be the same bytes on
 * every machine and run: nothing here may ask the clock or `Math.random`.
 * http://pracrand.sourceforge.net/RNG_engines.txt
 */

/** Every 16-bit number as four hex digits: identifiers are the hottest strings of a simulation. */
const HEX4 = Array.from({ length: 65536 }, (_, n) => n.toString(16).padStart(4, "0"));

/** @param {string} text */
function hash(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** @param {number} state */
function splitmix32(state) {
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) | 0;
  };
}

export class Random {
  #state = new Int32Array(4);
  #seed;

  /** @param {number | string} seed */
  constructor(seed) {
    this.#seed = String(seed);
    const next = splitmix32(hash(this.#seed));
    for (let i = 0; i < 4; i++) this.#state[i] = next();
    for (let i = 0; i < 12; i++) this.u32();
  }

  /** An independent generator: drawing more here never moves what is drawn there. @param {string} label */
  fork(label) {
    return new Random(`${this.#seed}/${label}`);
  }

  u32() {
    const s = this.#state;
    const t = (s[0] + s[1] + s[3]) | 0;
    s[3] = (s[3] + 1) | 0;
    s[0] = s[1] ^ (s[1] >>> 9);
    s[1] = (s[2] + (s[2] << 3)) | 0;
    s[2] = (((s[2] << 21) | (s[2] >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** In [0, 1). */
  unit() {
    return this.u32() / 4294967296;
  }

  /** Whole, both ends included. @param {number} low @param {number} high */
  int(low, high) {
    return low + Math.floor(this.unit() * (high - low + 1));
  }

  /** @param {number} low @param {number} high */
  between(low, high) {
    return low + this.unit() * (high - low);
  }

  /** @param {number} probability */
  chance(probability) {
    return this.unit() < probability;
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  pick(list) {
    return list[Math.floor(this.unit() * list.length)];
  }

  /** @template T @param {readonly T[]} list @returns {T[]} */
  shuffle(list) {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  }

  /** @param {number} digits a multiple of four */
  hex(digits) {
    let text = "";
    for (let left = digits; left > 0; left -= 8) {
      const n = this.u32();
      text += left > 4 ? HEX4[n >>> 16] + HEX4[n & 0xffff] : HEX4[n & 0xffff];
    }
    return text;
  }

  normal() {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }
}

/**
 * A log-normal factor with median 1, drawn from a table of quantiles: service times are log-normal, and one table
 * look-up costs a tenth of a logarithm and a cosine.
 * @param {number} sigma
 * @returns {(random: Random) => number}
 */
export function logNormal(sigma) {
  const random = new Random(`log-normal ${sigma}`);
  const table = Float64Array.from({ length: 8192 }, () => Math.exp(sigma * random.normal()));
  return (source) => table[source.u32() & 8191];
}
