/** A file as it lies on disk. */
import type { StreamConnector } from "./connector.ts";
import { probePath } from "./support/look.ts";
import { wholeContent } from "./support/opening.ts";

const file: StreamConnector = {
  id: "file",
  title: "File",
  fallback: "last-good-answer",
  probe: (target, context) => probePath("file", target, context),
  claims: (place) => (place.kind === "file" ? 0.1 : 0),
  open: (place) => Promise.resolve(wholeContent(place, "file")),
};

export default file;
