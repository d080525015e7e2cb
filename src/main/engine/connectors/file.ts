/** A file as it lies on disk. */
import type { StreamConnector } from "./connector.ts";
import { fileIdentity, probePath } from "./support/look.ts";
import { readFileChunks } from "./support/read-file.ts";

const file: StreamConnector = {
  id: "file",
  title: "File",
  fallback: "last-good-answer",
  probe: (target, context) => probePath("file", target, context),
  claims: (place) => (place.kind === "file" ? 0.1 : 0),
  open: (place) =>
    Promise.resolve({
      path: place.path,
      bytes: place.bytes,
      identity: fileIdentity(place),
      modified: Number(place.modified / 1_000_000n),
      format: null,
      chunks: (context) => readFileChunks({ connector: "file", path: place.path }, context),
    }),
};

export default file;
