/** An exponentially weighted mean that begins as a plain one, so that the first sample does not linger. */
export class MovingMean {
  readonly #weight: number;
  #count = 0;
  value = 0;

  /** `span`: samples after which a sample counts about 1/e. */
  constructor(span: number) {
    this.#weight = 1 / span;
  }

  add(value: number): void {
    this.#count++;
    this.value += Math.max(this.#weight, 1 / this.#count) * (value - this.value);
  }
}
