/**
 * A regular expression over the bytes of a record, as a deterministic automaton whose states are made when they are
 * first met (https://swtch.com/~rsc/regexp/regexp3.html, "Caching the DFA"): a step a byte, and no string. Only ASCII is
 * read, where a byte is a character; of other text, and of an expression with too many states, it says nothing, and
 * whoever asks has the engine look at the string. That takes seven times as long.
 */
import { EDGE, type Instruction, type RegexProgram } from "../../../../shared/query/regex-program.ts";

/** Of instructions that are compared with all characters, and of sets of them. */
export const MOST_INSTRUCTIONS = 1_000;
const MOST_STATES = 1_000;
const ASCII = 128;
const NEW_LINE = 0x0a;

/** In place of a state. Those that are known are above 0. */
const MATCHED = 0;
const NOT_KNOWN = -1;
const UNSURE = -2;

/** What stood before: nothing, the end of a line, a character of a word, another one. */
type Before = "text" | "line" | "word" | "other";

interface State {
  /** Instructions that wait for the next character, and edges that it decides on. Ascending. */
  readonly waiting: readonly number[];
  readonly before: Before;
}

export class AsciiAutomaton {
  readonly #program: RegexProgram;
  /** Class of each byte: characters of one class lead everywhere to the same. */
  readonly #classOf: Uint8Array;
  /** A character of each class but the last, which is that of bytes beyond ASCII. */
  readonly #characters: readonly number[];
  /** A state is the place of its row: as many entries as there are classes, each a state. */
  #rows = new Int32Array(0);
  readonly #states: State[] = [];
  readonly #known = new Map<string, number>();
  /** By number of the state: whether the text may end there. */
  readonly #endings: (boolean | undefined)[] = [];
  readonly #start: number;
  /** Where {@link #run} ended. */
  #stateThere = UNSURE;

  constructor(program: RegexProgram) {
    this.#program = program;
    const { classOf, characters } = classesOf(program.instructions);
    this.#classOf = classOf;
    this.#characters = characters;
    this.#start = this.#stateOf([program.start], "text");
  }

  /** Whether it matches anywhere in these bytes, which are one text; null where it cannot tell. */
  test(bytes: Uint8Array, from: number, to: number): boolean | null {
    let state = this.#start;
    let at = from;
    while (state > MATCHED) {
      const stop = this.#run(bytes, at, to, state);
      state = this.#stateThere;
      if (stop === to) return this.#matchesAtEnd(state);
      const kind = this.#classOf[bytes[stop] ?? 0] ?? 0;
      const next = this.#rows[state + kind] ?? UNSURE;
      state = next === NOT_KNOWN ? this.#step(state, kind) : next;
      at = stop + 1;
    }
    return state === MATCHED ? true : null;
  }

  /** Goes on as long as the next state is known; gives the place of the byte where it is not. A loop of nothing else. */
  #run(bytes: Uint8Array, from: number, to: number, start: number): number {
    const classOf = this.#classOf;
    const rows = this.#rows;
    let state = start;
    let at = from;
    for (; at < to; at += 1) {
      const next = rows[state + (classOf[bytes[at] ?? 0] ?? 0)] ?? UNSURE;
      if (next <= MATCHED) break;
      state = next;
    }
    this.#stateThere = state;
    return at;
  }

  /** The state behind one of these instructions, or what stands in its place. */
  #stateOf(instructions: readonly number[], before: Before): number {
    const reached = this.#reach(instructions, 0);
    if (reached === null) return MATCHED;
    const waitsForEdge = reached.some((at) => this.#program.instructions[at]?.type === "edge");
    const state = { waiting: reached, before: waitsForEdge ? before : "other" } satisfies State;
    const key = `${state.before} ${state.waiting.join(" ")}`;
    return this.#known.get(key) ?? this.#newState(key, state);
  }

  #newState(key: string, state: State): number {
    if (this.#states.length === MOST_STATES || this.#program.instructions.length > MOST_INSTRUCTIONS) return UNSURE;
    const width = this.#characters.length + 1;
    this.#states.push(state);
    const place = this.#states.length * width;
    if (place + width > this.#rows.length) {
      const rows = new Int32Array(2 * (place + width)).fill(NOT_KNOWN);
      rows.set(this.#rows);
      this.#rows = rows;
    }
    this.#rows[place + width - 1] = UNSURE;
    this.#known.set(key, place);
    return place;
  }

  #step(from: number, kind: number): number {
    const character = this.#characters[kind];
    const next = character === undefined ? UNSURE : this.#after(this.#stateAt(from), character);
    this.#rows[from + kind] = next;
    return next;
  }

  #after({ waiting, before }: State, character: number): number {
    const reached = this.#reach(waiting, edgesBetween(before, character));
    if (reached === null) return MATCHED;
    // A match may begin behind every character.
    const next = [this.#program.start];
    for (const at of reached) {
      const instruction = this.#program.instructions[at];
      if (instruction?.type === "character" && instruction.fits(character)) next.push(instruction.next);
    }
    return this.#stateOf(next, character === NEW_LINE ? "line" : isOfWord(character) ? "word" : "other");
  }

  #matchesAtEnd(place: number): boolean {
    const number = this.#numberOf(place);
    const { waiting, before } = this.#stateAt(place);
    return (this.#endings[number] ??= this.#reach(waiting, edgesBetween(before, null)) === null);
  }

  /** All that wait, once what passes by itself and the given edges were followed; null where that is a match. */
  #reach(instructions: readonly number[], edges: number): readonly number[] | null {
    const seen = new Set<number>();
    const open = [...instructions];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const instruction = this.#program.instructions[at];
      if (instruction?.type === "match") return null;
      if (instruction?.type === "split") open.push(...instruction.next);
      if (instruction?.type === "edge" && (instruction.edges & ~edges) === 0) open.push(instruction.next);
    }
    return [...seen].filter((at) => isWaiting(this.#program.instructions[at])).sort((a, b) => a - b);
  }

  #numberOf(place: number): number {
    return place / (this.#characters.length + 1) - 1;
  }

  #stateAt(place: number): State {
    return this.#states[this.#numberOf(place)] ?? { waiting: [], before: "other" };
  }
}

const isWaiting = (instruction: Instruction | undefined): boolean =>
  instruction?.type === "character" || instruction?.type === "edge";

/** \w of RE2, which knows ASCII only. */
const isOfWord = (character: number): boolean => /\w/.test(String.fromCharCode(character));

/** Which edges are given between what stood before and a character, or the end of the text. */
function edgesBetween(before: Before, character: number | null): number {
  let edges = 0;
  if (before === "text") edges |= EDGE.textBegin | EDGE.lineBegin;
  if (before === "line") edges |= EDGE.lineBegin;
  if (character === null) edges |= EDGE.textEnd | EDGE.lineEnd;
  if (character === NEW_LINE) edges |= EDGE.lineEnd;
  const isBoundary = (before === "word") !== (character !== null && isOfWord(character));
  return edges | (isBoundary ? EDGE.wordBoundary : EDGE.noWordBoundary);
}

/** Characters that every instruction takes alike, or none of them. */
function classesOf(instructions: readonly Instruction[]): { classOf: Uint8Array; characters: readonly number[] } {
  const taking = instructions.flatMap((one) => (one.type === "character" ? [one.fits] : []));
  const known = new Map<string, number>();
  const characters: number[] = [];
  const classOf = new Uint8Array(256);
  for (let character = 0; character < ASCII; character += 1) {
    const fits = taking.map((one) => (one(character) ? 1 : 0)).join("");
    const key = `${fits} ${isOfWord(character) ? "w" : ""}${character === NEW_LINE ? "n" : ""}`;
    const number = known.get(key) ?? characters.push(character) - 1;
    known.set(key, number);
    classOf[character] = number;
  }
  return { classOf: classOf.fill(characters.length, ASCII), characters };
}
