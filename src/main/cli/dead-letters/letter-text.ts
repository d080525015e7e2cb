/** One dead letter as a person reads it in a terminal: what is wrong, its bytes as text and as hex, and its history. */
import type { CallOutput } from "../../../shared/contract.ts";
import { isoMicros } from "../iso-time.ts";
import { printable } from "../printable.ts";
import { table } from "../table.ts";
import { textOf } from "./letter-json.ts";

/** Bytes that a terminal is bothered with. */
const SHOWN_BYTES = 4_096;
const ROW_BYTES = 16;

export function letterText({ letter, edited, place, history }: CallOutput<"deadLetters.get">): string {
  const { id, path, line, offset, length, stage, reason, message, format, formatVersion, attempts, raw } = letter;
  const shown = raw.subarray(0, SHOWN_BYTES);
  const parts = [
    `dead letter ${id} of ${path}`,
    `line ${line}, byte ${offset}, ${length.toLocaleString("en-US")} bytes, read as ${format} (version ${formatVersion})`,
    `${stage}: ${reason}, ${attempts} ${attempts === 1 ? "attempt" : "attempts"}`,
    message,
    "",
    textOf(shown),
    ...(length > shown.byteLength ? [`… ${(length - shown.byteLength).toLocaleString("en-US")} more bytes`] : []),
    ...(edited === null ? [] : ["", "edited:", textOf(edited.subarray(0, SHOWN_BYTES))]),
    "",
  ];
  const steps = history.map(({ at, action, format: as, zone, encoding, reason: why, message: what }) => [
    isoMicros(at),
    action,
    [as, zone, encoding].filter((part) => part !== null).join(" "),
    why ?? "",
    what ?? "",
  ]);
  const head = `${parts
    .flatMap((part) => part.split("\n"))
    .map(printable)
    .join("\n")}\n`;
  return `${head}${hex(shown, place)}\n${table(["time", "what", "as", "reason", "message"], steps)}`;
}

/** Rows of offset, bytes and characters; the byte at which reading failed stands in brackets. */
function hex(bytes: Uint8Array, place: number | null): string {
  const rows: string[] = [];
  for (let start = 0; start < bytes.byteLength; start += ROW_BYTES) {
    const row = [...bytes.subarray(start, start + ROW_BYTES)];
    const cells = row.map((byte, at) => {
      const digits = byte.toString(16).padStart(2, "0");
      return start + at === place ? `[${digits}]` : ` ${digits} `;
    });
    const characters = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    rows.push(`${start.toString(16).padStart(6, "0")} ${cells.join("").padEnd(ROW_BYTES * 4)} ${characters}\n`);
  }
  return rows.join("");
}
