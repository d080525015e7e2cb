// Memory that literals and a stretch of text share with the code that finds the ones in the other. Each thread that
// scans has one, whose bytes are used again for block after block, and so stay in the processor's cache.
import { fastFinders, LOOKAHEAD, PAGE_BYTES, plainFinders, type Finders } from "./finders.ts";
import { CASE, type Literal } from "./literal.ts";
import type { Opening } from "./opening.ts";

/** What is looked for. */
export type Target = Literal | Opening;

const isOpening = (target: Target): target is Opening => "tables" in target;
export const lengthOf = (target: Target): number => (isOpening(target) ? target.length : target.bytes.length);

/** A block of text and what is left over of the one before. */
const USUAL_BYTES = 6 * PAGE_BYTES;
/** Memory that a huge record took is given back before the next text. */
const KEPT_BYTES = 16 * 2 ** 20;
/** Of the text, from which it is told which bytes are rare. */
const SAMPLE_BYTES = 4_096;

/** Where a literal stands, and which two of its bytes are compared first; those are told by the first text it meets. */
interface LiteralAim {
  readonly type: "literal";
  readonly bytes: number;
  readonly folds: number;
  readonly length: number;
  probes: readonly [number, number] | null;
}

interface OpeningAim {
  readonly type: "opening";
  readonly tables: number;
  readonly length: number;
}

export class TextMemory {
  #finders: Finders = plainFinders(0);
  #aims: readonly (LiteralAim | OpeningAim)[] = [];
  #targets: readonly Target[] = [];
  #start = 0;
  readonly #isPlain: boolean;

  /** `isPlain`: without the fast code, as on a runtime that has none. */
  constructor(isPlain = false) {
    this.#isPlain = isPlain;
  }

  /** Replaced by {@link reserve} and {@link look}. */
  get bytes(): Buffer {
    return this.#finders.bytes;
  }

  /** Where text may begin; what is looked for stands before it. */
  get start(): number {
    return this.#start;
  }

  /** Looks for these from now on; what was in memory is lost. The same array again is the same again. */
  look(targets: readonly Target[]): void {
    if (targets === this.#targets && this.bytes.length <= KEPT_BYTES) return;
    this.#targets = targets;
    const parts: Uint8Array[] = [];
    let start = 0;
    const place = (part: Uint8Array): number => {
      parts.push(part);
      start += part.length;
      return start - part.length;
    };
    this.#aims = targets.map((target) => {
      const length = lengthOf(target);
      if (isOpening(target)) return { type: "opening", tables: place(target.tables), length };
      return { type: "literal", bytes: place(target.bytes), folds: place(target.folds), length, probes: null };
    });
    this.#start = start;
    if (this.bytes.length > KEPT_BYTES) this.#allocate(start);
    else this.reserve(start);
    let at = 0;
    for (const part of parts) {
      this.bytes.set(part, at);
      at += part.length;
    }
  }

  /** Makes room for text up to this place, keeping what is there. */
  reserve(end: number): void {
    if (end + LOOKAHEAD > this.bytes.length) this.#allocate(end * 2);
  }

  /** First place in `from … end` where a target, by its number in {@link look}, stands whole; -1 where it does not. */
  find(number: number, from: number, end: number): number {
    const aim = this.#aims[number];
    if (aim === undefined || from + aim.length > end) return -1;
    if (aim.type === "opening") return this.#finders.findOpening(from, end - aim.length, aim.tables);
    aim.probes ??= this.#rarest(aim, this.bytes.subarray(from, Math.min(end, from + SAMPLE_BYTES)));
    const { bytes, folds, length, probes } = aim;
    return this.#finders.findBytes(from, end - length, length, bytes, folds, probes[0], probes[1]);
  }

  /** Those two of the bytes that stand least often in the text. */
  #rarest({ bytes, folds, length }: LiteralAim, sample: Uint8Array): readonly [number, number] {
    const counts = new Uint32Array(256);
    for (const byte of sample) counts[byte] = (counts[byte] ?? 0) + 1;
    const byteAt = (i: number): number => this.bytes[bytes + i] ?? 0;
    const frequency = (i: number): number => {
      const inOtherCase = this.bytes[folds + i] === CASE ? counts[byteAt(i) - CASE] : 0;
      return (counts[byteAt(i)] ?? 0) + (inOtherCase ?? 0);
    };
    const rarestFirst = Array.from({ length }, (_, i) => i).sort((a, b) => frequency(a) - frequency(b));
    const rarest = rarestFirst[0] ?? 0;
    return [rarest, rarestFirst.find((i) => byteAt(i) !== byteAt(rarest)) ?? rarestFirst[1] ?? rarest];
  }

  #allocate(bytes: number): void {
    const before = this.bytes;
    const pages = Math.ceil((Math.max(USUAL_BYTES, bytes) + LOOKAHEAD) / PAGE_BYTES);
    this.#finders = (this.#isPlain ? null : fastFinders(pages)) ?? plainFinders(pages);
    this.bytes.set(before.subarray(0, this.bytes.length));
  }
}
