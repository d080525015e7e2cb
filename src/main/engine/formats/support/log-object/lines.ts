/**
 * What can be told of a source whose lines all are JSON objects without a list in them, while it is read: what most logs
 * are. Formats tell such lines apart by their keys, so that nobody has to parse them once more to ask every format.
 */
import type { Timestamp } from "../../../../../shared/model/record.ts";
import { EARLIEST, LATEST, MICROS_PER_SECOND } from "../../../../../shared/units.ts";
import type { Detection, FoundObjectLines } from "../../format.ts";
import type { JsonObject } from "../json/value.ts";

/** A time further inside of what can be stored than this is inside in every zone. */
const ANY_ZONE = 2 * 86_400 * MICROS_PER_SECOND;
const LINE_FEED = 0x0a;
const OPENING = 0x7b;

/** The share of a sample that reads as logs of JSON lines: `objects` parsed, and lines that are `meant` to be objects. */
export function jsonLinesDetection(logs: number, objects: number, meant: number, filled: number): Detection {
  const share = meant / Math.max(filled, 1);
  return {
    confidence: (0.3 + 0.7 * share) * (0.65 + (0.25 * logs) / objects),
    reason: `${objects} of ${filled} lines are JSON objects, ${logs} of them with a time and a message or level`,
  };
}

/** Counts the lines of one source. */
export class ObjectLinesCount {
  readonly #keys = new Set<string>();
  #members: JsonObject | null = null;
  #lines = 0;
  #logs = 0;
  #isSure = true;

  /** Something else than such a line, or one that another zone or another day could change. */
  other(): void {
    this.#isSure = false;
  }

  /** A line of `bytes` from `from` on, with a message, that has these members and no list. */
  line(bytes: Uint8Array, from: number, members: JsonObject, time: Timestamp | null, zoned: boolean): void {
    if (!this.#isSure) return;
    this.#lines += 1;
    if (time !== null) this.#logs += 1;
    if (bytes[from] !== OPENING || (from > 0 && bytes[from - 1] !== LINE_FEED)) this.#isSure = false;
    if (time !== null && !zoned && (time.micros < EARLIEST + ANY_ZONE || time.micros > LATEST - ANY_ZONE))
      this.#isSure = false;
    if (members === this.#members) return;
    this.#members = members;
    for (const key in members) this.#keys.add(key);
  }

  /** Null unless all lines were such lines, and there were two. */
  get found(): FoundObjectLines | null {
    const lines = this.#lines;
    if (!this.#isSure || lines < 2) return null;
    return { lines, keys: this.#keys, says: jsonLinesDetection(this.#logs, lines, lines, lines) };
  }
}
