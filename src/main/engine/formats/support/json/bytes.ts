/** What the bytes of JSON (RFC 8259) mean to a scanner. */
export const [OTHER, NEWLINE, QUOTE, OPEN, CLOSE, SPACE, COMMA, COLON] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
export const CLASS = new Uint8Array(256);
/** Bytes that end a run of plain string bytes. */
export const STRING_STOP = new Uint8Array(256);
for (const [bytes, code] of [
  ["\n", NEWLINE],
  ['"', QUOTE],
  ["{[", OPEN],
  ["}]", CLOSE],
  // Records of RFC 7464 are preceded by a record separator.
  [" \t\r\u001e", SPACE],
  [",", COMMA],
  [":", COLON],
] as const) {
  for (const byte of bytes) CLASS[byte.charCodeAt(0)] = code;
}
for (const byte of '"\\\n') STRING_STOP[byte.charCodeAt(0)] = 1;

export const LINE_FEED = 0x0a;
export const BACKSLASH = 0x5c;
export const OPENING_BRACKET = 0x5b;
/** `]` and `}` stand two above `[` and `{`. */
export const closingOf = (opening: number): number => opening + 2;
export const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

const decoder = new TextDecoder();

/** The key between its quotes, escapes resolved. */
export function keyText(quoted: Uint8Array): string {
  const text = decoder.decode(quoted);
  if (!text.includes("\\")) return text.slice(1, -1);
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
