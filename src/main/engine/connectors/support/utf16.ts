/**
 * Text in UTF-16, as Windows writes it, becomes UTF-8 on its way in: everything behind a connector reads UTF-8 alone.
 * Offsets then count bytes of the UTF-8 text.
 */
import { TextDecoder } from "node:util";
import type { Chunk, ConnectorContext, Opening } from "../connector.ts";

/** Bytes that tell UTF-16 without a byte order mark from anything else. */
const LOOKED_AT = 1_024;
const LEAST_PAIRS = 8;
const LEAST_SHARE = 0.7;

type Utf16 = "utf-16le" | "utf-16be";

export function asUtf8(opening: Opening): Opening {
  // A connector that names its format writes the text itself.
  if (opening.format !== null) return opening;
  return { ...opening, chunks: (context) => utf8Chunks(opening.chunks(context), context) };
}

async function* utf8Chunks(chunks: AsyncIterable<Chunk>, context: ConnectorContext): AsyncGenerator<Chunk> {
  const encoder = new TextEncoder();
  let decoder: TextDecoder | null | undefined;
  let bytesRead = 0;
  for await (const chunk of chunks) {
    if (decoder === undefined) {
      const encoding = utf16Of(chunk.bytes);
      decoder = encoding === null ? null : new TextDecoder(encoding);
      if (encoding !== null)
        context.say("The text is UTF-16 and was read as UTF-8; offsets count bytes of the UTF-8 text.");
    }
    bytesRead = chunk.bytesRead;
    if (decoder === null) yield chunk;
    else yield { bytes: encoder.encode(decoder.decode(chunk.bytes, { stream: true })), bytesRead };
  }
  const rest = decoder?.decode() ?? "";
  if (rest !== "") yield { bytes: encoder.encode(rest), bytesRead };
}

/** Whether a text that begins so becomes another one on its way in. */
export const isUtf16 = (bytes: Uint8Array): boolean => utf16Of(bytes) !== null;

/** By the byte order mark (that of UTF-32 goes on with zeros), or by the zeros that ASCII has in every second byte. */
function utf16Of(bytes: Uint8Array): Utf16 | null {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? null : "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (isAsciiIn(bytes, 0)) return "utf-16le";
  return isAsciiIn(bytes, 1) ? "utf-16be" : null;
}

/** Whether most pairs hold a character of ASCII at `place` and a zero beside it. */
function isAsciiIn(bytes: Uint8Array, place: 0 | 1): boolean {
  const pairs = Math.min(bytes.length, LOOKED_AT) >> 1;
  let found = 0;
  for (let at = 0; at < pairs * 2; at += 2) {
    if (bytes[at + 1 - place] === 0 && isText(bytes[at + place] ?? 0)) found += 1;
  }
  return pairs >= LEAST_PAIRS && found >= pairs * LEAST_SHARE;
}

const isText = (byte: number): boolean =>
  (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
