/** One line as JSON; where it is none, a value that says so. */

export class NoJson {
  readonly where: string;

  constructor(where: string) {
    this.where = where;
  }
}

/** Parsed once even where it fails: an error costs many times what a line does, and a bad file has one a line. */
export function parseJsonLine(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return new NoJson(whereOf(text, error));
  }
}

/** Where V8 stopped reading, when it says so. */
function whereOf(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  const position = message.includes("end of JSON input") ? text.length : /position (\d+)/.exec(message)?.[1];
  return position === undefined ? "" : ` from character ${Number(position) + 1} on`;
}

/** A value that is no object, as a sentence names it. */
export function nameOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}

/** What opens each text of a JSON sequence, RFC 7464; `journalctl -o json-seq` writes one a line. */
export const RECORD_SEPARATOR = 0x1e;

/** A line of a JSON sequence as a line of JSON. */
export const withoutSeparator = (line: string): string =>
  line.charCodeAt(0) === RECORD_SEPARATOR ? line.slice(1) : line;
