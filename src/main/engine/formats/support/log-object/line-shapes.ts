/**
 * The shapes of JSON lines that were met. A logger writes the same keys in the same order again and again, so that most
 * of a line is known before it is read: where its bytes are those of a known shape, only the scalars between them have
 * to be looked at, and only those that a record needs are decoded. Anything else is left to a full parse.
 *
 * Shapes are kept as a tree, for lines of one logger begin alike and differ in the fields that follow.
 */
import type { RoleNode } from "./field-roles.ts";
import type { FieldValues } from "./field-values.ts";
import type { JsonObject } from "../json/value.ts";
import { literalOf, ScalarReader, type Literal } from "../json/scalar-bytes.ts";
import { draftShape, type DraftStep } from "./shape-draft.ts";

/** Lines that are parsed before shapes are learned: who reads only a small file comes to its end before they pay. */
export const LEARNS_FROM = 200;
/** Keys that change from line to line, such as ids, would fill any tree: it stops growing here. */
const MOST_STEPS = 8_192;
/** Continuations of one step, which are tried one after the other. */
const MOST_CHOICES = 64;

/** Bytes of two quotes. */
const EMPTY_STRING = 2;

/** Bytes that must stand at a place, and what stands behind them. */
interface Step {
  /** Tells two steps of one place apart. */
  readonly text: string;
  readonly literal: Literal;
  /** What the scalar behind the literal means to a record, and the key it stands under. */
  readonly node: RoleNode | null;
  readonly key: string;
  /** Of a literal that ends a line: the members that its object has, without their values. */
  readonly members: JsonObject | null;
  readonly hasList: boolean;
  /** What can follow the scalar; what is met often moves to the front. */
  readonly next: Step[];
  met: number;
}

export class LineShapes {
  readonly #first: Step[] = [];
  readonly #scalars = new ScalarReader();
  /** Whether the line that was read last holds a list. */
  hasList = false;
  #steps = 0;
  #parsed = 0;

  /** `after` so many lines that are only parsed. */
  constructor(after = 0) {
    this.#parsed = -after;
  }

  /**
   * Takes what a record needs of the line `from … to` into `found`, where it stays valid as long as the bytes are. Gives
   * the members of its object (their values are not there), or null when the line has no known shape. The bytes must be
   * valid UTF-8.
   */
  read(bytes: Buffer, from: number, to: number, found: FieldValues): JsonObject | null {
    const scalars = this.#scalars;
    found.begin(bytes, scalars.use(bytes));
    let at = from;
    let choices = this.#first;
    for (;;) {
      const step = this.#stepAt(choices, at, to);
      if (step === null) return null;
      at += step.literal.length;
      if (step.members !== null) {
        this.hasList = step.hasList;
        return step.members;
      }
      const end = scalars.end(at, to);
      if (end < 0) return null;
      const { node } = step;
      if (node !== null && found.wants(node)) {
        if (!scalars.isPlainString(at)) {
          const value = scalars.value(at, end);
          // Only its digits tell such a number exactly.
          if (typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER) return null;
          if (value !== null) found.take(node, value, step.key);
        } else if (end - at > EMPTY_STRING) found.takeSlice(node, at + 1, end - 1, step.key);
      }
      at = end;
      choices = step.next;
    }
  }

  /** Remembers the shape of a line that was parsed as `object`, once there were a few; whether it is known now. */
  learn(text: string, object: JsonObject): boolean {
    this.#parsed += 1;
    if (this.#parsed <= 0 || this.#steps >= MOST_STEPS) return false;
    const drafts = draftShape(text, object);
    if (drafts === null) return false;
    let choices = this.#first;
    for (const draft of drafts) {
      const isKnown = ({ text: own, members }: Step): boolean =>
        own === draft.literal && (members === null) === (draft.members === null);
      const step = choices.find(isKnown) ?? this.#add(choices, draft);
      if (step === null) return false;
      choices = step.next;
    }
    return true;
  }

  #add(choices: Step[], { literal: text, node, key, members, hasList }: DraftStep): Step | null {
    if (choices.length >= MOST_CHOICES) return null;
    const step = {
      text,
      literal: literalOf(text),
      node,
      key,
      members,
      hasList,
      next: [],
      met: 0,
    };
    choices.push(step);
    this.#steps += 1;
    return step;
  }

  /** At most one fits: a literal reaches to where a scalar starts, or to the end of the line. */
  #stepAt(choices: Step[], at: number, to: number): Step | null {
    const scalars = this.#scalars;
    for (let index = 0; index < choices.length; index += 1) {
      const step = choices[index];
      if (step === undefined || !scalars.matches(step.literal, at, to)) continue;
      const end = at + step.literal.length;
      if (step.members === null ? end >= to || !scalars.startsAt(end) : end !== to) continue;
      if (choices.length > 1) {
        step.met += 1;
        if (index > 0) moveUp(choices, step, index);
      }
      return step;
    }
    return null;
  }
}

function moveUp(choices: Step[], step: Step, index: number): void {
  const before = choices[index - 1];
  if (before === undefined || before.met >= step.met) return;
  choices[index - 1] = step;
  choices[index] = before;
}
