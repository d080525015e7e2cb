/**
 * The fallback of connectors' calls: the last good answer is what the case holds. A source that is read again gives that
 * up only once it can be read at all; otherwise it stays, marked as stale, for it may be all that is left.
 */
import { asFailure, type Failure } from "../../../shared/failure.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { Access, Fallback, Run, RunCall } from "../../../shared/run.ts";
import type { ConnectorContext, Opening } from "../connectors/connector.ts";
import { connectors } from "../connectors/registry.ts";

const STALE = "Stale: ";

/** Stands for what the case holds, where a call would have failed. */
const KEPT = Symbol("kept");

/**
 * Each call about a source that the case holds names it as its fallback. Such a call has no value to go on with: its
 * failure ends the opening, and the source stays as it is.
 */
export function fallingBackOnCase(run: Run, heldBy: (call: RunCall) => Source | undefined): Run {
  return async <T>(
    call: RunCall,
    action: (signal: AbortSignal, access: Access) => Promise<T>,
    signal: AbortSignal,
    own?: Fallback<T>,
  ): Promise<T> => {
    const held = heldBy(call);
    if (own !== undefined || held === undefined || !isKept(held)) return await run(call, action, signal, own);
    let failure: unknown;
    const answer = await run<T | typeof KEPT>(call, action, signal, (thrown) => {
      failure = thrown;
      return Promise.resolve({ value: KEPT, goodAt: held.readAt });
    });
    if (answer === KEPT) throw failure;
    return answer;
  };
}

const isKept = ({ connector, read }: Source): boolean =>
  read > 0 && connectors.get(connector)?.fallback === "last-good-answer";

/** Fetches the first chunk and lets it go; null when that went well. Throws when it was cancelled. */
export async function failureToRead(
  opening: Opening,
  held: Source,
  context: ConnectorContext,
): Promise<Failure | null> {
  const run = fallingBackOnCase(context.run, () => held);
  const chunks = opening.chunks({ ...context, run })[Symbol.asyncIterator]();
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
  held !== undefined && isKept(held) && (bytes === 0 || bytes !== held.bytes);

/** Messages of a source whose last good answer is shown, newest first. */
export const staleMessages = (held: Source, { message }: Failure): string[] => [
  `${STALE}${message} What is shown was read ${momentOf(held)}.`,
  ...held.messages.filter((known) => !known.startsWith(STALE)),
];

/** "on 2026-03-01 at 14:02:07 UTC": whoever reads the case later may be in another zone. */
function momentOf({ readAt }: Source): string {
  if (readAt === null) return "before";
  const [day = "", time = ""] = new Date(readAt / 1_000).toISOString().split("T");
  return `on ${day} at ${time.slice(0, 8)} UTC`;
}
