/**
 * Elements that can only be read once something that may come after them is known (a trace's processes, a resource).
 * Copies are kept up to a limit, and beyond it what is known must do.
 */
import type { JsonElement } from "./elements.ts";

const HELD_BYTES = 64 * 1024 * 1024;
/** What an element takes beside its bytes. */
const ELEMENT_BYTES = 200;

export class HeldElements<E extends JsonElement = JsonElement> {
  readonly #release: (element: E) => void;
  readonly #overflow: () => void;
  #held: E[] = [];
  #bytes = 0;

  constructor(release: (element: E) => void, overflow: () => void) {
    this.#release = release;
    this.#overflow = overflow;
  }

  hold(element: E): void {
    this.#held.push(Object.assign({}, element, { bytes: element.bytes.slice() }));
    this.#bytes += element.bytes.length + ELEMENT_BYTES;
    if (this.#bytes < HELD_BYTES) return;
    this.#overflow();
    this.release();
  }

  /** Releases those that need nothing more, and goes on holding the others. */
  releaseWhere(isComplete: (element: E) => boolean): void {
    const waiting = this.#held.filter((element) => !isComplete(element));
    const complete = this.#held.filter(isComplete);
    this.#held = waiting;
    this.#bytes = waiting.reduce((sum, { bytes }) => sum + bytes.length + ELEMENT_BYTES, 0);
    for (const element of complete) this.#release(element);
  }

  release(): void {
    const held = this.#held;
    this.#held = [];
    this.#bytes = 0;
    for (const element of held) this.#release(element);
  }
}
