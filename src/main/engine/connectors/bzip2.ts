// bzip2 1.0.8 is its own specification: a file is a series of streams, which together are one.
/** A bzip2-compressed file, known by its first bytes and not by its name. */
import { compressedFile } from "./support/compressed-file.ts";

export default compressedFile("bzip2", "Bzip2-compressed file");
