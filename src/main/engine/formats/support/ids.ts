/** Trace, span, request and correlation ids, in fields and in running text. */

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

/** Ids of one record; absent means that it names none. */
export interface Ids {
  traceId?: string | undefined;
  spanId?: string | undefined;
  requestId?: string | undefined;
  correlationId?: string | undefined;
}

const TRACE = /\btrace[-_.]?id["']?\s{0,2}[:=]\s{0,2}["']?([\w-]{8,64})/i;
const SPAN = /\bspan[-_.]?id["']?\s{0,2}[:=]\s{0,2}["']?([\w-]{8,64})/i;
const REQUEST = /\breq(?:uest)?[-_. ]?id["']?\s{0,2}[:=]\s{0,2}["']?([\w.:-]{1,128}\w)/i;
const CORRELATION = /\bcorr(?:elation)?[-_. ]?id["']?\s{0,2}[:=]\s{0,2}["']?([\w.:-]{1,128}\w)/i;

/** Finds ids such as "TraceID: 49a5…" or "request_id=r-1"; most lines have none and cost four scans of text. */
export function idsInText(text: string, ids: Ids): void {
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
