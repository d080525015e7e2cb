/** Characters as their codes, and the digits of a text as numbers, without cutting the text. */

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
export const isLetter = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
/** "[", "<" and "(". */
export const isOpeningBracket = (code: number): boolean => code === 0x5b || code === 0x3c || code === 0x28;
/** "]", ">" and ")". */
export const isClosingBracket = (code: number): boolean => code === 0x5d || code === 0x3e || code === 0x29;

/** How many digits stand at `at`, at most 20. */
export function digitsAt(text: string, at: number): number {
  let end = at;
  while (end < at + 20 && isDigit(text.charCodeAt(end))) end += 1;
  return end - at;
}

/** The number that `width` digits at `at` write. */
export function numberAt(text: string, at: number, width: number): number {
  let value = 0;
  for (let index = at; index < at + width; index += 1) value = value * 10 + text.charCodeAt(index) - 0x30;
  return value;
}
