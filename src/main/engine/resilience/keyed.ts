/**
 * One thing per key, made when it is first asked for. Where keys come from paths that people open there may be any
 * number of them: then things that hold nothing worth keeping make room.
 */
export interface Room<T> {
  /** Things that are kept without asking whether they are of use. */
  readonly capacity: number;
  readonly isIdle: (thing: T) => boolean;
}

export class Keyed<T> {
  readonly #things = new Map<string, T>();
  readonly #make: (key: string) => T;
  readonly #room: Room<T> | undefined;
  #sweepAt: number;

  /** Without a limited room everything is kept. */
  constructor(make: (key: string) => T, room?: Room<T>) {
    this.#make = make;
    this.#room = room;
    this.#sweepAt = room?.capacity ?? Infinity;
  }

  get(key: string): T {
    const known = this.#things.get(key);
    if (known !== undefined) return known;
    if (this.#room !== undefined && this.#things.size >= this.#sweepAt) this.#sweep(this.#room);
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

  #sweep({ capacity, isIdle }: Room<T>): void {
    for (const [key, thing] of this.#things) if (isIdle(thing)) this.#things.delete(key);
    // When most are in use, looking through all of them again for every new one would be slow.
    this.#sweepAt = Math.max(capacity, this.#things.size * 2);
  }
}
