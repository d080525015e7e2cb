/** A clock that stands until it is moved, chance that is written down, and listeners that remember. */
import { vi } from "vitest";
import { type Clock, monotonicMs, wallMs } from "../../../src/main/engine/resilience/clock.ts";
import type { ResilienceEvent } from "../../../src/main/engine/resilience/events.ts";
import type { PolicyContext } from "../../../src/main/engine/resilience/policy.ts";
import type { Random } from "../../../src/main/engine/resilience/random.ts";

interface Appointment {
  readonly at: number;
  readonly callback: () => void;
}

export class FakeClock implements Clock {
  #now = 0;
  #wall = Date.UTC(2026, 0, 15, 12);
  readonly #appointments = new Set<Appointment>();

  now = () => monotonicMs(this.#now);
  wall = () => wallMs(this.#wall);
  schedule = (delayMs: number, callback: () => void) => {
    const appointment = { at: this.#now + delayMs, callback };
    this.#appointments.add(appointment);
    return () => {
      this.#appointments.delete(appointment);
    };
  };

  /** Appointments that nobody took back: whoever leaves one behind would keep a process alive. */
  get pending(): number {
    return this.#appointments.size;
  }

  /** Somebody sets the clock of the machine. */
  setWall(byMs: number): void {
    this.#wall += byMs;
  }

  /** Time passes, and nothing that waits for it gets a turn. */
  jump(byMs: number): void {
    this.#now += byMs;
    this.#wall += byMs;
  }

  /** Time passes, and everything that waits for it happens when it is due. */
  async advance(byMs: number): Promise<void> {
    const end = this.#now + byMs;
    await settle();
    for (;;) {
      const [due] = [...this.#appointments].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (due === undefined) break;
      this.#appointments.delete(due);
      this.jump(Math.max(0, due.at - this.#now));
      due.callback();
      await settle();
    }
    this.jump(end - this.#now);
  }
}

/** Lets every promise that can go on go on. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The numbers in turn; more than were written down is a mistake of the test. */
export function chances(...numbers: number[]): Random {
  const left = [...numbers];
  return () => {
    const next = left.shift();
    if (next === undefined) throw new Error("chance was asked more often than expected");
    return next;
  };
}

/** Jitter of nothing; refused by every chance below one half. */
export const middle: Random = () => 0.5;

export function fakeContext(more: Partial<PolicyContext> = {}) {
  const events: ResilienceEvent[] = [];
  const clock = new FakeClock();
  const context: PolicyContext = {
    name: "http:api",
    clock,
    random: middle,
    emit: (event) => {
      events.push(event);
    },
    ...more,
  };
  return { clock, events, context };
}

/** What a promise came to, without waiting for it. */
export function watch<T>(promise: Promise<T>) {
  const seen: { state: "waiting" | "done" | "failed"; value?: T; error?: unknown } = { state: "waiting" };
  promise.then(
    (value) => Object.assign(seen, { state: "done", value }),
    (error: unknown) => Object.assign(seen, { state: "failed", error }),
  );
  return seen;
}

export const codeError = (code: string): Error => Object.assign(new Error(`${code}: it went wrong`), { code });

export const never: AbortSignal = new AbortController().signal;

/** How many listeners a signal has been left with. */
export function countListeners(signal: AbortSignal) {
  const listeners = new Set<string>();
  const ids = new Map<unknown, number>();
  const idOf = (type: string, listener: unknown): string => {
    if (!ids.has(listener)) ids.set(listener, ids.size);
    return `${type} ${ids.get(listener)}`;
  };
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  vi.spyOn(signal, "addEventListener").mockImplementation((...args: Parameters<typeof add>) => {
    listeners.add(idOf(args[0], args[1]));
    add(...args);
  });
  vi.spyOn(signal, "removeEventListener").mockImplementation((...args: Parameters<typeof remove>) => {
    listeners.delete(idOf(args[0], args[1]));
    remove(...args);
  });
  return { count: () => listeners.size };
}
