/** What the person must hear and no view shows: failures of the background, confirmations of a copy. */
import { create } from "zustand";
import { asFailure } from "../../shared/failure.ts";

export interface Notice {
  readonly id: number;
  readonly tone: "failure" | "info";
  readonly message: string;
}

/** Older ones make room: a column of failures hides what it warns of. */
const MOST = 4;

export const useNotices = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

let lastId = 0;

export function notify(tone: Notice["tone"], message: string): void {
  useNotices.setState(({ notices }) => {
    // The same sentence again is the same notice.
    const others = notices.filter((notice) => notice.message !== message);
    return { notices: [...others, { id: ++lastId, tone, message }].slice(-MOST) };
  });
}

export function notifyFailure(thrown: unknown): void {
  notify("failure", asFailure(thrown).message);
}

export function dismissNotice(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** Runs what a person asked for; a failure becomes a notice. */
export function attempt(action: () => Promise<unknown>): void {
  action().catch(notifyFailure);
}
