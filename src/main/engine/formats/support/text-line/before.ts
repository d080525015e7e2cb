/** What stands before the time of a line: a level, threads, processes. */
import { Level } from "../../../../../shared/model/level.ts";
import { matchAt } from "./head-patterns.ts";
import { levelOfLetter, levelOfWord } from "../level.ts";
import type { LineHead } from "./head.ts";

const BEFORE = /\s*(?:\[([^\][]{1,60})\]|([A-Za-z]{1,14}),?(?=[\s[(|:-]|$)|(\d{1,10})(?=\s)|[|:-]+)\s*/y;
const MOST_PARTS = 8;

/** Whether only a level, a thread and numbers stand before the time; they are taken then. */
export function readBefore(text: string, start: number, end: number, dated: boolean, head: LineHead): boolean {
  const kept = head.kept;
  let level = Level.none as Level;
  let parts = 0;
  let named = false;
  for (let at = start; at < end; parts += 1) {
    const match = matchAt(BEFORE, text, at);
    const [whole = "", bracket, word, number] = match ?? [];
    const known = bracket !== undefined || word !== undefined ? levelOfName(bracket ?? word ?? "") : undefined;
    const taken = whole.length > 0 && at + whole.length <= end && parts < MOST_PARTS;
    const levelTwice = level !== Level.none && known !== undefined && word !== undefined;
    if (!taken || levelTwice || (word !== undefined && known === undefined)) {
      head.forget(kept);
      return false;
    }
    if (known !== undefined && level === Level.none) {
      level = known;
      head.keep("level", bracket ?? word ?? "");
    } else if (bracket !== undefined) {
      named = true;
      head.keepThread(bracket.trim());
    } else if (number !== undefined) head.keep("pid", number);
    at += whole.length;
  }
  // Numbers and dashes alone are the beginning of an access log: "::1 - - [".
  if (level === Level.none && !named && dated) {
    head.forget(kept);
    return false;
  }
  if (level !== Level.none) head.level = level;
  return true;
}

const levelOfName = (name: string): Level | undefined =>
  name.length === 1 ? levelOfLetter(name) : levelOfWord(name.trim());
