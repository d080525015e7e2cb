/** Trace, span, request and correlation ids, in fields and in running text. */
import type { AsciiSlice, Text } from "../../../../shared/model/ascii-slice.ts";

/** AWS X-Ray's id is a W3C one with dashes: 1-5759e988-bd862e3fe1be46a994272793. */
const XRAY = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/i;

/** A trace or span id as records carry it: hexadecimal in lower case; one of zeros is none. */
export function traceIdOf(value: unknown): string | undefined {
  const text = idOf(value);
  if (text === undefined || isZeros(text)) return undefined;
  if (isLowerHex(text)) return text;
  const xray = XRAY.exec(text);
  if (xray !== null) return `${xray[1] ?? ""}${xray[2] ?? ""}`.toLowerCase();
  return /^[0-9A-Fa-f]+$/.test(text) ? text.toLowerCase() : text;
}

/** The same of a field that loggers write: Google Cloud's says projects/PROJECT/traces/ID. */
export const loggedTraceId = (value: unknown): string | undefined =>
  traceIdOf(typeof value === "string" ? value.slice(value.lastIndexOf("/") + 1) : value);

/** Most ids are 16 or 32 of these; read by hand, for three expressions a line are a twelfth of an import. */
function isLowerHex(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) return false;
  }
  return true;
}

function isZeros(text: string): boolean {
  let at = 0;
  while (text.charCodeAt(at) === 0x30) at += 1;
  return at === text.length;
}

/** An id as it is; empty text and "-" are none. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  return text.length === 0 || text === "-" || text === "null" || text === "None" ? undefined : text;
}

/** Whether a byte is a hexadecimal digit in lower case. */
const LOWER_HEX = new Uint8Array(256);
for (const digit of "0123456789abcdef") LOWER_HEX[digit.charCodeAt(0)] = 1;
const ZERO = 0x30;
const SLASH = 0x2f;
const SPACE = 0x20;
/** Shorter texts may stand for no id, see {@link idOf}. */
const LONGEST_NONE = 4;

/** The part of `text` that {@link loggedTraceId} gives; undefined where only that can tell. */
export function traceIdIn(text: AsciiSlice | null): AsciiSlice | undefined {
  if (text === null) return undefined;
  const from = hexFrom(text);
  if (from > text.from && text.view.getUint8(from - 1) !== SLASH) return undefined;
  if (isZerosFrom(text, from)) return undefined;
  text.from = from;
  return text;
}

/** The same for {@link traceIdOf}. */
export const spanIdIn = (text: AsciiSlice | null): AsciiSlice | undefined =>
  text === null || hexFrom(text) > text.from || isZerosFrom(text, text.from) ? undefined : text;

/** The same for {@link idOf}. */
export function idIn(text: AsciiSlice | null): AsciiSlice | undefined {
  if (text === null || text.length <= LONGEST_NONE) return undefined;
  const { view, from, to } = text;
  return view.getUint8(from) <= SPACE || view.getUint8(to - 1) <= SPACE ? undefined : text;
}

/** Where the hexadecimal digits begin that `text` ends with. */
function hexFrom({ view, from, to }: AsciiSlice): number {
  let at = to;
  while (at > from && LOWER_HEX[view.getUint8(at - 1)] === 1) at -= 1;
  return at;
}

function isZerosFrom({ view, to }: AsciiSlice, from: number): boolean {
  let at = from;
  while (at < to && view.getUint8(at) === ZERO) at += 1;
  return at === to;
}

/** Ids of one record; absent means that it names none. */
export interface Ids<T = string> {
  traceId?: T | undefined;
  spanId?: T | undefined;
  requestId?: T | undefined;
  correlationId?: T | undefined;
}

const TRACE = /\btrace[-_.]?id["']?\s{0,2}[:=]\s{0,2}["']?([\w-]{8,64})/i;
const SPAN = /\bspan[-_.]?id["']?\s{0,2}[:=]\s{0,2}["']?([\w-]{8,64})/i;
const REQUEST = /\breq(?:uest)?[-_. ]?id["']?\s{0,2}[:=]\s{0,2}["']?([\w.:-]{1,128}\w)/i;
const CORRELATION = /\bcorr(?:elation)?[-_. ]?id["']?\s{0,2}[:=]\s{0,2}["']?([\w.:-]{1,128}\w)/i;

/** Finds ids such as "TraceID: 49a5…" or "request_id=r-1"; most lines have none and cost four scans of text. */
export function idsInText(text: string, ids: Ids<Text>): void {
  if (text.includes("race")) ids.traceId ??= traceIdOf(TRACE.exec(text)?.[1]);
  else if (text.includes("RACE")) ids.traceId ??= traceIdOf(TRACE.exec(text)?.[1]);
  if (ids.traceId !== undefined) ids.spanId ??= traceIdOf(SPAN.exec(text)?.[1]);
  if (text.includes("eq")) ids.requestId ??= idOf(REQUEST.exec(text)?.[1]);
  if (text.includes("orr")) ids.correlationId ??= idOf(CORRELATION.exec(text)?.[1]);
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/i;

/** W3C trace context, https://www.w3.org/TR/trace-context/#traceparent-header */
export function readTraceparent(value: unknown, ids: Ids): void {
  const match = typeof value === "string" ? TRACEPARENT.exec(value) : null;
  if (match === null) return;
  ids.traceId ??= traceIdOf(match[1]);
  ids.spanId ??= traceIdOf(match[2]);
}
