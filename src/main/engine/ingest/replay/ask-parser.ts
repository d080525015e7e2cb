/** One call of a parser thread; a thread that does not answer in time is taken for hanging, and replaced. */
import { FailureError } from "../../../../shared/failure.ts";
import type { ParserClient, ParserPool } from "../parser-pool.ts";

/** Fails with "parser-stalled", "cancelled", or as the call does. */
export async function askParser<T>(
  pool: ParserPool,
  stallMs: number,
  signal: AbortSignal,
  call: (parser: ParserClient) => Promise<T>,
): Promise<T> {
  const parser = await pool.acquire();
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => {};
  let isSound = false;
  try {
    signal.throwIfAborted();
    const answer = await Promise.race([
      call(parser),
      new Promise<never>((_resolve, reject) => {
        const stalled = `it did not answer within ${stallMs / 1_000} s.`;
        timer = setTimeout(() => reject(new FailureError("parser-stalled", stalled)), stallMs);
        onAbort = () => reject(new FailureError("cancelled", "It was cancelled."));
        signal.addEventListener("abort", onAbort, { once: true });
      }),
    ]);
    isSound = true;
    return answer;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    if (isSound) pool.release(parser);
    else await pool.discard(parser);
  }
}
