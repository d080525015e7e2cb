/**
 * An expected failure is a value: what went wrong, where, and what the person can do next.
 * It crosses threads and IPC as it is. A bug is a throw.
 */
export interface Failure {
  /** A stable class, for tests, grouping and exit codes: "not-found", "unreadable", "newer-case" … */
  readonly reason: string;
  /** One sentence: what, where, what next. */
  readonly message: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const failed = (reason: string, message: string): Result<never> => ({ ok: false, failure: { reason, message } });

/** Carries a {@link Failure} through code that can only throw; borders turn it back into a value. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(reason: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "FailureError";
    this.failure = { reason, message };
  }
}

/** The failure that an unknown thrown value stands for; a bug keeps the class "internal". */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  if (thrown instanceof Error) return { reason: "internal", message: thrown.message };
  return { reason: "internal", message: String(thrown) };
}
