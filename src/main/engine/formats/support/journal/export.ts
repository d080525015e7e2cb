/**
 * The grammar of one entry of a journal's export: a field is `NAME=value` on a line, or NAME on a line, the size of its
 * value (64 bits, little-endian), the value and a line end.
 */
import { JOURNAL_NAME, JournalFields } from "./fields.ts";
import type { JsonObject } from "../json/value.ts";
import { LONGEST_LINE } from "../lines.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const EQUALS = 0x3d;
const SIZE_BYTES = 8;
const LONGEST_NAME = 64;

export interface BadField {
  readonly reason: "bad-field" | "too-large" | "truncated";
  readonly what: string;
  /** Where the next line may begin. */
  readonly resume: number;
}

export interface FieldPlace {
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Index after the field. */
  readonly end: number;
}

/** Index after the line at `from`; -1 while it may go on. */
export function lineEnd(bytes: Buffer, from: number, ended: boolean): number {
  const at = bytes.indexOf(LINE_FEED, from);
  return at >= 0 ? at + 1 : ended && from < bytes.length ? bytes.length : -1;
}

/** Whether the line from `from` to `end`, its own end included, is empty. */
export function isEmptyLine(bytes: Buffer, from: number, end: number): boolean {
  const to = contentEnd(bytes, from, end);
  return to === from;
}

/** Before the line end; a file that passed through Windows has a carriage return there too. */
function contentEnd(bytes: Buffer, from: number, end: number): number {
  const fed = end > from && bytes[end - 1] === LINE_FEED ? end - 1 : end;
  return fed > from && bytes[fed - 1] === CARRIAGE_RETURN ? fed - 1 : fed;
}

/** The field at `from`, where no empty line stands; null while it may go on. */
export function fieldAt(bytes: Buffer, from: number, ended: boolean): FieldPlace | BadField | null {
  const end = lineEnd(bytes, from, ended);
  if (end < 0) return bytes.length - from > LONGEST_LINE ? tooLarge(from) : null;
  const to = contentEnd(bytes, from, end);
  const equals = bytes.subarray(from, Math.min(to, from + LONGEST_NAME + 1)).indexOf(EQUALS);
  const nameEnd = equals < 0 ? to : from + equals;
  if (nameEnd - from > LONGEST_NAME || !JOURNAL_NAME.test(bytes.toString("latin1", from, nameEnd)))
    return { reason: "bad-field", what: "a line is neither NAME=value nor the name of a field", resume: from };
  if (equals >= 0) return { nameEnd, valueStart: nameEnd + 1, valueEnd: to, end };
  return sizedAt(bytes, nameEnd, end, ended);
}

const tooLarge = (resume: number): BadField => ({
  reason: "too-large",
  what: `a field is larger than ${LONGEST_LINE / 1024 / 1024} MiB`,
  resume,
});

function sizedAt(bytes: Buffer, nameEnd: number, sizeAt: number, ended: boolean): FieldPlace | BadField | null {
  const resume = Math.min(sizeAt + SIZE_BYTES, bytes.length);
  const truncated: BadField = { reason: "truncated", what: "the input ends inside of a field", resume };
  if (bytes.length < sizeAt + SIZE_BYTES) return ended ? truncated : null;
  const size = Number(bytes.readBigUInt64LE(sizeAt));
  if (size > LONGEST_LINE) return tooLarge(resume);
  const valueEnd = resume + size;
  if (valueEnd >= bytes.length) return ended ? truncated : null;
  if (bytes[valueEnd] !== LINE_FEED)
    return { reason: "bad-field", what: "no line end stands behind as many bytes as a field says it has", resume };
  return { nameEnd, valueStart: resume, valueEnd, end: valueEnd + 1 };
}

/** All fields of an entry that was read whole. */
export function entryObject(raw: Uint8Array): JsonObject {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const fields = new JournalFields();
  // The last line end may have been left out.
  for (let at = 0; at < bytes.length;) {
    const field = fieldAt(bytes, at, true);
    if (field === null || "reason" in field) break;
    fields.add(bytes.toString("latin1", at, field.nameEnd), bytes.toString("utf8", field.valueStart, field.valueEnd));
    at = field.end;
  }
  return fields.object();
}
