/** Finds commands and places by the letters that a person remembers of them. */

const BOUNDARY = /[\s\-_./:]/u;

/**
 * How well the letters of `typed` stand, in order, in `title`; null when they do not. Beginnings of words and runs count
 * more, long titles a little less.
 */
export function score(typed: string, title: string): number | null {
  const letters = typed.toLowerCase().replace(/\s+/gu, "");
  const text = title.toLowerCase();
  if (letters === "") return 0;
  const whole = text.indexOf(typed.toLowerCase().trim());
  if (whole >= 0) return 100 + (whole === 0 || BOUNDARY.test(text[whole - 1] ?? "") ? 50 : 0) - text.length / 100;
  let total = 0;
  let from = 0;
  let last = -2;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at < 0) return null;
    const begins = at === 0 || BOUNDARY.test(text[at - 1] ?? "");
    total += begins ? 3 : at === last + 1 ? 2 : 0;
    last = at;
    from = at + 1;
  }
  // Letters that are strewn over a title are no match that anybody meant.
  return total >= letters.length ? total - text.length / 100 : null;
}

export interface Found<T> {
  readonly item: T;
  readonly score: number;
}

export function search<T>(typed: string, items: readonly T[], titleOf: (item: T) => string): readonly T[] {
  return items
    .map((item) => ({ item, score: score(typed, titleOf(item)) }))
    .filter((one): one is Found<T> => one.score !== null)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
