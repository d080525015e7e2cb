/**
 * Tells whoever looks on that the case is not what it was, once for many changes. They ask again for all they show each
 * time they hear of it, which takes longer the more there is: while records come in they hear of it the less often, so
 * that the processor is left to the threads that read.
 */
import { Pause } from "./pause.ts";

export interface NewsOptions {
  /** Brings the reader up to date, and tells. */
  readonly tell: () => Promise<void>;
  /** Milliseconds that the reader has worked since it was started. */
  readonly worked: () => number;
  /** Whether records come in. */
  readonly isReading: () => boolean;
}

/** Changes come in bursts. */
const PAUSE_MS = 150;
/** While records come in: so many times what the reader worked for the news before, which leaves it a quarter of a core. */
const REST = 3;
/** A person who searches meanwhile makes it work too, and still sees the bars grow. */
const LONGEST_REST_MS = 1_000;

export class News {
  readonly #options: NewsOptions;
  readonly #pause = new Pause();
  #isNew = false;
  #telling: Promise<void> | null = null;
  #hasEnded = false;

  constructor(options: NewsOptions) {
    this.#options = options;
  }

  get isTelling(): boolean {
    return this.#telling !== null;
  }

  /** Something changed: it is told soon. */
  changed(): void {
    if (this.#hasEnded) return;
    this.#isNew = true;
    this.#telling ??= this.#tell();
  }

  /** What changes next is told at once. */
  hurry(): void {
    this.#pause.end();
  }

  /** Resolves when all is told. */
  async idle(): Promise<void> {
    await this.#telling;
  }

  /** Nothing more is told; what is being told is, see {@link idle}. */
  end(): void {
    this.#hasEnded = true;
    this.#pause.end();
  }

  async #tell(): Promise<void> {
    const { tell, worked, isReading } = this.#options;
    let workedBefore = worked();
    while (this.#isNew && !this.#hasEnded) {
      this.#isNew = false;
      const start = performance.now();
      await tell();
      // Of thousands of sources that alone takes long: it may take half of the reader's time and no more.
      const took = performance.now() - start;
      const rest = isReading() ? Math.min(REST * (worked() - workedBefore), LONGEST_REST_MS) : 0;
      workedBefore = worked();
      if (this.#isNew) await this.#pause.take(Math.max(PAUSE_MS, took, rest));
    }
    this.#telling = null;
  }
}
