/** What the head of a text line says, gathered part by part. One object serves line after line. */
import type { FieldValue, Fields } from "../../../../shared/model/record.ts";
import { Level } from "../../../../shared/model/level.ts";
import type { Ids } from "./ids.ts";
import { readLevel, type FoundLevel } from "./text-level.ts";

export class LineHead {
  level: Level = Level.none;
  service: string | null = null;
  ids: Ids = {};
  /** Where the level was looked for last. */
  readonly found: FoundLevel = { level: Level.none, start: 0, end: 0, certain: false };
  #pairs: [string, FieldValue][] = [];
  readonly #keepsFields: boolean;

  /** Fields are for people; a parser leaves them out. */
  constructor(keepsFields: boolean) {
    this.#keepsFields = keepsFields;
  }

  get fields(): Fields {
    return this.#pairs;
  }

  clear(): void {
    this.level = Level.none;
    this.service = null;
    this.ids = {};
    if (this.#keepsFields) this.#pairs = [];
  }

  keep(name: string, value: string): void {
    if (this.#keepsFields) this.#pairs.push([name, value]);
  }

  /** How many fields there are; {@link forget} goes back to it when a reading fails half way. */
  get kept(): number {
    return this.#pairs.length;
  }

  forget(kept: number): void {
    this.#pairs.length = kept;
  }

  /** A number in brackets is a process, anything else a thread. */
  keepThread(name: string): void {
    const pid = /^(?:pid )?(\d+)$/.exec(name)?.[1];
    this.keep(pid === undefined ? "thread" : "pid", pid ?? name);
  }

  /** Takes the level that was found as the line's. */
  takeFound(text: string, shift = 0): void {
    this.level = this.found.level;
    this.keep("level", text.slice(this.found.start + shift, this.found.end + shift));
  }

  isLevel(word: string): boolean {
    readLevel(word, 0, this.found);
    return this.found.level !== Level.none;
  }
}
