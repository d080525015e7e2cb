/** Bytes a second over the last moments. */
const WINDOW_MS = 1_500;

export class Rate {
  readonly #clock: () => number;
  readonly #marks: { readonly at: number; readonly total: number }[] = [];
  #total = 0;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  add(bytes: number): void {
    this.#total += bytes;
    const at = this.#clock();
    this.#marks.push({ at, total: this.#total });
    this.#forget(at);
  }

  perSecond(): number {
    const now = this.#clock();
    this.#forget(now);
    const [first] = this.#marks;
    if (first === undefined || now - first.at < 1) return 0;
    return ((this.#total - first.total) / (now - first.at)) * 1_000;
  }

  #forget(now: number): void {
    while (this.#marks.length > 1 && now - (this.#marks[0]?.at ?? now) > WINDOW_MS) this.#marks.shift();
    if (this.#marks.length === 1 && now - (this.#marks[0]?.at ?? now) > WINDOW_MS) this.#marks.shift();
  }
}
