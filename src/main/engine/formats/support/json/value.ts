/**
 * Parses one JSON value without losing digits: a number that a double cannot hold (nanoseconds since 1970, 64-bit ids)
 * is kept as its text. Also the small questions that every JSON format asks of a value.
 */
import { isAscii } from "node:buffer";

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
/** Integers that may pass 2^53, and times with microseconds and more. */
const LONG_NUMBER = /^-?(?:\d{16,}(?:\.\d+)?|\d{7,}\.\d{7,})$/;
/** Cheap and never wrong in saying no: digits after a quote are text, and 16 of them fit below 9 × 10^15. */
const MAY_HOLD_LONG_NUMBER = /(?:^|[:,[\s])-?(?:\d{17}|9\d{15}|\d{7,}\.\d{7})/;

/** Throws a SyntaxError on what is not JSON. */
export function parseJsonValue(bytes: Uint8Array): unknown {
  const text = jsonBytesText(bytes);
  return JSON.parse(MAY_HOLD_LONG_NUMBER.test(text) ? quoteLongNumbers(text) : text) as unknown;
}

/** Bytes as text; what is not UTF-8 reads as U+FFFD. */
function jsonBytesText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isAscii(buffer) ? buffer.toString("latin1") : buffer.toString("utf8");
}

/** Turns numbers that would lose digits into strings, outside of strings. */
function quoteLongNumbers(text: string): string {
  let quoted = "";
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const outside = text.slice(at, quote === -1 ? text.length : quote);
    quoted += outside.replace(NUMBER, (number) => (losesDigits(number) ? `"${number}"` : number));
    if (quote === -1) break;
    const end = stringEnd(text, quote);
    quoted += text.slice(quote, end);
    at = end;
  }
  return quoted;
}

const losesDigits = (number: string): boolean => LONG_NUMBER.test(number) && String(Number(number)) !== number;

function stringEnd(text: string, quote: number): number {
  for (let at = quote + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at + 1;
  }
  return text.length;
}

/** The value of the first of these keys that is there and not null. */
export function firstOf(object: JsonObject, keys: readonly string[]): unknown {
  for (const key of keys) {
    if (!Object.hasOwn(object, key)) continue;
    const value = object[key];
    if (value !== null && value !== undefined) return value;
  }
  return undefined;
}

/** The first of these keys that holds text, or a number as its text. */
export function textOf(object: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = Object.hasOwn(object, key) ? object[key] : undefined;
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number") return String(value);
  }
  return undefined;
}

/** A number, or the text of one: "NaN" and "+Inf" as metrics write them. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const infinite = /^([-+]?)inf(?:inity)?$/i.exec(value);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  if (/^nan$/i.test(value)) return Number.NaN;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

export function objectOf(object: JsonObject, key: string): JsonObject | undefined {
  const value = firstOf(object, [key]);
  return isObject(value) ? value : undefined;
}

export function arrayOf(object: JsonObject, key: string): readonly unknown[] {
  const value = firstOf(object, [key]);
  return Array.isArray(value) ? value : [];
}
