/** logfmt, https://brandur.org/logfmt: `key=value key="quoted \"value\"" flag`. A key without "=" is a flag. */

export interface Pair {
  readonly key: string;
  readonly value: string;
  /** Where the pair starts in the text. */
  readonly at: number;
  /** A key alone, without "=". */
  readonly isFlag: boolean;
}

const SPACE = 0x20;
const QUOTE = 0x22;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
/** Characters that say that a text is XML, JSON or prose. */
const NO_KEY = new Set(Array.from("<>{}()[],;'`|", (character) => character.charCodeAt(0)));

/** Whether a character cannot be part of a key. */
export const endsKey = (code: number): boolean =>
  code <= SPACE || code === EQUALS || code === QUOTE || NO_KEY.has(code);

/** The pairs of a line, or null as soon as something is no logfmt: a bare word that is no key, an open quote. */
export function logfmtPairs(text: string): Pair[] | null {
  const pairs: Pair[] = [];
  let at = 0;
  while (true) {
    while (at < text.length && text.charCodeAt(at) <= SPACE) at += 1;
    if (at >= text.length) return pairs;
    const start = at;
    at = keyEnd(text, at);
    if (at === start) return null;
    const key = text.slice(start, at);
    if (text.charCodeAt(at) !== EQUALS) {
      if (at < text.length && text.charCodeAt(at) > SPACE) return null;
      pairs.push({ key, value: "", at: start, isFlag: true });
      continue;
    }
    at += 1;
    if (text.charCodeAt(at) === QUOTE) {
      const end = quoteEnd(text, at + 1);
      if (end < 0) return null;
      pairs.push({ key, value: unquoted(text.slice(at + 1, end)), at: start, isFlag: false });
      at = end + 1;
    } else {
      const from = at;
      while (at < text.length && text.charCodeAt(at) > SPACE) at += 1;
      pairs.push({ key, value: text.slice(from, at), at: start, isFlag: false });
    }
  }
}

function keyEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !endsKey(text.charCodeAt(at))) at += 1;
  return at;
}

function quoteEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === BACKSLASH && at - 1 - escapes >= from) escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return -1;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unquoted(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code: string | undefined, one: string | undefined) =>
    code === undefined ? (ESCAPES[one ?? ""] ?? one ?? "") : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
