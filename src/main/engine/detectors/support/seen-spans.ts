/**
 * Which spans were met before: dumps that overlap hold the same span twice, and it counts once, as in the waterfall. A
 * million spans as texts in a Set would take hundreds of megabytes; here a span is 64 bits of a hash of its trace, id,
 * service, start and duration. Two different ones of ten million share one by chance in less than one case of 10^5.
 */
import { textAt, type DictionaryColumn, type SegmentColumns } from "../../../../shared/model/segment.ts";

type Columns = Pick<SegmentColumns, "time" | "nanos" | "duration" | "service" | "traceId" | "spanId">;

/** Seeds of the two halves. */
const HALVES = [0x9e37_79b9, 0x85eb_ca6b] as const;

export class SeenSpans {
  /** High and low half of each hash side by side; both 0 in an empty slot. */
  #slots = new Uint32Array(2 ** 12);
  #held = 0;

  /** Whether a row says just what one before said, asked once a row. Spans without an id are never copies. */
  askerFor({ time, nanos, duration, service, traceId, spanId }: Columns): (row: number) => boolean {
    this.#reserve(this.#held + time.length);
    const [high, low] = HALVES.map((seed) => {
      const [traces, spans, services] = [hashesOf(traceId, seed), hashesOf(spanId, seed), hashesOf(service, seed)];
      return (row: number): number => {
        let hash = joined(traces(row), spans(row));
        hash = joined(hash, services(row));
        hash = joinedNumber(hash, time[row] ?? 0);
        hash = joined(hash, nanos?.[row] ?? 0);
        return joinedNumber(hash, duration?.[row] ?? 0);
      };
    });
    return (row) => textAt(spanId, row) !== null && !this.#add(high?.(row) ?? 0, low?.(row) ?? 0);
  }

  /** Whether it is new. */
  #add(high: number, low: number): boolean {
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    // The pair of zeros is what marks an empty slot.
    const odd = high === 0 && low === 0 ? 1 : low;
    for (let at = odd & mask; ; at = (at + 1) & mask) {
      if (slots[at * 2] === high && slots[at * 2 + 1] === odd) return false;
      if (slots[at * 2] !== 0 || slots[at * 2 + 1] !== 0) continue;
      slots[at * 2] = high;
      slots[at * 2 + 1] = odd;
      this.#held += 1;
      return true;
    }
  }

  /** Makes room for so many spans in all, at least half of it empty. */
  #reserve(spans: number): void {
    if (spans * 4 <= this.#slots.length) return;
    const before = this.#slots;
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(spans * 4)));
    this.#held = 0;
    for (let at = 0; at < before.length; at += 2) {
      const [high = 0, low = 0] = [before[at], before[at + 1]];
      if (high !== 0 || low !== 0) this.#add(high, low);
    }
  }
}

/** By row; a text is hashed when it is first met. */
function hashesOf(column: DictionaryColumn | null, seed: number): (row: number) => number {
  if (column === null) return () => seed >>> 0;
  const hashes = Uint32Array.from([null, ...column.dictionary], (text) => hashOf(text, seed));
  return (row) => hashes[column.index[row] ?? 0] ?? 0;
}

function hashOf(text: string | null, seed: number): number {
  if (text === null) return seed >>> 0;
  let hash = joined(seed, text.length + 1);
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  return mixed(hash);
}

const joined = (hash: number, value: number): number => mixed(Math.imul(hash, 31) ^ mixed(value + 0x27d4_eb2f));

const number = new Float64Array(1);
const halves = new Uint32Array(number.buffer);
function joinedNumber(hash: number, value: number): number {
  // A duration that is missing is no number, whatever its bits.
  number[0] = Number.isNaN(value) ? -1 : value;
  return joined(joined(hash, halves[0] ?? 0), halves[1] ?? 0);
}

/** The finaliser of MurmurHash3 (Appleby 2008): every bit of the number moves every bit of the answer. */
function mixed(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
