/** What a command is done to: one letter, the marked ones, a group, or all; and how that is said. */
import type { CallInput } from "../../shared/contract.ts";
import { formatCount } from "../../shared/text/number.ts";
import { reasonWords } from "./words.ts";

export type Choice = CallInput<"deadLetters.replay">["choice"];

export interface Target {
  readonly choice: Choice;
  readonly count: number;
  /** "the 12 marked dead letters": fits behind "Replay" and "Discard". */
  readonly words: string;
}

export interface Listed {
  readonly sourceId: number | null;
  readonly reason: string | null;
  readonly text: string;
  readonly total: number;
  readonly marked: ReadonlySet<number>;
}

export const oneLetter = (id: number): Target => ({
  choice: { which: "ids", ids: [id] },
  count: 1,
  words: "this dead letter",
});

/** The marked ones, else the listed group, else all that are listed; null when there are none. */
export function targetOf({ sourceId, reason, text, total, marked }: Listed): Target | null {
  if (marked.size > 0) {
    const words = marked.size === 1 ? "the marked dead letter" : `the ${formatCount(marked.size)} marked dead letters`;
    return { choice: { which: "ids", ids: [...marked] }, count: marked.size, words };
  }
  if (total === 0) return null;
  const typed = text.trim();
  const where = `${typed === "" ? "" : ` with “${typed}”`}${sourceId === null ? "" : " of this source"}`;
  const among = typed === "" ? { sourceId } : { sourceId, text: typed };
  if (reason !== null) {
    const choice: Choice = { which: "group", reason, ...among };
    const words = `${total === 1 ? "the one" : `all ${formatCount(total)}`} of “${reasonWords(reason)}”${where}`;
    return { choice, count: total, words };
  }
  const words = total === 1 ? `the one dead letter${where}` : `all ${formatCount(total)} dead letters${where}`;
  return { choice: { which: "all", ...among }, count: total, words };
}
