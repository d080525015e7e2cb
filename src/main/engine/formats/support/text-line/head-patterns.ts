/** What readers of a head share: patterns that run at one place only, and the signs between its parts. */

/** Of a sticky pattern. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

export const THREAD = /[\s|:-]*\[([^\][]{1,80})\][\s:|]*/y;
const SEPARATORS = /[\s:|\]-]*(?:> )?/y;

export const passSeparators = (text: string, at: number): number =>
  at + (matchAt(SEPARATORS, text, at)?.[0].length ?? 0);

/** A blank, "|", "-" or ":". */
export const isSeparator = (code: number): boolean =>
  code === 0x20 || code === 0x09 || code === 0x7c || code === 0x2d || code === 0x3a;
