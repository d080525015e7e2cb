/** A place as a source: its content from beginning to end. */
import { FailureError } from "../../../../shared/failure.ts";
import type { Opening, Place } from "../connector.ts";
import { FileContent } from "./content.ts";

/** `connector` is the one that opens a place on disk; an entry's bytes are fetched by that of its archive. */
export function wholeContent(place: Place, connector: string): Opening {
  const { path, bytes, identity, modified, content, within } = place;
  if (content === null) throw new FailureError("not-a-file", `${path} is a folder, not a file.`);
  return {
    path,
    bytes,
    identity,
    modified,
    format: null,
    series: content.order,
    isPlainFile: content instanceof FileContent,
    chunks: (context) => content.chunks(context, { connector: within?.connector ?? connector }),
  };
}
