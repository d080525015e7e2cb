/**
 * A source that is read again gives up what the case holds of it only once it can be read at all. Otherwise the last
 * good answer stays, marked as stale: it may be all that is left.
 */
import { asFailure, type Failure } from "../../../shared/failure.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { ConnectorContext, Opening } from "../connectors/connector.ts";

const STALE = "Stale: ";

/** Fetches the first chunk and lets it go; null when that went well. Throws when it was cancelled. */
export async function failureToRead(opening: Opening, context: ConnectorContext): Promise<Failure | null> {
  const chunks = opening.chunks(context)[Symbol.asyncIterator]();
  try {
    await chunks.next();
    return null;
  } catch (thrown) {
    if (context.signal.aborted) throw thrown;
    return asFailure(thrown);
  } finally {
    await chunks.return?.().catch(() => {});
  }
}

/** Whether the case holds something of a source that now looks otherwise. */
export const holdsOlder = (held: Source | undefined, { bytes }: Opening): held is Source =>
  held !== undefined && held.read > 0 && (bytes === 0 || bytes !== held.bytes);

/** Messages of a source whose last good answer is shown, newest first. */
export const staleMessages = (held: Source, { message }: Failure): string[] => [
  `${STALE}${message} What was read before is shown.`,
  ...held.messages.filter((known) => !known.startsWith(STALE)),
];
