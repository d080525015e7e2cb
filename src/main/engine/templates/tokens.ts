/** A skeleton as tokens: words, values, and signs that stand alone, so that texts can be compared place by place. */
import { WILDCARD } from "./skeleton-items.ts";

export interface Token {
  readonly text: string;
  /** Whether a space stands before it. */
  readonly spaced: boolean;
}

/** A value, a word with the signs inside it, the signs that end a word, or one sign. */
const TOKEN = /<\*>|[()[\]{}<>"',;=|`]|[^\s()[\]{}<>"',;=|`]+/g;
/** Signs at the end of a word: "done.", "user:". */
const TRAILING = /^(.*[^.:!?…])([.:!?…]+)$/s;

export function tokensOf(skeleton: string): Token[] {
  const tokens: Token[] = [];
  for (const { text, start } of cutTokens(skeleton))
    tokens.push({ text, spaced: start > 0 && skeleton.charCodeAt(start - 1) === 0x20 });
  return tokens;
}

/** The tokens of a text with the index each starts at. */
export function* cutTokens(text: string): Generator<{ readonly text: string; readonly start: number }> {
  for (const { 0: found, index } of text.matchAll(TOKEN)) {
    const [, word = "", signs = ""] = (found === WILDCARD ? null : TRAILING.exec(found)) ?? [];
    if (signs === "") yield { text: found, start: index };
    else {
      yield { text: word, start: index };
      yield { text: signs, start: index + word.length };
    }
  }
}

/** The same place, held by a value. */
export const asValue = ({ spaced }: Token): Token => ({ text: WILDCARD, spaced });

export function textOf(tokens: readonly Token[]): string {
  let text = "";
  for (const [index, { text: token, spaced }] of tokens.entries()) text += spaced && index > 0 ? ` ${token}` : token;
  return text;
}

/** Whether a token says something: it holds a letter or a digit. */
export const isWord = (text: string): boolean => text !== WILDCARD && /[\p{L}\p{N}]/u.test(text);

/** Signs as they are, words and values as places: what texts must have in common to be compared. */
export const shapeOf = (tokens: readonly Token[]): string =>
  tokens.map(({ text }) => (text === WILDCARD || isWord(text) ? "\u0001" : text)).join("\u0002");
