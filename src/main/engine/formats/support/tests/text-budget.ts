/** Bounds the texts that a report makes a parser hold: each of them, and all together, whatever the report is. */

/** Text of a failure beyond this many characters is left in the source. */
export const MOST_DETAIL = 8_192;
/** Characters of all texts that are held at one time. */
const MOST_HELD = 16 * 1024 * 1024;

export class TextBudget {
  #held = 0;

  /** As much of `text` as may be held beside the `kept` characters that stand before it. */
  keep(text: string, kept = 0): string {
    const part = text.slice(0, Math.max(Math.min(MOST_DETAIL - kept, MOST_HELD - this.#held), 0));
    this.#held += part.length;
    return part;
  }

  release(...texts: readonly (string | null)[]): void {
    for (const text of texts) this.#held -= text?.length ?? 0;
  }
}
