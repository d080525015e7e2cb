// https://tukaani.org/xz/xz-file-format.txt: a file is a series of streams, which together are one (2).
/** An xz-compressed file, known by its first bytes and not by its name. */
import { compressedFile } from "./support/compressed-file.ts";

export default compressedFile("xz", "Xz-compressed file");
