import type { TimeSequence } from "./time-list.ts";

/** Times of several signals as one list, those of one after those of the other; nothing is copied. */
export const joined = (lists: readonly TimeSequence[]): TimeSequence => ({
  length: lists.reduce((sum, { length }) => sum + length, 0),
  forEach(visit) {
    for (const list of lists) list.forEach(visit);
  },
});
