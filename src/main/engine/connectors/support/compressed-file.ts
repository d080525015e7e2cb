/** Connectors of files that are one compressed stream: all of them do the same. */
import type { StreamConnector } from "../connector.ts";
import { probePath } from "./look.ts";
import { wholeContent } from "./opening.ts";

/** `id` is that of the codec. */
export const compressedFile = (id: string, title: string): StreamConnector => ({
  id,
  title,
  fallback: "last-good-answer",
  probe: (target, context) => probePath(id, target, context),
  claims: ({ wrapping: [outermost] }) => (outermost === id ? 0.5 : 0),
  open: (place) => Promise.resolve(wholeContent(place, id)),
});
