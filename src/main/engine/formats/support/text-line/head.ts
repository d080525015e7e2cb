/** What the head of a text line says, gathered part by part. One object serves line after line. */
import type { FieldValue, Fields } from "../../../../../shared/model/record.ts";
import { Level } from "../../../../../shared/model/level.ts";
import type { Ids } from "../ids.ts";
import { readLevel, type FoundLevel } from "./level.ts";

export class LineHead {
  level: Level = Level.none;
  service: string | null = null;
  readonly ids: Ids = { traceId: undefined, spanId: undefined, requestId: undefined, correlationId: undefined };
  /** Where the level was looked for last. */
  readonly found: FoundLevel = { level: Level.none, start: 0, end: 0, certain: false };
  /** The part that was read last ends the head: what follows it was not looked at. */
  isClosed = false;
  /** The head can be known again by its characters. */
  isKnowable = false;
  #pairs: [string, FieldValue][] = [];
  /** Fields are for people; a parser leaves them out. */
  readonly keepsFields: boolean;

  constructor(keepsFields: boolean) {
    this.keepsFields = keepsFields;
  }

  get fields(): Fields {
    return this.#pairs;
  }

  clear(): void {
    this.level = Level.none;
    this.service = null;
    const { ids } = this;
    ids.traceId = undefined;
    ids.spanId = undefined;
    ids.requestId = undefined;
    ids.correlationId = undefined;
    this.isClosed = false;
    this.isKnowable = false;
    if (this.keepsFields) this.#pairs = [];
  }

  keep(name: string, value: string): void {
    if (this.keepsFields) this.#pairs.push([name, value]);
  }

  /** Keeps what ends the head; `end` is where, and is given back. */
  closeAt(end: number): number {
    this.isClosed = true;
    return end;
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
    if (!this.keepsFields) return;
    const pid = /^(?:pid )?(\d+)$/.exec(name)?.[1];
    this.keep(pid === undefined ? "thread" : "pid", pid ?? name);
  }

  /** Takes the level that was found as the line's. */
  takeFound(text: string, shift = 0): void {
    this.level = this.found.level;
    if (this.keepsFields) this.keep("level", text.slice(this.found.start + shift, this.found.end + shift));
  }

  isLevel(word: string): boolean {
    readLevel(word, 0, this.found);
    return this.found.level !== Level.none;
  }
}
