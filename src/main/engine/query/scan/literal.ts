// Bytes to look for, with or without regard to the case of ASCII letters.

/** Never empty. */
export interface Literal {
  /** Letters that may stand in either case are small. */
  readonly bytes: Uint8Array;
  /** Set in a byte of the text before it is compared: {@link CASE} for a letter that may stand in either case, else 0. */
  readonly folds: Uint8Array;
}

/** The bit in which the cases of an ASCII letter differ. */
export const CASE = 0x20;

export function exactly(text: string): Literal {
  const bytes = Buffer.from(text);
  return { bytes, folds: new Uint8Array(bytes.length) };
}

/** ASCII letters of the text stand for either case. */
export function eitherCase(text: string): Literal {
  const bytes = Buffer.from(text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()));
  return { bytes, folds: Uint8Array.from(bytes, (byte) => (byte >= 0x61 && byte <= 0x7a ? CASE : 0)) };
}
