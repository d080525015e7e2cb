// https://www.rfc-editor.org/rfc/rfc1952: a gzip file is a series of members, which together are one stream (2.2).
/** A gzip-compressed file, known by its first bytes and not by its name. */
import { compressedFile } from "./support/compressed-file.ts";

export default compressedFile("gzip", "Gzip-compressed file");
