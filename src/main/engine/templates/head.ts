/**
 * Finds what of a line is its head (a node, a thread, a level, a component) where no format has cut it off. A head is what
 * stands at the same place in nearly all lines of a source: it is found by counting over the whole source, never by
 * knowing the source's format. Heads would split one template into one for each thread and component.
 */
import { WILDCARD } from "./skeleton-items.ts";
import type { Token } from "./tokens.ts";
import { isWord } from "./tokens.ts";

/** One distinct skeleton of a source. */
export interface HeadLine {
  readonly tokens: readonly Token[];
  /** Records that have it. */
  readonly count: number;
}

/** Share of a source's records in which a part of the head must stand. */
const SHARE = 0.9;
/** Components before a colon are left out by some lines. */
const SHARE_OF_NAMES = 0.8;
/** A source with fewer different lines tells nothing of places. */
const FEWEST_LINES = 4;
const MOST_PARTS = 10;
/** Words of columns in a row. */
const MOST_WORDS = 4;
/** A head is short. */
const FURTHEST = 14;

const LEVELS =
  /^(?:trace|debug|info|information|notice|warn|warning|err|error|severe|fatal|crit|critical|alert|emerg|failure|verbose|fine|finer|finest|config)$/i;

/** The index after a part of the head that starts at `at`, or -1. */
type Part = (tokens: readonly Token[], at: number) => number;

const textAt = (tokens: readonly Token[], at: number): string => tokens[at]?.text ?? "";

/** "[main] ", "[req-12 - -] ". */
const bracket: Part = (tokens, at) => {
  if (textAt(tokens, at) !== "[") return -1;
  let depth = 0;
  for (let next = at; next < tokens.length && next < at + 4 * FURTHEST; next += 1) {
    const text = textAt(tokens, next);
    if (text === "[") depth += 1;
    else if (text === "]") depth -= 1;
    if (depth === 0) return passSigns(tokens, next + 1);
  }
  return -1;
};

/** The first word that is a level, and all before it. Prose begins small: "no error" is no level. */
const level: Part = (tokens, at) => {
  for (let next = at; next < tokens.length && next < at + FURTHEST; next += 1) {
    const text = textAt(tokens, next);
    if (LEVELS.test(text) && isLevelHere(tokens, at, next)) return passSigns(tokens, closeBracket(tokens, next + 1));
  }
  return -1;
};

function isLevelHere(tokens: readonly Token[], start: number, at: number): boolean {
  const text = textAt(tokens, at);
  if (text === text.toUpperCase()) return text.length > 3;
  const before = textAt(tokens, at - 1);
  return before === "[" || before === "<" || (before === "," && at <= start + 1);
}

const closeBracket = (tokens: readonly Token[], at: number): number => {
  const text = textAt(tokens, at);
  return text === "]" || text === ">" || text === ")" ? at + 1 : at;
};

/** A value, or "-" where one is missing. */
const value: Part = (tokens, at) => (isValue(tokens, at) ? passSigns(tokens, at + 1) : -1);

const isValue = (tokens: readonly Token[], at: number): boolean => {
  const text = textAt(tokens, at);
  if (text !== WILDCARD && text !== "-") return false;
  const next = tokens[at + 1];
  return next !== undefined && (next.spaced || next.text === ":" || next.text === "|" || next.text === ",");
};

/** "component|", with no space in it. */
const cell: Part = (tokens, at) => {
  for (let next = at; next < tokens.length && next < at + FURTHEST; next += 1) {
    if (next > at && tokens[next]?.spaced === true) return -1;
    if (textAt(tokens, next) === "|") return next + 1;
  }
  return -1;
};

/** "program - ". */
const dash: Part = (tokens, at) => {
  for (let next = at; next < tokens.length && next < at + 5; next += 1) {
    if (textAt(tokens, next) === "-" && tokens[next]?.spaced === true && tokens[next + 1]?.spaced === true)
      return next + 1;
  }
  return -1;
};

/** "Component: ", "program(module)[12]: ". */
const named: Part = (tokens, at) => {
  for (let next = at; next < tokens.length && next < at + FURTHEST; next += 1) {
    if (next > at && tokens[next]?.spaced === true) return -1;
    if (textAt(tokens, next) === ":") return tokens[next + 1]?.spaced === true ? next + 1 : -1;
  }
  return -1;
};

/** "TraceID: 9f3a ", "level=info ". */
const pair: Part = (tokens, at) => {
  const sign = textAt(tokens, at + 1);
  const isPair = isWord(textAt(tokens, at)) && (sign === ":" || sign === "=") && textAt(tokens, at + 2) === WILDCARD;
  return isPair && tokens[at + 3]?.spaced === true ? passSigns(tokens, at + 3) : -1;
};

/** "nova.compute.manager ". */
const logger: Part = (tokens, at) => {
  const { text = "" } = tokens[at] ?? {};
  return /^[A-Za-z_][\w$-]*(?:\.[\w$-]+){1,}$/.test(text) && tokens[at + 1]?.spaced === true ? at + 1 : -1;
};

function passSigns(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < tokens.length && ["-", ":", "|", ","].includes(textAt(tokens, at))) at += 1;
  return at;
}

/** How many tokens of each line are its head. */
export function headLengths(lines: readonly HeadLine[]): number[] {
  const starts = lines.map(() => 0);
  if (lines.length < FEWEST_LINES) return starts;
  let hasHead = haveLabels(lines) && take(lines, starts, label, SHARE);
  let hasColumns = false;
  let onlyValues = true;
  for (let parts = 0; parts < MOST_PARTS; parts += 1) {
    // What follows a thread or a level may begin with a value of its own.
    const values: boolean = onlyValues && take(lines, starts, value, SHARE);
    const columns: boolean = !values && onlyValues && hasHead && !hasColumns && take(lines, starts, column, SHARE);
    const found =
      values ||
      columns ||
      take(lines, starts, bracket, SHARE) ||
      take(lines, starts, cell, SHARE) ||
      take(lines, starts, level, SHARE) ||
      take(lines, starts, dash, SHARE) ||
      take(lines, starts, pair, SHARE) ||
      (hasHead && take(lines, starts, logger, SHARE)) ||
      take(lines, starts, named, SHARE_OF_NAMES);
    if (!found) break;
    hasHead = true;
    hasColumns ||= columns;
    onlyValues &&= values || columns;
  }
  return starts;
}

/** Moves the starts behind a part that nearly all lines have. A line always keeps something to say. */
function take(lines: readonly HeadLine[], starts: number[], part: Part, share: number): boolean {
  const ends = lines.map(({ tokens }, index) => {
    const end = part(tokens, starts[index] ?? 0);
    return end >= 0 && tokens.slice(end).some(({ text }) => text === WILDCARD || isWord(text)) ? end : -1;
  });
  let all = 0;
  let having = 0;
  for (const [index, { count }] of lines.entries()) {
    all += count;
    if ((ends[index] ?? -1) >= 0) having += count;
  }
  if (having < all * share) return false;
  for (const [index, end] of ends.entries()) if (end >= 0) starts[index] = end;
  return true;
}

/** Words between values: the columns of "17 node unix.hw state_change 1077804742 1 text". */
const column: Part = (tokens, at) => {
  let first = at;
  while (isValue(tokens, first)) first += 1;
  for (let next = first; next <= first + MOST_WORDS; next += 1) {
    if (next > first && isValue(tokens, next)) return value(tokens, next);
    if (!/^[\w.$-]+$/.test(textAt(tokens, next))) return -1;
  }
  return -1;
};

/** Where most lines begin with "-", a word in capitals is what others have in its place. */
const label: Part = (tokens, at) =>
  /^(?:-|[A-Z][A-Z\d_]*)$/.test(textAt(tokens, at)) && textAt(tokens, at + 1) === WILDCARD ? at + 1 : -1;

function haveLabels(lines: readonly HeadLine[]): boolean {
  let all = 0;
  let dashed = 0;
  for (const { tokens, count } of lines) {
    all += count;
    if (textAt(tokens, 0) === "-") dashed += count;
  }
  return dashed * 2 >= all;
}
