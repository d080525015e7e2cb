/** A pause between two pieces of news that ends early when something cannot wait, also when that comes before it begins. */
export class Pause {
  #isUrgent = false;
  #end = (): void => {};

  /** Resolves after so many milliseconds, or when {@link end} is called; at once when it was called since the last one. */
  async take(milliseconds: number): Promise<void> {
    if (!this.#isUrgent) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#isUrgent = false;
  }

  end(): void {
    this.#isUrgent = true;
    this.#end();
  }
}
