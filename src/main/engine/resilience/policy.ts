/**
 * A policy is a function around an action: it decides whether, when and how often the action is called. Policies know
 * nothing of each other, so they can be used alone or put around one another.
 */
import type { Clock } from "./clock.ts";
import type { Emit } from "./events.ts";
import type { Random } from "./random.ts";

/** The work itself. It is expected to stop when the signal does; whoever waits for it does not depend on that. */
export type Action<T> = (signal: AbortSignal) => Promise<T>;

export type Policy = <T>(action: Action<T>, signal: AbortSignal) => Promise<T>;

/** What every policy is given: whose calls it looks after, and its connection to time, chance and listeners. */
export interface PolicyContext {
  /** "connector:target", as events and refusals name it. */
  readonly name: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly emit: Emit;
}

/** One policy of many, the outermost first. */
export function compose(...policies: readonly Policy[]): Policy {
  return (action, signal) =>
    policies.reduceRight((inner, policy) => (innerSignal: AbortSignal) => policy(inner, innerSignal), action)(signal);
}
