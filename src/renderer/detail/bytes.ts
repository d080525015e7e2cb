/** A record's own bytes: as text where they are text, as a hex dump where they are not. */

export interface HexLine {
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

const PER_LINE = 16;
const strict = new TextDecoder("utf-8", { fatal: true });

/** The text of well-formed UTF-8 without NUL; null for anything else. */
export function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** What can be read of any bytes, with replacement characters. */
export const looseText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** @param start offset of the first byte in its source. */
export function hexLines(bytes: Uint8Array, start: number, most: number): readonly HexLine[] {
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length && lines.length < most; at += PER_LINE) {
    const part = bytes.subarray(at, at + PER_LINE);
    const cells = Array.from(part, (byte) => byte.toString(16).padStart(2, "0"));
    const left = cells.slice(0, 8).join(" ").padEnd(23);
    const right = cells.slice(8).join(" ").padEnd(23);
    lines.push({
      offset: (start + at).toString(16).padStart(8, "0"),
      hex: `${left}  ${right}`,
      text: Array.from(part, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join(""),
    });
  }
  return lines;
}
