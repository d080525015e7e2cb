/**
 * Where a source may be cut into stretches. Runs on the main thread, so that it looks at a few lines of a chunk only:
 * where none of these begins a record (a stack trace of thousands of lines), the stretch goes on with the next chunk.
 */
import type { TimePlace } from "../formats/format.ts";
import { formatById } from "../formats/registry.ts";
import type { Recognition } from "./protocol.ts";

/** Where in a chunk the next stretch begins; 0 for nowhere. */
export type Cut = (chunk: Uint8Array) => number;

/** Judging one takes microseconds. */
const MOST_JUDGED = 256;
const LONGEST_JUDGED = 16 * 1_024;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export type Divisible = Pick<Recognition, "format" | "linesStandAlone" | "timePlace">;

/** Null where the source has to be read from its beginning to its end. */
export function cutOf({ format, linesStandAlone, timePlace }: Divisible): Cut | null {
  if (linesStandAlone) return behindLastLine;
  const begins = format === null ? undefined : formatById(format)?.beginsRecord;
  if (begins === undefined || timePlace === null) return null;
  return (chunk) => beforeLastRecord(chunk, begins, timePlace);
}

const behindLastLine: Cut = (chunk) => chunk.lastIndexOf(LINE_FEED) + 1;

/** Only lines that are there from their first to their last byte are judged. */
function beforeLastRecord(
  chunk: Uint8Array,
  begins: (line: Uint8Array, place: TimePlace) => boolean,
  place: TimePlace,
): number {
  let end = chunk.lastIndexOf(LINE_FEED);
  for (let judged = 0; judged < MOST_JUDGED && end > 0; judged += 1) {
    const start = chunk.lastIndexOf(LINE_FEED, end - 1) + 1;
    if (start === 0) return 0;
    const to = chunk[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    if (to - start <= LONGEST_JUDGED && begins(chunk.subarray(start, to), place)) return start;
    end = start - 1;
  }
  return 0;
}
