/**
 * A unified diff (https://www.gnu.org/software/diffutils/manual/html_node/Unified-Format.html), as loosely as lists of
 * commits carry it: headers may be missing, paths may stand behind the `@@`.
 */

export interface Diff {
  /** Lines without their sign. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Lines around them. */
  readonly context: readonly string[];
}

/** Code that people read is shorter; what is longer was made by a machine. */
const LONGEST_LINE = 500;

export function parseDiff(text: string): Diff {
  const added: string[] = [];
  const removed: string[] = [];
  const context: string[] = [];
  for (const whole of text.split(/\r?\n/u)) {
    const line = whole.slice(0, LONGEST_LINE);
    if (/^(?:\+\+\+|---) /u.test(line) || /^(?:diff |index [0-9a-f]|\\ No newline)/u.test(line)) continue;
    if (line.startsWith("+")) added.push(line.slice(1));
    else if (line.startsWith("-")) removed.push(line.slice(1));
    else if (!line.startsWith("@@")) context.push(line);
  }
  return { added, removed, context };
}

/** A line as it counts: without indentation, spacing within, and trailing commas. */
export const bareLine = (line: string): string => line.trim().replaceAll(/\s+/gu, " ").replace(/[,;]$/u, "");

const COMMENT = /^(?:\/\/|#(?!include|define|\[)|\/\*|\*(?!\w)|--(?!\w)|<!--|;|%|"""|''')/u;
export const isComment = (line: string): boolean => COMMENT.test(line.trim());
const IMPORT = /^(?:import\b|from \S+ import\b|using \S+;|require\b|#include|use \S+;|package\b|"[\w./@-]+"$|[()]$)/u;
export const isImport = (line: string): boolean => IMPORT.test(line.trim());

/** One old line and the one that took its place. */
export interface Pair {
  readonly before: string;
  readonly after: string;
}

export interface Delta {
  /** What remains once lines that only moved, were spaced otherwise, or say nothing to a machine are left out. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Lines of both that are alike, most alike first. */
  readonly pairs: readonly Pair[];
  /** Removed lines that stand among the added ones again. */
  readonly moved: number;
}

const ALIKE = 0.5;

export function deltaOf(diff: Diff): Delta {
  const left = new Map<string, number>();
  for (const line of diff.added.map(bareLine).filter(saysSomething)) left.set(line, (left.get(line) ?? 0) + 1);
  const removed: string[] = [];
  let moved = 0;
  for (const line of diff.removed.map(bareLine).filter(saysSomething)) {
    const count = left.get(line) ?? 0;
    if (count === 0) removed.push(line);
    else {
      left.set(line, count - 1);
      moved++;
    }
  }
  const added = [...left].flatMap(([line, count]) => Array.from({ length: count }, () => line));
  return { added, removed, pairs: pairsOf(removed, added), moved };
}

const saysSomething = (line: string): boolean => /[\p{L}\p{N}]/u.test(line) && !isComment(line) && !isImport(line);

/** Each line is held against each: beyond so many, a diff is no change of a value that can be told. */
const MOST_PAIRED = 200;

function pairsOf(removed: readonly string[], added: readonly string[]): Pair[] {
  if (removed.length > MOST_PAIRED || added.length > MOST_PAIRED) return [];
  const free = [...added];
  const pairs: Pair[] = [];
  for (const before of removed) {
    let best = -1;
    let most = ALIKE;
    for (const [at, after] of free.entries()) {
      const alike = likeness(before, after);
      if (alike > most) [best, most] = [at, alike];
    }
    const after = free[best];
    if (after === undefined) continue;
    free.splice(best, 1);
    pairs.push({ before, after });
  }
  return pairs;
}

export const tokensOf = (line: string): string[] => line.match(/[\p{L}_$][\p{L}\p{N}_$]*|\d+(?:\.\d+)*|\S/gu) ?? [];

/** Share of the tokens that both have, in the order-free sense of Dice. */
function likeness(one: string, other: string): number {
  const a = tokensOf(one);
  const b = tokensOf(other);
  const left = [...b];
  let both = 0;
  for (const token of a) {
    const at = left.indexOf(token);
    if (at < 0) continue;
    left.splice(at, 1);
    both++;
  }
  return (2 * both) / Math.max(1, a.length + b.length);
}
