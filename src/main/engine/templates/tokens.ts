/** A skeleton as tokens: words, values, and signs that stand alone, so that texts can be compared place by place. */
import { WILDCARD } from "./scan.ts";

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
  for (const match of skeleton.matchAll(TOKEN)) {
    const [text] = match;
    const spaced = match.index > 0 && skeleton.charCodeAt(match.index - 1) === 0x20;
    const split = text === WILDCARD ? null : TRAILING.exec(text);
    if (split === null) tokens.push({ text, spaced });
    else tokens.push({ text: split[1] ?? "", spaced }, { text: split[2] ?? "", spaced: false });
  }
  return tokens;
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
