/**
 * Fields of an entry of systemd's journal, https://www.freedesktop.org/software/systemd/man/systemd.journal-fields.html.
 * A field may stand there several times, and its value may be bytes.
 */
import type { JsonObject } from "../json/value.ts";

/** What journald takes as the name of a field. */
export const JOURNAL_NAME = /^[A-Z_][A-Z0-9_]{0,63}$/;

/** Metadata that only entries of a journal have, and no other text of `NAME=value`. */
export const JOURNAL_ADDRESS = /^__(?:CURSOR|REALTIME_TIMESTAMP|MONOTONIC_TIMESTAMP|SEQNUM)=/m;

/** One entry: a field that is there more than once is a list, as journald's own JSON has it. */
export class JournalFields {
  readonly #values = new Map<string, string | string[]>();

  add(name: string, value: string): void {
    const before = this.#values.get(name);
    if (before === undefined) this.#values.set(name, value);
    else if (Array.isArray(before)) before.push(value);
    else this.#values.set(name, [before, value]);
  }

  object(): JsonObject {
    return Object.fromEntries(this.#values);
  }
}

const MOST_BYTE = 0xff;
const isByte = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MOST_BYTE;

/** The text of a list that journald writes where JSON has none: bytes that are no UTF-8, or one value of several. */
export function journalText(list: readonly unknown[]): string | null {
  if (list.length > 0 && list.every(isByte)) return Buffer.from(list).toString("utf8");
  const texts = list.map((value) => (Array.isArray(value) ? journalText(value) : value));
  return texts.length > 0 && texts.every((text) => typeof text === "string") ? texts.join("\n") : null;
}
