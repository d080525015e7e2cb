/** What the person must hear and no view shows: failures of the background, confirmations of a copy. */
import { create } from "zustand";
import { asFailure } from "../../shared/failure.ts";

/** What a person may do about a notice: take back a deletion. */
export interface NoticeAction {
  readonly title: string;
  readonly run: () => void;
  /** Takes back what the notice tells of: a key does it for the newest. */
  readonly undoes?: true;
}

export const undoing = (run: () => void): NoticeAction => ({ title: "Undo", run, undoes: true });

export interface Notice {
  readonly id: number;
  readonly tone: "failure" | "info";
  readonly message: string;
  readonly action: NoticeAction | null;
}

/** Older ones make room: a column of failures hides what it warns of. */
const MOST = 4;

export const useNotices = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

let lastId = 0;

export function notify(tone: Notice["tone"], message: string, action: NoticeAction | null = null): void {
  useNotices.setState(({ notices }) => {
    // The same sentence again is the same notice.
    const others = notices.filter((notice) => notice.message !== message);
    return { notices: [...others, { id: ++lastId, tone, message, action }].slice(-MOST) };
  });
}

/** What somebody ended is no failure: a case that is closed ends the questions about it. */
export function notifyFailure(thrown: unknown): void {
  const { reason, message } = asFailure(thrown);
  if (reason !== "cancelled") notify("failure", message);
}

export function dismissNotice(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

const newestUndo = (): Notice | undefined => useNotices.getState().notices.findLast(({ action }) => action?.undoes);

export const canUndo = (): boolean => newestUndo() !== undefined;

/** Takes back what was done last, as long as its notice stands. */
export function undoNewest(): void {
  const notice = newestUndo();
  if (notice === undefined) return;
  dismissNotice(notice.id);
  notice.action?.run();
}

/** Runs what a person asked for; a failure becomes a notice. */
export function attempt(action: () => Promise<unknown>): void {
  action().catch(notifyFailure);
}
