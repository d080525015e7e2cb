/**
 * Bytes of the stored text for whoever reads thousands of records, nearly in the order in which they lie. Blocks are
 * decompressed into memory that is used again: V8 counts what lies outside of its heap, and a fresh quarter of a
 * megabyte for each of a thousand blocks makes it collect garbage dozens of times, where there is next to none.
 */
import type { CaseReader, RawPlace } from "../store/protocol.ts";

/** Few records are read out of order: those of small sources that lie side by side in time. */
const BLOCKS_HELD = 8;

interface HeldBlock {
  readonly sourceId: number;
  readonly place: RawPlace;
  readonly bytes: Uint8Array;
}

export class StoredText {
  readonly #reader: Pick<CaseReader, "rawPlaces" | "rawInto">;
  /** Most recently read last. */
  readonly #held: HeldBlock[] = [];

  constructor(reader: Pick<CaseReader, "rawPlaces" | "rawInto">) {
    this.#reader = reader;
  }

  /** A copy of the bytes of a source's stream; shorter where the stream ends before. */
  read(sourceId: number, offset: number, length: number): Uint8Array {
    const last = this.#held.at(-1);
    // Mostly so, and to ask the case where a block lies takes a tenth of decompressing it.
    if (last?.sourceId === sourceId && last.place.offset <= offset && offset + length <= endOf(last.place))
      return last.bytes.slice(offset - last.place.offset, offset - last.place.offset + length);
    const text = new Uint8Array(length);
    let end = 0;
    for (const place of length === 0 ? [] : this.#reader.rawPlaces(sourceId, offset, offset + length)) {
      const bytes = this.#block(sourceId, place);
      if (bytes === null) continue;
      const part = bytes.subarray(Math.max(0, offset - place.offset), Math.max(0, offset + length - place.offset));
      text.set(part, end);
      end += part.length;
    }
    return text.subarray(0, end);
  }

  /** Null when the source was cleared meanwhile. */
  #block(sourceId: number, place: RawPlace): Uint8Array | null {
    const known = this.#held.findIndex((held) => held.place.id === place.id);
    const [found] = known < 0 ? [] : this.#held.splice(known, 1);
    const bytes = found?.bytes ?? this.#decompressed(place);
    if (bytes !== null) this.#held.push({ sourceId, place, bytes });
    return bytes;
  }

  #decompressed(place: RawPlace): Uint8Array | null {
    const oldest = this.#held.length < BLOCKS_HELD ? undefined : this.#held.shift();
    const memory = oldest?.bytes.buffer;
    const bytes =
      memory !== undefined && memory.byteLength >= place.length
        ? new Uint8Array(memory, 0, place.length)
        : new Uint8Array(place.length);
    return this.#reader.rawInto(place, bytes) ? bytes : null;
  }
}

const endOf = ({ offset, length }: RawPlace): number => offset + length;
