/**
 * Parses XML by its bytes: fed as Latin-1, one character is one byte, so positions are byte offsets whatever the
 * encoding. Text is put back together afterwards: runs that are valid UTF-8 are decoded, others stay Latin-1.
 */
import { isUtf8 } from "node:buffer";

const HIGH = /[\u0080-\u00ff]+/g;

export function textOfBytes(latin1: string): string {
  return latin1.replace(HIGH, (run) => {
    const bytes = Buffer.from(run, "latin1");
    return isUtf8(bytes) ? bytes.toString("utf8") : run;
  });
}

export const bytesAsText = (chunk: Uint8Array): string =>
  Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1");
