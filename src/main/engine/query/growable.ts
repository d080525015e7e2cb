// A typed array that grows by doubling, so that appending segment after segment costs one copy in all.

type Column = Float64Array | Uint32Array | Uint8Array;

export class Growable<T extends Column> {
  readonly #make: (capacity: number) => T;
  /** Longer than what was filled; replaced when it grows, so do not keep it over an append. */
  values: T;

  constructor(make: (capacity: number) => T) {
    this.#make = make;
    this.values = make(0);
  }

  /** Makes room for `length` values, keeping those there are. */
  reserve(length: number): T {
    if (length > this.values.length) {
      const grown = this.#make(Math.max(length, Math.ceil(this.values.length * 1.5)));
      grown.set(this.values);
      this.values = grown;
    }
    return this.values;
  }
}
