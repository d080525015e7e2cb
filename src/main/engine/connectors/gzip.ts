// https://www.rfc-editor.org/rfc/rfc1952: a gzip file is a series of members, which together are one stream (2.2).
/** A gzip-compressed file, known by its first bytes and not by its name. */
import { FailureError } from "../../../shared/failure.ts";
import type { StreamConnector } from "./connector.ts";
import { gunzipChunks } from "./support/gunzip.ts";
import { fileIdentity, probePath } from "./support/look.ts";

const gzip: StreamConnector = {
  id: "gzip",
  title: "Gzip-compressed file",
  fallback: "last-good-answer",
  probe: (target, context) => probePath("gzip", target, context),
  /** Magic number and the one compression method there is, deflate. */
  claims: ({ head }) => (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8 ? 0.9 : 0),
  open: (place) => {
    if (place.kind !== "file") throw new FailureError("not-a-file", `${place.path} is a folder, not a gzip file.`);
    return Promise.resolve({
      path: place.path,
      bytes: place.bytes,
      identity: fileIdentity(place),
      modified: Number(place.modified / 1_000_000n),
      format: null,
      chunks: (context) => gunzipChunks(place.path, context),
    });
  },
};

export default gzip;
