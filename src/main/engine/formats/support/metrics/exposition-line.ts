/**
 * One sample line of a metrics exposition: `name{label="value"} value timestamp # {exemplar labels} value timestamp`, in the
 * grammar of OpenMetrics, https://prometheus.io/docs/specs/om/open_metrics_spec/, with the blanks that the older text
 * format lets stand anywhere. A name may stand among the labels, quoted or as `__name__`, as newer servers and
 * `promtool tsdb dump` write it.
 */
export type Labels = readonly (readonly [name: string, value: string])[];

export interface ExpositionLine {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
  /** As written; null where the line has none. */
  readonly time: string | null;
  readonly exemplar: { readonly labels: Labels; readonly value: number } | null;
}

/** What is wrong with a line, as the end of a sentence. */
export class NoExposition extends Error {}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL_NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const WORD = /[^ \t#{}]+/y;
const BLANKS = /[ \t]*/y;
const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
const SPECIAL = /^(?:nan|([-+]?)inf(?:inity)?)$/i;

/** Throws {@link NoExposition}. */
export function readExpositionLine(text: string): ExpositionLine {
  const cursor = new Cursor(text);
  const written = cursor.take(NAME) ?? "";
  cursor.take(BLANKS);
  const set = cursor.next === "{" ? readLabels(cursor, true) : { name: "", labels: [] };
  const name = written || set.name;
  if (name === "") throw new NoExposition("names no metric");
  if (!cursor.isAfter(" \t}")) throw new NoExposition("has no blank after its metric's name");
  if (cursor.next !== "" && cursor.isAfter("}") && !" \t".includes(cursor.next))
    throw new NoExposition("has no blank before its value");
  cursor.take(BLANKS);
  const value = numberOfText(cursor.take(WORD) ?? "");
  if (value === undefined) throw new NoExposition("has no number as its value");
  cursor.take(BLANKS);
  const time = cursor.take(WORD) ?? null;
  if (time !== null && !NUMBER.test(time)) throw new NoExposition(`has a timestamp that is no number, "${time}"`);
  cursor.take(BLANKS);
  const exemplar = cursor.next === "#" ? readExemplar(cursor) : null;
  if (cursor.next !== "") throw new NoExposition(`goes on with "${cursor.rest.slice(0, 40)}" where it should end`);
  return { name, labels: set.labels, value, time, exemplar };
}

function readExemplar(cursor: Cursor): { labels: Labels; value: number } {
  const { labels } = cursor.skip("# {", 2) ? readLabels(cursor, false) : { labels: null };
  if (labels === null) throw new NoExposition("has an exemplar without labels");
  cursor.take(BLANKS);
  const value = numberOfText(cursor.take(WORD) ?? "");
  if (value === undefined) throw new NoExposition("has an exemplar without a value");
  if (cursor.skip(" ", 1) && !NUMBER.test(cursor.take(WORD) ?? ""))
    throw new NoExposition("has an exemplar whose timestamp is no number");
  return { labels, value };
}

function readLabels(cursor: Cursor, mayName: boolean): { name: string; labels: Labels } {
  const labels: (readonly [string, string])[] = [];
  let name = "";
  cursor.skip("{", 1);
  cursor.take(BLANKS);
  while (cursor.next !== "}") {
    const quoted = cursor.next === '"' ? readQuoted(cursor) : null;
    const key = quoted ?? cursor.take(LABEL_NAME);
    if (key === undefined) throw new NoExposition("has a label without a proper name");
    cursor.take(BLANKS);
    if (cursor.skip("=", 1)) {
      cursor.take(BLANKS);
      const value = cursor.next === '"' ? readQuoted(cursor) : null;
      if (value === null) throw new NoExposition(`has no quoted value for the label "${key}"`);
      if (mayName && key === "__name__") name = value;
      else labels.push([key, value]);
    } else if (mayName && quoted !== null && name === "") name = quoted;
    else throw new NoExposition(`has no value for the label "${key}"`);
    cursor.take(BLANKS);
    if (cursor.skip(",", 1)) cursor.take(BLANKS);
    else if (cursor.next !== "}") throw new NoExposition("has labels that are not parted by commas");
  }
  cursor.skip("}", 1);
  return { name, labels };
}

function readQuoted(cursor: Cursor): string {
  const written = cursor.takeQuoted();
  if (written === null) throw new NoExposition("has a quote that is not closed");
  return written.replaceAll(/\\(["\\n])/g, (_, character: string) => (character === "n" ? "\n" : character));
}

/** "NaN" and "+Inf" are values; hexadecimal and binary numbers are not. */
function numberOfText(text: string): number | undefined {
  if (NUMBER.test(text)) return Number(text);
  const special = SPECIAL.exec(text);
  if (special === null) return undefined;
  if (special[1] === undefined) return Number.NaN;
  return special[1] === "-" ? -Infinity : Infinity;
}

class Cursor {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get next(): string {
    return this.#text.charAt(this.#at);
  }

  get rest(): string {
    return this.#text.slice(this.#at);
  }

  isAfter(characters: string): boolean {
    return characters.includes(this.#text.charAt(this.#at - 1));
  }

  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  /** What stands between the quote here and the one that closes it; by hand, for a label may be as long as a line. */
  takeQuoted(): string | null {
    for (let at = this.#at + 1; at < this.#text.length; at += 1) {
      const character = this.#text.charAt(at);
      if (character === "\\") at += 1;
      else if (character === '"') {
        const inner = this.#text.slice(this.#at + 1, at);
        this.#at = at + 1;
        return inner;
      }
    }
    return null;
  }

  /** Passes over `length` characters when the text goes on with `start`. */
  skip(start: string, length: number): boolean {
    const found = this.#text.startsWith(start, this.#at);
    if (found) this.#at += length;
    return found;
  }
}
