/**
 * The skeletons of one source: the same string for every message of the same shape, and a bounded number of different
 * ones, whatever the messages are. What comes beyond the bound is told by the templates of what came before it.
 */
import type { Text } from "../../../shared/model/ascii-slice.ts";
import { MessageScanner } from "./scan.ts";
import { WILDCARD } from "./skeleton-items.ts";
import { Patterns } from "./patterns.ts";

/** Different skeletons that a source may have. Real sources have tens to hundreds. */
const MOST_SKELETONS = 4_096;
/** Beginnings of messages that fit no template, beyond that. */
const MOST_BEGINNINGS = 1_024;
const FIRST_SLOTS = 256;

export class Skeletons {
  readonly #scanner = new MessageScanner();
  readonly #most: number;
  /** Open addressing; a slot holds two hashes and the index of a skeleton plus one. */
  #slots = new Int32Array(FIRST_SLOTS * 3);
  #mask = FIRST_SLOTS - 1;
  readonly #texts: string[] = [];
  #patterns: Patterns | null = null;
  readonly #beginnings = new Set<string>();

  constructor(most = MOST_SKELETONS) {
    this.#most = most;
  }

  /** The skeleton of a message's first line. */
  of(message: Text): string {
    const scanner = this.#scanner;
    scanner.scan(message);
    const { hash, check } = scanner;
    const slots = this.#slots;
    let slot = (hash ^ (hash >>> 15)) & this.#mask;
    for (;;) {
      const index = slots[slot * 3 + 2] ?? 0;
      if (index === 0) break;
      if (slots[slot * 3] === hash && slots[slot * 3 + 1] === check) return this.#texts[index - 1] ?? "";
      slot = (slot + 1) & this.#mask;
    }
    const text = scanner.skeleton();
    if (this.#texts.length >= this.#most) return this.#beyond(text);
    this.#texts.push(text);
    slots[slot * 3] = hash;
    slots[slot * 3 + 1] = check;
    slots[slot * 3 + 2] = this.#texts.length;
    if (this.#texts.length * 2 > this.#mask) this.#grow();
    return text;
  }

  #grow(): void {
    const old = this.#slots;
    this.#mask = this.#mask * 2 + 1;
    this.#slots = new Int32Array((this.#mask + 1) * 3);
    for (let from = 0; from < old.length; from += 3) {
      const hash = old[from] ?? 0;
      const index = old[from + 2] ?? 0;
      if (index === 0) continue;
      let slot = (hash ^ (hash >>> 15)) & this.#mask;
      while (this.#slots[slot * 3 + 2] !== 0) slot = (slot + 1) & this.#mask;
      this.#slots[slot * 3] = hash;
      this.#slots[slot * 3 + 1] = old[from + 1] ?? 0;
      this.#slots[slot * 3 + 2] = index;
    }
  }

  #beyond(skeleton: string): string {
    this.#patterns ??= new Patterns(this.#texts);
    const text = this.#patterns.match(skeleton) ?? beginningOf(skeleton);
    if (this.#beginnings.has(text)) return text;
    if (this.#beginnings.size >= MOST_BEGINNINGS) return WILDCARD;
    this.#beginnings.add(text);
    return text;
  }
}

/** The first two words of a message that is like no other. */
const beginningOf = (skeleton: string): string => {
  const words = skeleton.split(" ", 3);
  return words.length < 3 ? WILDCARD : `${words[0]} ${words[1]} ${WILDCARD}`;
};

/** The skeleton of one message that no table knows. */
export function skeletonOf(message: string): string {
  const scanner = new MessageScanner();
  scanner.scan(message);
  return scanner.skeleton();
}
