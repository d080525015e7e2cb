// The records of a selection: counted at once, put in the order of the list when somebody looks at them. Over all of a
// case that order takes longer than many a search, and whoever counts them, or what they are made of, does not need it.

import { Ordinals } from "./ordinals.ts";

/** Makes as many ordinals as there are records. */
export interface MakeOrdinals {
  /** In the order of the list. */
  inOrder(): Ordinals;
  /** In any order. */
  inAnyOrder(): Ordinals;
}

export class SelectedRecords {
  readonly count: number;
  /** Null once they are made: what it remembers is not needed any more. */
  #make: MakeOrdinals | null;
  readonly #bytesUntilThen: number;
  #ordinals: Ordinals | null = null;

  /** What `make` remembers takes `bytes`, until it is asked for the order. */
  constructor(count: number, bytes: number, make: MakeOrdinals) {
    this.count = count;
    this.#bytesUntilThen = bytes;
    this.#make = make;
  }

  static of(ordinals: Ordinals): SelectedRecords {
    const all = (): Ordinals => ordinals;
    return new SelectedRecords(ordinals.length, ordinals.bytes, { inOrder: all, inAnyOrder: all });
  }

  get ordinals(): Ordinals {
    this.#ordinals ??= this.#make?.inOrder() ?? Ordinals.none;
    this.#make = null;
    return this.#ordinals;
  }

  /** Not remembered. */
  get inAnyOrder(): Ordinals {
    return this.#ordinals ?? this.#make?.inAnyOrder() ?? Ordinals.none;
  }

  get bytes(): number {
    return this.#ordinals?.bytes ?? this.#bytesUntilThen;
  }
}
