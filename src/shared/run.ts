/** What is called outside, for whom: the key of statistics and breakers. */
export interface RunCall {
  /** Id of the connector. */
  readonly connector: string;
  /** What the call is about: a path, a repository, a host. */
  readonly target: string;
  /** Name of the operation: "open", "read", "walk", "git" … */
  readonly operation: string;
}

/**
 * The one seam between connectors and the outside: every file system or process call of a connector goes through a
 * Run. The resilience layer implements it, connectors are handed it.
 */
export type Run = <T>(call: RunCall, action: (signal: AbortSignal) => Promise<T>, signal: AbortSignal) => Promise<T>;
