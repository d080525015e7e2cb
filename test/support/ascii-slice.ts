/** A text as a parser hands it over: among other bytes. */
import { AsciiSlice } from "../../src/shared/model/ascii-slice.ts";

/** `text` is ASCII; `before` bytes of something else stand before it. */
export function sliceOf(text: string, before = 0): AsciiSlice {
  const bytes = Buffer.alloc(before + text.length + 1, "?");
  bytes.write(text, before, "latin1");
  const slice = new AsciiSlice();
  slice.set(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), before, before + text.length);
  return slice;
}
