import type { Micros } from "./units.ts";

/** What is called outside, for whom: the key of statistics and breakers. */
export interface RunCall {
  /** Id of the connector. */
  readonly connector: string;
  /** What the call is about: a path, a repository, a host. */
  readonly target: string;
  /** Name of the operation: "open", "read", "walk", "git" … */
  readonly operation: string;
}

/** What a call is handed to show who asks; it keeps none of it. */
export interface Access {
  /** Value of the Authorization header of whoever is signed in to the target; null when nobody is. */
  readonly authorization: string | null;
}
export const NO_ACCESS: Access = { authorization: null };

/** An older answer: it was right once. Whoever shows it says so. */
export interface LastGood<T> {
  readonly value: T;
  /** When it was right; null when nobody knows. */
  readonly goodAt: Micros | null;
}

/** What a call falls back on when it fails for good; null when there is nothing older. */
export type Fallback<T> = (failure: unknown, signal: AbortSignal) => Promise<LastGood<T> | null>;

/**
 * The one seam between connectors and the outside: every file system or process call of a connector goes through a
 * Run. The resilience layer implements it, connectors are handed it. A call that names a fallback resolves to its value
 * where it would have failed; whoever names one can tell that value from an answer, and marks it as stale.
 */
export type Run = <T>(
  call: RunCall,
  action: (signal: AbortSignal, access: Access) => Promise<T>,
  signal: AbortSignal,
  fallback?: Fallback<T>,
) => Promise<T>;
