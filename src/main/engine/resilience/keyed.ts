/**
 * One thing per key, made when it is first asked for. Keys come from paths that people open, so there may be any number
 * of them: things that hold nothing worth keeping make room.
 */
export class Keyed<T> {
  readonly #things = new Map<string, T>();
  readonly #make: (key: string) => T;
  readonly #isIdle: (thing: T) => boolean;
  readonly #capacity: number;
  #sweepAt: number;

  constructor(options: {
    readonly make: (key: string) => T;
    readonly isIdle: (thing: T) => boolean;
    readonly capacity: number;
  }) {
    this.#make = options.make;
    this.#isIdle = options.isIdle;
    this.#capacity = options.capacity;
    this.#sweepAt = options.capacity;
  }

  get(key: string): T {
    const known = this.#things.get(key);
    if (known !== undefined) return known;
    if (this.#things.size >= this.#sweepAt) this.#sweep();
    const made = this.#make(key);
    this.#things.set(key, made);
    return made;
  }

  find(key: string): T | undefined {
    return this.#things.get(key);
  }

  values(): Iterable<T> {
    return this.#things.values();
  }

  get size(): number {
    return this.#things.size;
  }

  #sweep(): void {
    for (const [key, thing] of this.#things) if (this.#isIdle(thing)) this.#things.delete(key);
    // When most are in use, looking through all of them again for every new one would be slow.
    this.#sweepAt = Math.max(this.#capacity, this.#things.size * 2);
  }
}
