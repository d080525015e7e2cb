/**
 * Elements of one name in a stream of XML, found by their tags in its bytes: one that is damaged takes no other with it,
 * and a file that is cut gives all before. For elements that do not lie in each other.
 */
import type { Parser, Position } from "../../format.ts";

/** A longer element is not held. */
const LONGEST = 1_024 * 1_024;
const COMMENT = /<!--[^]*?-->/g;
const TAG = /<[^<>]*>/g;
const LINE_FEED = 0x0a;

export interface WholeElement {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly length: number;
  readonly line: number;
}

export interface ElementHandler {
  element(element: WholeElement): void;
  /** What stands between elements and is neither blank nor a tag around them. */
  between(element: WholeElement): void;
  /** One whose end does not come. */
  cut(element: WholeElement): void;
}

export class XmlElements implements Parser {
  readonly #handler: ElementHandler;
  readonly #opening: Buffer;
  readonly #closing: Buffer;
  #held: Buffer = Buffer.alloc(0);
  /** Of the first byte that is held. */
  #offset = 0;
  #line = 1;
  /** Up to here of what is held, nothing more is found. */
  #searched = 0;

  constructor(name: string, handler: ElementHandler) {
    this.#handler = handler;
    this.#opening = Buffer.from(`<${name}`);
    this.#closing = Buffer.from(`</${name}>`);
  }

  get pending(): Position {
    return { offset: this.#offset, line: this.#line - 1 };
  }

  push(chunk: Uint8Array): void {
    this.#held = Buffer.concat([this.#held, chunk]);
    let start = this.#begin(0);
    while (start >= 0) {
      const end = this.#held.indexOf(this.#closing, Math.max(start, this.#searched));
      if (end < 0) break;
      this.#pass(start);
      const length = end - start + this.#closing.length;
      this.#handler.element(this.#whole(length));
      this.#drop(length);
      start = this.#begin(0);
    }
    this.#searched = Math.max(0, this.#held.length - this.#closing.length);
    if (this.#held.length > LONGEST) this.#letGo(start);
  }

  end(): void {
    const start = this.#begin(0);
    this.#pass(start < 0 ? this.#held.length : start);
    if (this.#held.length > 0) this.#handler.cut(this.#whole(this.#held.length));
    this.#drop(this.#held.length);
  }

  /** Where an element begins: its name ends there. */
  #begin(from: number): number {
    for (let at = this.#held.indexOf(this.#opening, from); at >= 0; at = this.#held.indexOf(this.#opening, at + 1)) {
      const next = this.#held[at + this.#opening.length];
      if (next === undefined || next === 0x3e || next <= 0x20) return at;
    }
    return -1;
  }

  #whole(length: number): WholeElement {
    return { bytes: this.#held.subarray(0, length), offset: this.#offset, length, line: this.#line };
  }

  /** Goes on to an element, past what stands before it. */
  #pass(length: number): void {
    if (length === 0) return;
    const text = this.#held.toString("utf8", 0, length);
    if (!isPadding(text)) this.#handler.between(this.#whole(length));
    this.#drop(length);
  }

  #letGo(start: number): void {
    const length = start < 0 ? this.#held.length - this.#opening.length : this.#held.length;
    if (start > 0) this.#pass(start);
    else if (start < 0) this.#pass(length);
    else {
      this.#handler.cut(this.#whole(length));
      this.#drop(length);
    }
  }

  #drop(length: number): void {
    for (let at = this.#held.indexOf(LINE_FEED); at >= 0 && at < length; at = this.#held.indexOf(LINE_FEED, at + 1))
      this.#line += 1;
    this.#held = this.#held.subarray(length);
    this.#offset += length;
    this.#searched = 0;
  }
}

/** What may stand around the elements: a declaration, comments, and the root's tags. */
const isPadding = (text: string): boolean =>
  text.replaceAll(COMMENT, "").replaceAll(TAG, "").replace("\ufeff", "").trim() === "";
