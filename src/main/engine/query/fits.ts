// Which records fit a filter: a bit each, by ordinal.
import { Growable } from "./growable.ts";
import { PART } from "./ordinal-pieces.ts";
import { OrdinalsBuilder, type Ordinals } from "./ordinals.ts";

const WORD_BITS = 32;

export class Fits {
  readonly #words = new Growable((capacity) => new Uint32Array(capacity));

  get bytes(): number {
    return this.#words.values.byteLength;
  }

  /** Makes room for so many records; none of those that come in fits yet. */
  reserve(records: number): void {
    this.#words.reserve(Math.ceil(records / WORD_BITS));
  }

  has(ordinal: number): boolean {
    return (((this.#words.values[ordinal >>> 5] ?? 0) >>> (ordinal & 31)) & 1) === 1;
  }

  /** Of records that none was told of yet, from ordinal `first` on: 1 where the filter fits, else 0. How many fit. */
  put(mask: Uint8Array, first: number): number {
    const words = this.#words.values;
    let count = 0;
    for (let row = 0; row < mask.length; row += 1) {
      if (mask[row] === 0) continue;
      const ordinal = first + row;
      words[ordinal >>> 5] = (words[ordinal >>> 5] ?? 0) | (1 << (ordinal & 31));
      count += 1;
    }
    return count;
  }

  /** The same back: 1 or 0 of each. */
  mask(first: number, count: number): Uint8Array {
    const words = this.#words.values;
    const mask = new Uint8Array(count);
    for (let row = 0; row < count; row += 1) {
      const ordinal = first + row;
      mask[row] = ((words[ordinal >>> 5] ?? 0) >>> (ordinal & 31)) & 1;
    }
    return mask;
  }

  /** Those that fit, ascending, in arrays that are filled anew for the next part. */
  *parts(): Generator<Uint32Array, void, undefined> {
    const room = new Uint32Array(PART);
    let filled = 0;
    const words = this.#words.values;
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at] ?? 0;
      if (word === 0) continue;
      if (filled > PART - WORD_BITS) {
        yield room.subarray(0, filled);
        filled = 0;
      }
      for (let left = word; left !== 0; left &= left - 1) {
        room[filled] = at * WORD_BITS + (WORD_BITS - 1 - Math.clz32(left & -left));
        filled += 1;
      }
    }
    if (filled > 0) yield room.subarray(0, filled);
  }

  /** The same, which are `count`. */
  places(count: number): Uint32Array {
    const places = new Uint32Array(count);
    let at = 0;
    for (const part of this.parts()) {
      places.set(part.subarray(0, count - at), at);
      at += part.length;
      if (at >= count) break;
    }
    return places;
  }

  ordinals(): Ordinals {
    const builder = new OrdinalsBuilder();
    for (const part of this.parts()) builder.append(part);
    return builder.finish();
  }

  /** Those of an order that fit. */
  pick(order: Ordinals): Ordinals {
    const words = this.#words.values;
    const builder = new OrdinalsBuilder();
    const found = new Uint32Array(PART);
    for (const part of order.parts()) {
      let count = 0;
      for (let at = 0; at < part.length; at += 1) {
        const ordinal = part[at] ?? 0;
        found[count] = ordinal;
        count += ((words[ordinal >>> 5] ?? 0) >>> (ordinal & 31)) & 1;
      }
      builder.append(found.subarray(0, count));
    }
    return builder.finish();
  }
}
