/** Short ranges of a content, asked for in rising order: neighbours come from one read. */
import type { ConnectorContext, Content } from "../connector.ts";
import { bytesOf } from "./content.ts";

const WINDOW_BYTES = 256 * 1_024;

export class Window {
  readonly #content: Content;
  readonly #connector: string;
  #start = 0;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(content: Content, connector: string) {
    this.#content = content;
    this.#connector = connector;
  }

  /** So many bytes from `at` on, fewer at the end of the content. They are good until the next call. */
  async read(at: number, length: number, context: ConnectorContext): Promise<Uint8Array> {
    const held = this.#start + this.#bytes.byteLength;
    if (at < this.#start || at + length > held) {
      // What is held already is kept: in a stream it could not be reached again.
      const kept = at >= this.#start && at < held ? this.#bytes.slice(at - this.#start) : new Uint8Array(0);
      const from = at + kept.byteLength;
      const to = Math.max(at + length, from + WINDOW_BYTES);
      const more = await bytesOf(this.#content, context, { connector: this.#connector, from, to });
      this.#bytes = kept.byteLength === 0 ? more : Buffer.concat([kept, more]);
      this.#start = at;
    }
    return this.#bytes.subarray(at - this.#start, at - this.#start + length);
  }
}
