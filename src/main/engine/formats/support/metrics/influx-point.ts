/**
 * One point of InfluxDB's line protocol, https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/:
 * `measurement,tag=value field=0.5,other=1i 1700000000000000000`. A backslash escapes blanks, commas and equals signs,
 * quotes inside of texts, and is itself anywhere else.
 */
export interface InfluxPoint {
  readonly measurement: string;
  readonly tags: readonly (readonly [string, string])[];
  /** Booleans are 0 and 1. */
  readonly fields: readonly (readonly [name: string, value: number | string])[];
  /** As written; null where the line has none. */
  readonly time: string | null;
}

/** What is wrong with a line, as the end of a sentence. */
export class NoPoint {
  readonly what: string;

  constructor(what: string) {
    this.what = what;
  }
}

/** The name of a field's series: `cpu_usage`, and the measurement alone where its field is only "value". */
export function influxMetric(measurement: string, field: string): string {
  if (measurement === "") return field;
  return field === "value" || field === "" ? measurement : `${measurement}_${field}`;
}

const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
const INTEGER = /^-?\d+[iu]$/;
const TRUE = /^(?:t|T|true|True|TRUE)$/;
const FALSE = /^(?:f|F|false|False|FALSE)$/;
const TIME = /^-?\d+$/;
const BLANKS = /[ \t]+/y;

export function readInfluxPoint(text: string): InfluxPoint | NoPoint {
  const cursor = new Cursor(text);
  const measurement = cursor.name(", ");
  if (measurement === "") return new NoPoint("names no measurement");
  // Escaped they may stand there; else the line is of another format.
  if (/^["{[]|[^\\]=/.test(text.slice(0, cursor.at))) return new NoPoint("has no name of a measurement first");
  const tags: (readonly [string, string])[] = [];
  while (cursor.take(",")) {
    const key = cursor.name("=, ");
    const value = cursor.take("=") ? cursor.name(", ") : "";
    if (key === "" || value === "")
      return new NoPoint(`has a tag without a ${key === "" ? "name" : `value, "${key}"`}`);
    tags.push([key, value]);
  }
  if (!cursor.blanks()) return new NoPoint("has no blank before its fields");
  const fields: (readonly [string, number | string])[] = [];
  do {
    const key = cursor.name("=, ");
    if (key === "" || !cursor.take("=")) return new NoPoint(`has no "=" behind the field "${key}"`);
    const value = cursor.next === '"' ? cursor.quoted() : valueOf(cursor.name(", "));
    if (value === null) return new NoPoint(`has no value of the field "${key}" that can be read`);
    fields.push([key, value]);
  } while (cursor.take(","));
  const rest = cursor.blanks() ? cursor.rest.trim() : cursor.rest;
  if (rest !== "" && !TIME.test(rest)) return new NoPoint(`goes on with "${rest.slice(0, 40)}" where a time should be`);
  return { measurement, tags, fields, time: rest === "" ? null : rest };
}

function valueOf(word: string): number | null {
  if (NUMBER.test(word)) return Number(word);
  if (INTEGER.test(word)) return Number(word.slice(0, -1));
  if (TRUE.test(word)) return 1;
  return FALSE.test(word) ? 0 : null;
}

class Cursor {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get next(): string {
    return this.#text.charAt(this.at);
  }

  get rest(): string {
    return this.#text.slice(this.at);
  }

  take(character: string): boolean {
    const found = this.next === character;
    if (found) this.at += 1;
    return found;
  }

  blanks(): boolean {
    BLANKS.lastIndex = this.at;
    const found = BLANKS.exec(this.#text)?.[0].length ?? 0;
    this.at += found;
    return found > 0;
  }

  /** Up to one of the characters that end it; those are escaped where they belong to it. */
  name(ends: string): string {
    const from = this.at;
    let isEscaped = false;
    for (; this.at < this.#text.length; this.at += 1) {
      const character = this.#text.charAt(this.at);
      if (character === "\\" && ", =".includes(this.#text.charAt(this.at + 1) || "x")) {
        isEscaped = true;
        this.at += 1;
      } else if (ends.includes(character)) break;
    }
    const written = this.#text.slice(from, this.at);
    return isEscaped ? written.replaceAll(/\\([, =])/g, "$1") : written;
  }

  /** What stands in quotes; null where they are not closed. */
  quoted(): string | null {
    const from = this.at + 1;
    for (let at = from; at < this.#text.length; at += 1) {
      const character = this.#text.charAt(at);
      if (character === "\\") at += 1;
      else if (character === '"') {
        this.at = at + 1;
        return this.#text.slice(from, at).replaceAll(/\\(["\\])/g, "$1");
      }
    }
    return null;
  }
}
