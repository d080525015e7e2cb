// Which characters a match of a regular expression may begin with: what tells most records from those that it may match
// where no text is required (`x[0-9]{5}`, `timeout|refused|reset`).
import type { RegexProgram } from "./regex-program.ts";

/** Sets of ASCII characters, one byte a character: the first of a match is in the first, and so on. */
export type Beginning = readonly Uint8Array[];

const ASCII = 128;

/** Up to `most` sets, as many as the shortest match has characters. */
export function beginningOf({ instructions, start }: RegexProgram, most: number): Beginning {
  const sets: Uint8Array[] = [];
  let reached: readonly number[] = [start];
  while (sets.length < most) {
    const next = new Set<number>();
    const set = new Uint8Array(ASCII);
    const seen = new Set<number>();
    const open = [...reached];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const instruction = instructions[at];
      if (instruction?.type === "match") return sets;
      if (instruction?.type === "split") open.push(...instruction.next);
      if (instruction?.type === "edge") open.push(instruction.next);
      if (instruction?.type !== "character") continue;
      next.add(instruction.next);
      for (let code = 0; code < ASCII; code += 1) if (instruction.fits(code)) set[code] = 1;
    }
    sets.push(set);
    reached = [...next];
  }
  return sets;
}
