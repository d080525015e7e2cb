// The records of a selection: counted at once, put in the order of the list when somebody looks at them. Over all of a
// case that order takes longer than many a search, and whoever counts them, or what they are made of, does not need it.

/** Makes as many ordinals as there are records. */
export interface MakeOrdinals {
  /** In the order of the list. */
  inOrder(): Uint32Array;
  /** In any order. */
  inAnyOrder(): Uint32Array;
}

const NONE = new Uint32Array(0);

export class SelectedRecords {
  readonly count: number;
  /** Null once they are made: what it remembers is not needed any more. */
  #make: MakeOrdinals | null;
  readonly #bytesUntilThen: number;
  #ordinals: Uint32Array | null = null;

  /** What `make` remembers takes `bytes`, until it is asked for the order. */
  constructor(count: number, bytes: number, make: MakeOrdinals) {
    this.count = count;
    this.#bytesUntilThen = bytes;
    this.#make = make;
  }

  static of(ordinals: Uint32Array): SelectedRecords {
    const all = (): Uint32Array => ordinals;
    return new SelectedRecords(ordinals.length, ordinals.byteLength, { inOrder: all, inAnyOrder: all });
  }

  get ordinals(): Uint32Array {
    this.#ordinals ??= this.#make?.inOrder() ?? NONE;
    this.#make = null;
    return this.#ordinals;
  }

  /** Not remembered. */
  get inAnyOrder(): Uint32Array {
    return this.#ordinals ?? this.#make?.inAnyOrder() ?? NONE;
  }

  get bytes(): number {
    return this.#ordinals?.byteLength ?? this.#bytesUntilThen;
  }
}
