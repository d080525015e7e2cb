// https://www.rfc-editor.org/rfc/rfc1952: a gzip file is a series of members, which together are one stream (2.2).
/** A gzip-compressed file, known by its first bytes and not by its name. */
import type { StreamConnector } from "./connector.ts";
import { probePath } from "./support/look.ts";
import { wholeContent } from "./support/opening.ts";

const gzip: StreamConnector = {
  id: "gzip",
  title: "Gzip-compressed file",
  fallback: "last-good-answer",
  probe: (target, context) => probePath("gzip", target, context),
  claims: ({ wrapping: [outermost] }) => (outermost === "gzip" ? 0.5 : 0),
  open: (place) => Promise.resolve(wholeContent(place, "gzip")),
};

export default gzip;
