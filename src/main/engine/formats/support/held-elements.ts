/**
 * Elements that can only be read once something that may come after them is known (a trace's processes, a resource).
 * Copies are kept up to a limit, and beyond it what is known must do.
 */
import type { JsonElement } from "./json-elements.ts";

const HELD_BYTES = 64 * 1024 * 1024;

export class HeldElements {
  readonly #release: (element: JsonElement) => void;
  readonly #overflow: () => void;
  #held: JsonElement[] = [];
  #bytes = 0;

  constructor(release: (element: JsonElement) => void, overflow: () => void) {
    this.#release = release;
    this.#overflow = overflow;
  }

  hold(element: JsonElement): void {
    this.#held.push({ ...element, bytes: element.bytes.slice() });
    this.#bytes += element.bytes.length;
    if (this.#bytes < HELD_BYTES) return;
    this.#overflow();
    this.release();
  }

  /** Releases those that need nothing more, and goes on holding the others. */
  releaseWhere(isComplete: (element: JsonElement) => boolean): void {
    const waiting = this.#held.filter((element) => !isComplete(element));
    const complete = this.#held.filter(isComplete);
    this.#held = waiting;
    this.#bytes = waiting.reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (const element of complete) this.#release(element);
  }

  release(): void {
    const held = this.#held;
    this.#held = [];
    this.#bytes = 0;
    for (const element of held) this.#release(element);
  }
}
