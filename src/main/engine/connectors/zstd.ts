// https://www.rfc-editor.org/rfc/rfc8878: a file is a series of frames, which together are one stream (3.1).
/** A Zstandard-compressed file, known by its first bytes and not by its name. */
import type { StreamConnector } from "./connector.ts";
import { probePath } from "./support/look.ts";
import { wholeContent } from "./support/opening.ts";

const zstd: StreamConnector = {
  id: "zstd",
  title: "Zstandard-compressed file",
  fallback: "last-good-answer",
  probe: (target, context) => probePath("zstd", target, context),
  claims: ({ wrapping: [outermost] }) => (outermost === "zstd" ? 0.5 : 0),
  open: (place) => Promise.resolve(wholeContent(place, "zstd")),
};

export default zstd;
