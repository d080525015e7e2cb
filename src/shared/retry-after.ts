// https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
/** The Retry-After header of a response: whole seconds, or the date from which to try again. */

/** Milliseconds from `now`, which is milliseconds since the epoch; null when the header is absent or says neither. */
export function parseRetryAfter(header: string | null, now: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  // An HTTP date begins with the name of a day; Date.parse alone takes "1.5" for a date.
  if (!/^[A-Z][a-z]{2}/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
