/**
 * The first step of a template: what of a message is certainly a value (a number, an id, an address, a path, a time, what
 * follows "key=") becomes `<*>`, in one pass over the characters. Runs for every log record in the parser thread, so it
 * makes no string: equal skeletons are met again by their hash, and a text is made of a new one only.
 */
import type { Text } from "../../../shared/model/ascii-slice.ts";
import { readCore } from "./cores.ts";
import { classAt, DIGIT, MessageText, SEPARATOR, SPACE } from "./message-text.ts";
import { readSeparator, readSpace } from "./separators.ts";
import { SkeletonItems, WILDCARD } from "./skeleton-items.ts";

/** Control characters separate words too. */
const SPACES = /[\0-\x20\s]+/g;

/** Reads one message after the other; what it says is of the last one. */
export class MessageScanner {
  readonly #text = new MessageText();
  readonly #items = new SkeletonItems();

  get hash(): number {
    return this.#items.hash;
  }

  get check(): number {
    return this.#items.check;
  }

  get count(): number {
    return this.#items.count;
  }

  start(item: number): number {
    return this.#items.start(item);
  }

  end(item: number): number {
    return this.#items.end(item);
  }

  isValue(item: number): boolean {
    return this.#items.isValue(item);
  }

  /** The skeleton of the message that was read last. */
  skeleton(): string {
    const { message } = this.#text;
    let skeleton = "";
    for (let item = 0; item < this.count; item += 1) {
      skeleton += this.isValue(item) ? WILDCARD : message.slice(this.start(item), this.end(item));
    }
    return skeleton.replace(SPACES, " ").trimEnd();
  }

  /** A slice must stay where it is until the next message, or until nothing more is asked of this one. */
  scan(message: Text): void {
    const text = this.#text;
    const items = this.#items;
    text.begin(message);
    items.clear();
    while (!items.isFull) {
      const kind = classAt(text.codes, text.at);
      if (kind <= DIGIT) readCore(text, items);
      else if (kind === SPACE) readSpace(text, items);
      else if (kind === SEPARATOR) readSeparator(text, items);
      else break;
    }
  }
}
