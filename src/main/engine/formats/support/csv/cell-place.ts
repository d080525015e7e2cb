/** Where a cell of a row lies, in bytes from the row's start; asked for from left to right. */
export class CellPlace {
  readonly #row: string;
  readonly #ends: readonly number[];
  #character = 0;
  start = 0;
  length = 0;

  /** `ends` is where each cell ends in the row. */
  constructor(row: string, ends: readonly number[]) {
    this.#row = row;
    this.#ends = ends;
  }

  moveTo(index: number): void {
    const from = index === 0 ? 0 : (this.#ends[index - 1] ?? 0) + 1;
    this.start += Buffer.byteLength(this.#row.slice(this.#character, from));
    this.length = Buffer.byteLength(this.#row.slice(from, this.#ends[index]));
    this.#character = from;
  }
}
