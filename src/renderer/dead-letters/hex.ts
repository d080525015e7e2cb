/** Bytes as an editor shows them: offset, hexadecimal digits, printable ASCII. */

export interface HexRow {
  readonly offset: string;
  readonly hex: string;
  readonly ascii: string;
}

/** Of most offsets; larger ones take what they need. */
const DIGITS = 6;

export const hexRowCount = (length: number, perRow: number): number => Math.ceil(length / perRow);

/** @param start offset of the first byte in its source. */
export function hexRow(bytes: Uint8Array, row: number, perRow: number, start: number): HexRow {
  const at = row * perRow;
  const part = Array.from(bytes.subarray(at, at + perRow));
  const cells = part.map((byte) => byte.toString(16).padStart(2, "0"));
  const half = perRow / 2;
  const columns = [cells.slice(0, half), cells.slice(half)].map((side) => side.join(" ").padEnd(half * 3 - 1));
  return {
    offset: (start + at).toString(16).padStart(DIGITS, "0"),
    hex: columns.join(perRow > 8 ? "  " : " "),
    ascii: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join(""),
  };
}

export function hexDump(bytes: Uint8Array, perRow: number, start: number): string {
  const rows = Array.from({ length: hexRowCount(bytes.length, perRow) }, (_, row) => hexRow(bytes, row, perRow, start));
  return rows.map(({ offset, hex, ascii }) => `${offset}  ${hex}  ${ascii}`).join("\n");
}

/** Index of a byte's two digits in {@link HexRow.hex}. */
export const digitsAt = (column: number, perRow: number): number =>
  column * 3 + (perRow > 8 && column >= perRow / 2 ? 1 : 0);
