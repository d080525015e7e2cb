// What a regular expression was compiled to, for those who run it themselves: re2js keeps its program in the open, as
// RE2 and Go do (https://swtch.com/~rsc/regexp/regexp2.html), but tells its types no further than `any`.
import type { RE2JS } from "re2js";

/** What an edge asks of the place it stands at: bits that all have to be given there. */
export const EDGE = {
  lineBegin: 1,
  lineEnd: 2,
  textBegin: 4,
  textEnd: 8,
  wordBoundary: 16,
  noWordBoundary: 32,
} as const;

/** Goes on at `next`, by its place in the program. */
export type Instruction =
  | { readonly type: "match" | "fail" }
  | { readonly type: "split"; readonly next: readonly number[] }
  | { readonly type: "edge"; readonly edges: number; readonly next: number }
  | { readonly type: "character"; readonly fits: (codePoint: number) => boolean; readonly next: number };

export interface RegexProgram {
  readonly instructions: readonly Instruction[];
  readonly start: number;
}

/** As in `Inst` of re2js, whose look-behinds are switched off here. */
const ALT = 1;
const ALT_MATCH = 2;
const CAPTURE = 3;
const EMPTY_WIDTH = 4;
const FAIL = 5;
const MATCH = 6;
const NOP = 7;
const RUNE = 8;
const RUNE_ANY_NOT_NL = 11;

interface Inst {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  matchRune(codePoint: number): boolean;
}

/** Null when it holds an instruction that is not known here. */
export function programOf({ re2Input: { prog } }: RE2JS): RegexProgram | null {
  const instructions: Instruction[] = [];
  for (let at = 0; at < prog.numInst(); at += 1) {
    const instruction = instructionOf(prog.getInst(at) as Inst);
    if (instruction === null) return null;
    instructions.push(instruction);
  }
  return { instructions, start: prog.start };
}

function instructionOf(inst: Inst): Instruction | null {
  const { op, out, arg } = inst;
  if (op === MATCH) return { type: "match" };
  if (op === FAIL) return { type: "fail" };
  if (op === ALT || op === ALT_MATCH) return { type: "split", next: [out, arg] };
  if (op === CAPTURE || op === NOP) return { type: "split", next: [out] };
  if (op === EMPTY_WIDTH) return { type: "edge", edges: arg, next: out };
  if (op >= RUNE && op <= RUNE_ANY_NOT_NL)
    return { type: "character", fits: (codePoint) => inst.matchRune(codePoint), next: out };
  return null;
}
