/** The name that somebody meant who wrote another one. https://en.wikipedia.org/wiki/Levenshtein_distance */

/** Null when none is close: a wrong guess is worse than none. */
export function nearest(written: string, names: readonly string[]): string | null {
  const [best] = names
    .map((name) => ({ name, distance: distanceTo(name, written) }))
    .filter(({ distance }) => distance < Infinity)
    .toSorted((a, b) => a.distance - b.distance);
  return best?.name ?? null;
}

/** Somebody who wrote only the last part of a path meant that path. Infinite when so many letters differ that it is another word. */
function distanceTo(name: string, written: string): number {
  const candidates = [name, name.slice(name.lastIndexOf(".") + 1)].map((candidate) => {
    const letters = lettersBetween(written.toLowerCase(), candidate.toLowerCase());
    return letters <= Math.max(1, candidate.length / 3) ? letters : Infinity;
  });
  return Math.min(...candidates);
}

/** Longer names are not typed wrongly but wrong. */
const LONGEST = 100;

function lettersBetween(a: string, b: string): number {
  if (a.length > LONGEST || b.length > LONGEST) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
