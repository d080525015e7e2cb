// The text of a source as a scan goes through it: a window on its blocks that only moves forward. What lies before the
// part that is asked for is dropped, blocks that hold nothing of it are not read.
import type { CaseReader, RawPlace } from "../../store/protocol.ts";
import type { TextMemory } from "./text-memory.ts";

export class TextWindow {
  readonly #reader: CaseReader;
  readonly #places: readonly RawPlace[];
  readonly #memory: TextMemory;
  readonly #checkpoint: () => void;
  #next = 0;
  /** Offsets in the source's stream, of what is held. */
  #base = 0;
  #end = 0;

  /** A window on `places`, which ascend. `checkpoint` is called before each block and may throw. */
  constructor(reader: CaseReader, places: readonly RawPlace[], memory: TextMemory, checkpoint: () => void) {
    this.#reader = reader;
    this.#places = places;
    this.#memory = memory;
    this.#checkpoint = checkpoint;
  }

  /**
   * Holds the text from `from` up to `to` and maybe beyond; `from` never descends from call to call. Gives the offset up
   * to which it is held: before `to` where the stored text ends there, or has a hole.
   */
  reach(from: number, to: number): number {
    while (this.#end < to) {
      const place = this.#places[this.#next];
      if (place === undefined) break;
      const isHole = place.offset > this.#end && from < this.#end;
      if (isHole) break;
      this.#next += 1;
      if (place.offset + place.length > from) this.#append(from, place);
    }
    return Math.max(from, this.#end);
  }

  /** Offset of the first place in the held text, from `from` on, where a literal of the memory stands; -1 where none. */
  find(literal: number, from: number): number {
    const found = this.#memory.find(literal, this.#placeOf(from), this.#placeOf(this.#end));
    return found === -1 ? -1 : found - this.#memory.start + this.#base;
  }

  /** Held bytes; valid until the window moves. */
  bytes(from: number, to: number): Buffer {
    return this.#memory.bytes.subarray(this.#placeOf(from), this.#placeOf(to));
  }

  /** What `see` says of the held bytes, which lie at two places of a larger array: for those who look at every record. */
  look<T>(from: number, to: number, see: (bytes: Uint8Array, from: number, to: number) => T): T {
    return see(this.#memory.bytes, this.#placeOf(from), this.#placeOf(to));
  }

  string(from: number, to: number): string {
    return this.#memory.bytes.toString("utf8", this.#placeOf(from), this.#placeOf(to));
  }

  #placeOf(offset: number): number {
    return this.#memory.start + offset - this.#base;
  }

  #append(from: number, place: RawPlace): void {
    this.#checkpoint();
    if (place.offset !== this.#end || from >= this.#end) {
      this.#base = place.offset;
      this.#end = place.offset;
    } else if (from - this.#base >= this.#end - from) {
      // Moves less than it drops, so that a record of many blocks is not moved for each of them.
      this.#memory.bytes.copyWithin(this.#memory.start, this.#placeOf(from), this.#placeOf(this.#end));
      this.#base = from;
    }
    const start = this.#placeOf(place.offset);
    this.#memory.reserve(start + place.length);
    if (this.#reader.rawInto(place, this.#memory.bytes.subarray(start, start + place.length)))
      this.#end = place.offset + place.length;
  }
}
