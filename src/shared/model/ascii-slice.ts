/**
 * A text of ASCII characters that still lies among the bytes it was read from: no string is made of it unless somebody
 * asks. Whoever hands one over may let it go on to another text as soon as the call returns.
 */
export class AsciiSlice {
  /** Where the bytes lie; a view of bytes that others own. */
  view: DataView = NOTHING;
  from = 0;
  to = 0;

  get length(): number {
    return this.to - this.from;
  }

  set(view: DataView, from: number, to: number): void {
    this.view = view;
    this.from = from;
    this.to = to;
  }

  toString(): string {
    const { buffer, byteOffset } = this.view;
    return DECODER.decode(new Uint8Array(buffer, byteOffset + this.from, this.length));
  }
}

const NOTHING = new DataView(new ArrayBuffer(0));
const DECODER = new TextDecoder();

/** A text as a string or, where one would be made only to be copied, as its bytes. */
export type Text = string | AsciiSlice;
