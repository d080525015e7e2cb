/**
 * Whether a diff that only moves lines alters what happens: a call that is moved into a lock, a message that is
 * acknowledged before it is handled, a check behind what it guards. Order says nothing among statements that do not
 * depend on each other, and everything beside those that take, give back, end or repeat.
 */
import { bareLine, isComment, isImport } from "./diff.ts";

export interface Reordered {
  /** The line that moved, and the first of those that it passed and that order matters to. */
  readonly line: string;
  readonly passed: string;
}

const ORDERED =
  /\block\b|unlock|mutex|synchronized|transaction|\bbegin\b|commit|rollback|\bn?ack\w*\(|await|\breturn\b|\bfor\b|while|\btry\b|catch|finally|close\(|release|acquire|valid\w*\(|verify|authori[sz]e|check\w*\(|flush|\bemit|publish/iu;
/** More lines are moved to tidy up, and so is what is defined. */
const MOST_MOVED = 3;
const DEFINES =
  /^(?:export |public |private |protected |static |async |pub )*(?:func|function|def|fn|fun|class|type|interface|struct|const|import)\b/u;

interface Line {
  readonly sign: string;
  readonly text: string;
}

/** Null where lines moved that order says nothing of, or too many. */
export function reordered(diffText: string): Reordered | null {
  const lines = linesOf(diffText);
  if (lines.filter(({ sign }) => sign === "-").length > MOST_MOVED) return null;
  const moves = lines.flatMap((line, from) => {
    if (line.sign !== "-") return [];
    const to = lines.findIndex(({ sign, text }) => sign === "+" && text === line.text);
    return to < 0 ? [] : [{ line: line.text, from: Math.min(from, to), to: Math.max(from, to) }];
  });
  if (moves.some(({ line }) => DEFINES.test(line))) return null;
  const moved = new Set(moves.map(({ line }) => line));
  for (const { line, from, to } of moves) {
    const between = lines.slice(from + 1, to).filter(({ text }) => !moved.has(text));
    const passed = between.find(({ text }) => ORDERED.test(line) || ORDERED.test(text));
    if (passed !== undefined) return { line, passed: passed.text };
  }
  return null;
}

const linesOf = (diffText: string): Line[] =>
  diffText
    .split(/\r?\n/u)
    .filter((line) => !/^(?:\+\+\+|---) |^@@|^(?:diff |index [0-9a-f]|\\)/u.test(line))
    .map((line) => ({ sign: line.slice(0, 1), text: bareLine(line.slice(1)) }))
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text) && !isComment(text) && !isImport(text));
