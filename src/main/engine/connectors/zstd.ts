// https://www.rfc-editor.org/rfc/rfc8878: a file is a series of frames, which together are one stream (3.1).
/** A Zstandard-compressed file, known by its first bytes and not by its name. */
import { compressedFile } from "./support/compressed-file.ts";

export default compressedFile("zstd", "Zstandard-compressed file");
