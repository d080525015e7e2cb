// A dead letter as an export carries it, and where in its bytes reading failed.
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { LETTER_SCHEMA, type LetterLine } from "../../../shared/letter-file.ts";
import type { DeadLetter, DeadLetterStep } from "../../../shared/model/dead-letter.ts";
import type { WholeLetter } from "../store/dead-letters/page.ts";
import type { QueryContext } from "./query-context.ts";

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");

/** With its line end. */
export function letterLine(
  { letter, edited, text, around }: WholeLetter,
  history: readonly DeadLetterStep[],
  context: Pick<QueryContext, "source">,
): string {
  const raw = text ?? letter.raw;
  const line: LetterLine = {
    schema: LETTER_SCHEMA,
    key: letter.key,
    source: letter.path,
    connector: letter.connector,
    zone: context.source(letter.sourceId)?.zone ?? "UTC",
    format: letter.format,
    formatVersion: letter.formatVersion,
    offset: letter.offset,
    length: letter.length,
    line: letter.line,
    stage: letter.stage,
    reason: letter.reason,
    message: letter.message,
    raw: base64(raw),
    whole: text !== null,
    sha256: createHash("sha256").update(raw).digest("hex"),
    edited: edited === null ? null : base64(edited),
    around,
    attempts: letter.attempts,
    generation: letter.generation,
    firstAt: letter.firstAt,
    lastAt: letter.lastAt,
    history: history.map((step) => ({ ...step, text: step.text === null ? null : base64(step.text) })),
  };
  return `${JSON.stringify(line)}\n`;
}

/** "from character 12 on", as formats say it; bytes of the letter are counted in characters of its text. */
const FROM_CHARACTER = /from character (\d+) on/u;
const FROM_BYTE = /\bbyte (\d+)\b/gu;

/** Byte of `raw` at which reading failed, its length for its end; null when the message does not say it. */
export function placeOf({ message, raw, offset, length }: DeadLetter): number | null {
  const character = FROM_CHARACTER.exec(message)?.[1];
  if (character !== undefined) {
    const at = byteOfCharacter(raw, Number(character) - 1);
    // What was cut off fails behind its last byte.
    return raw.byteLength < length && at === raw.byteLength ? null : at;
  }
  for (const [, byte] of message.matchAll(FROM_BYTE)) {
    const at = Number(byte) - offset;
    if (at > 0 && at < Math.min(length, raw.byteLength)) return at;
  }
  return null;
}

/** Byte at which that character (in UTF-16 units, from 0) begins; bytes that are no UTF-8 count as their replacements. */
function byteOfCharacter(raw: Uint8Array, index: number): number {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (isUtf8(bytes)) return Buffer.byteLength(bytes.toString("utf8").slice(0, index));
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let units = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (units === index) return at;
    units += decoder.decode(bytes.subarray(at, at + 1), { stream: true }).length;
    // What broke a sequence off is a character of its own, and came out with the replacement.
    if (units > index) return at;
  }
  return bytes.length;
}
