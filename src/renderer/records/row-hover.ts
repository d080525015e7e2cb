/**
 * The row under the pointer. Rows that scroll past a pointer at rest were not pointed at: the one that stays under it is
 * told once they stand still, for whatever draws a hovered moment would otherwise draw at every step of the wheel.
 */
const REST_MS = 100;

export class RowHover {
  readonly #tell: (index: number | null) => void;
  #index: number | null = null;
  #told: number | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param tell gets the index of a row; null once the pointer is on none. */
  constructor(tell: (index: number | null) => void) {
    this.#tell = tell;
  }

  over(index: number | null): void {
    this.#index = index;
    if (this.#timer === null) this.#say();
  }

  leave(): void {
    this.#index = null;
    this.#say();
  }

  /** Rows moved under the pointer. */
  scrolled(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#say();
    }, REST_MS);
  }

  #say(): void {
    if (this.#index === this.#told) return;
    this.#told = this.#index;
    this.#tell(this.#index);
  }
}
