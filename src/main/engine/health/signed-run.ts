/**
 * Calls to servers show who is signed in. A server that refuses what it is shown is asked once more, with a token that
 * was fetched anew: not by a retry of the policies, for which a refusal is final.
 */
import { asFailure, FailureError } from "../../../shared/failure.ts";
import { type Access, type Fallback, NO_ACCESS, type Run, type RunCall } from "../../../shared/run.ts";
import { HttpStatus } from "../connectors/support/http-failure.ts";
import { breakerName } from "../resilience/circuit-breaker.ts";
import { untilAborted } from "../resilience/waiting.ts";
import type { SignIns } from "../tokens/sign-ins.ts";

export function signedRun(run: Run, signIns: Pick<SignIns, "access" | "renewed">, isRemote: (id: string) => boolean) {
  return async <T>(
    call: RunCall,
    action: (signal: AbortSignal, access: Access) => Promise<T>,
    signal: AbortSignal,
    fallback?: Fallback<T>,
  ): Promise<T> => {
    const name = breakerName(call);
    /** A call whose token cannot be had fails as any other does: it is counted, and its fallback stands in. */
    const attempt = (access: Access | FailureError, older: Fallback<T> | undefined): Promise<T> =>
      run(
        call,
        (attempted) => (access instanceof FailureError ? Promise.reject(access) : action(attempted, access)),
        signal,
        older,
      );
    const given = await orFailure(isRemote(call.connector) ? () => signIns.access(name) : null, signal);
    if (given instanceof FailureError || given.authorization === null) return await attempt(given, fallback);
    // What is older stands in for the second answer, not for the first.
    const unlessRefused: Fallback<T> | undefined =
      fallback && (async (thrown, ended) => (isUnauthorised(thrown) ? null : await fallback(thrown, ended)));
    try {
      return await attempt(given, unlessRefused);
    } catch (thrown) {
      if (!isUnauthorised(thrown)) throw thrown;
      return await attempt(await orFailure(() => signIns.renewed(name, given), signal), fallback);
    }
  };
}

async function orFailure(ask: (() => Promise<Access>) | null, signal: AbortSignal): Promise<Access | FailureError> {
  if (ask === null) return NO_ACCESS;
  try {
    return await untilAborted(ask, signal);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const { reason, message } = asFailure(thrown);
    return new FailureError(reason, message);
  }
}

const isUnauthorised = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.cause instanceof HttpStatus && thrown.cause.status === 401;
