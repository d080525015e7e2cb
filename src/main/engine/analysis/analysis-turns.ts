/**
 * Detectors, the search for suspects and the comparison of clocks each look at all of a case and hold what grows with its
 * records. Of a small case they do it beside each other; of a very large one each begins when the thread of the one
 * before is gone, for what they hold would come on top of each other.
 */
export interface AnalysisThreads {
  /** Resolves when nothing runs there, and what its thread held is given back. */
  readonly detectors: { rest(): Promise<void> };
  readonly searches: { rest(): Promise<void> };
  readonly isLarge: () => boolean;
}

/** Records of a case over which they may work at the same time. */
export const MOST_AT_ONCE = 1_500_000;

export class AnalysisTurns {
  readonly #threads: AnalysisThreads;

  constructor(threads: AnalysisThreads) {
    this.#threads = threads;
  }

  /** Whether the case is too large for more than one at a time. */
  get areTaken(): boolean {
    return this.#threads.isLarge();
  }

  /** Resolves when the detectors may begin. */
  async ofDetectors(): Promise<void> {
    if (this.areTaken) await this.#threads.searches.rest();
  }

  /** When a search for suspects may. */
  async ofSearch(): Promise<void> {
    if (this.areTaken) await this.#threads.detectors.rest();
  }

  /** When clocks may be compared: the suspects are waited for by more people. */
  async ofClocks(): Promise<void> {
    await this.ofSearch();
    await this.ofDetectors();
  }
}
