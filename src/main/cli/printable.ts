/** Text of a file as it may be shown in a terminal: what would move its cursor or turn its text around is escaped. */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

export const printable = (text: string): string =>
  text.replace(UNSAFE, (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`);
