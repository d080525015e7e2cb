/**
 * The pairs of a logfmt line, without a string of any: what {@link logfmtPairs} reads, for the lines that most are. One
 * that has escapes, characters beyond ASCII or a fault is left to it.
 */
import { hashBytes, isSameBytes } from "../../../../../shared/byte-words.ts";
import { type RoleNode, ROLES } from "../log-object/field-roles.ts";
import type { FieldValues } from "../log-object/field-values.ts";
import { endsKey } from "./pairs.ts";

const SPACE = 0x20;
const QUOTE = 0x22;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
const BEYOND_ASCII = 0x80;

const ENDS_KEY = Uint8Array.from({ length: 256 }, (_, code) => (endsKey(code) ? 1 : 0));

/** Use one a parser. */
export class LogfmtBytes {
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  readonly #keys = new KnownKeys();

  /** Takes what a record needs of the line `from … to`; false where the line must be read as a text. */
  read(bytes: Buffer, from: number, to: number, found: FieldValues): boolean {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    found.begin(bytes, this.#view);
    let isFilled = false;
    let all = 0;
    let at = from;
    for (;;) {
      while (at < to && (bytes[at] ?? 0) <= SPACE) at += 1;
      if (at >= to) return isFilled && all < BEYOND_ASCII;
      const keyAt = at;
      for (; at < to; at += 1) {
        const code = bytes[at] ?? 0;
        if (ENDS_KEY[code] === 1) break;
        all |= code;
      }
      const keyEnd = at;
      if (keyEnd === keyAt) return false;
      if (at >= to || (bytes[at] ?? 0) <= SPACE) continue;
      if (bytes[at] !== EQUALS) return false;
      at += 1;
      const isQuoted = at < to && bytes[at] === QUOTE;
      if (isQuoted) at += 1;
      const valueAt = at;
      for (; at < to; at += 1) {
        const code = bytes[at] ?? 0;
        if (isQuoted ? code === QUOTE || code === BACKSLASH : code <= SPACE) break;
        all |= code;
      }
      const valueEnd = at;
      if (isQuoted) {
        if (at >= to || bytes[at] !== QUOTE) return false;
        at += 1;
      }
      if (valueEnd === valueAt) continue;
      isFilled = true;
      const { key, node } = this.#keys.find(bytes, this.#view, keyAt, keyEnd);
      if (node !== undefined && found.wants(node)) found.takeSlice(node, valueAt, valueEnd, key);
    }
  }
}

interface KnownKey {
  readonly view: DataView;
  readonly key: string;
  /** Undefined for a key that means nothing to a record. */
  readonly node: RoleNode | undefined;
}

/** A power of two; the keys of most loggers are fewer. */
const SLOTS = 256;

/** Keys that were met lately, by their bytes. */
class KnownKeys {
  readonly #slots: (KnownKey | undefined)[] = Array.from({ length: SLOTS }, () => undefined);

  find(bytes: Buffer, view: DataView, from: number, to: number): KnownKey {
    const slot = hashBytes(view, from, to - from) & (SLOTS - 1);
    const known = this.#slots[slot];
    if (known?.view.byteLength === to - from && isSameBytes(known.view, 0, view, from, to - from)) return known;
    const own = Uint8Array.from(bytes.subarray(from, to));
    const key = bytes.toString("latin1", from, to);
    return (this.#slots[slot] = { view: new DataView(own.buffer), key, node: ROLES.get(key) });
  }
}
