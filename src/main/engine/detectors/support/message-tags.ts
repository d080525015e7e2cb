/** What the wording and the ids of a log record tell about it, as tags to filter by. */
import { isFilled, type SegmentColumns } from "../../../../shared/model/segment.ts";

/** Java, JavaScript, .NET, Python, Go and Ruby frames under the first line. */
const STACK_FRAME =
  /\n\s*(?:at |File "|Traceback|Caused by:|goroutine \d|from .+:\d+:in )|Traceback \(most recent call last\)/;

const WORDING: readonly (readonly [tag: string, pattern: RegExp])[] = [
  ["deadlock", /dead ?lock/i],
  ["timeout", /time(?:d)?[ -]?out|deadline exceeded/i],
  ["out-of-memory", /out of memory|\boom\b|oomkill|cannot allocate memory|heap space/i],
];

export function tagsOfMessage(message: string, columns: SegmentColumns, row: number): string[] {
  const tags = WORDING.filter(([, pattern]) => pattern.test(message)).map(([tag]) => tag);
  if (STACK_FRAME.test(message)) tags.push("stack-trace");
  if (isFilled(columns.traceId, row)) tags.push("has-trace");
  if (isFilled(columns.requestId, row)) tags.push("has-request");
  if (isFilled(columns.correlationId, row)) tags.push("has-correlation");
  return tags;
}
