// The records of a selection: counted at once, put in the order of the list when somebody looks at them. Over all of a
// case that order takes longer than many a search, and whoever asks how many there are does not need it.

export class SelectedRecords {
  readonly count: number;
  #ordinals: Uint32Array | null = null;
  #inOrder: (() => Uint32Array) | null;
  readonly #bytesUntilThen: number;

  /** `inOrder` gives `count` ordinals; what it remembers of them takes `bytes`, until it is asked for once. */
  constructor(count: number, bytes: number, inOrder: () => Uint32Array) {
    this.count = count;
    this.#bytesUntilThen = bytes;
    this.#inOrder = inOrder;
  }

  static of(ordinals: Uint32Array): SelectedRecords {
    return new SelectedRecords(ordinals.length, ordinals.byteLength, () => ordinals);
  }

  get ordinals(): Uint32Array {
    this.#ordinals ??= this.#inOrder?.() ?? new Uint32Array(0);
    this.#inOrder = null;
    return this.#ordinals;
  }

  get bytes(): number {
    return this.#ordinals?.byteLength ?? this.#bytesUntilThen;
  }
}
