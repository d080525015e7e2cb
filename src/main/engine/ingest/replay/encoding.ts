/** Text in other encodings than UTF-8, which is what all formats read. */
import { TextDecoder } from "node:util";
import { FailureError } from "../../../../shared/failure.ts";

/** Fails with "unknown-encoding". */
export function checkEncoding(encoding: string | null): void {
  if (encoding !== null) decoderOf(encoding);
}

/** The same text as UTF-8, without a byte order mark. What the encoding does not know reads as U+FFFD. */
export function toUtf8(bytes: Uint8Array, encoding: string): Uint8Array {
  return Buffer.from(decoderOf(encoding).decode(bytes));
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new FailureError(
      "unknown-encoding",
      `The encoding "${encoding}" is not known; use a name such as "utf-16le", "windows-1252" or "shift_jis".`,
    );
  }
}
