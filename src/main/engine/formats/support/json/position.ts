/** Where in a document a scanner is: the containers that are open on the way to the paths that were asked for. */
import { OPENING_BRACKET } from "./bytes.ts";
import type { Expect } from "./lost.ts";
import type { PathNode } from "./path.ts";

export interface Frame {
  readonly node: PathNode;
  readonly opening: number;
  /** Column where it began, when it was the first thing on its line and is an element or a document. */
  readonly column: number | null;
  /** Column where its latest element began, likewise. */
  elementColumn: number | null;
}

export class JsonPosition {
  readonly frames: Frame[] = [];
  expect: Expect = "value";
  /** What was asked of the value to come; null when nothing was. */
  node: PathNode | null;
  readonly #root: PathNode;

  constructor(root: PathNode) {
    this.#root = root;
    this.node = root;
  }

  /** The path of the current value when somebody asked for it. */
  get asked(): string | null {
    return this.node?.path ?? null;
  }

  /** After a comma too: a trailing one does no harm. */
  mayClose(frame: Frame): boolean {
    return this.expect !== "colon" && (this.expect !== "value" || frame.opening === OPENING_BRACKET);
  }

  enter(node: PathNode, opening: number, column: number | null): void {
    this.frames.push({ node, opening, column, elementColumn: null });
    this.expect = opening === OPENING_BRACKET ? "first-value" : "first-key";
    this.node = opening === OPENING_BRACKET ? node.elements : null;
  }

  /** Closes the innermost container; its path when somebody asked for it. */
  leave(): string | null {
    const path = this.frames.pop()?.node.path ?? null;
    this.afterValue();
    return path;
  }

  /** Gives up all containers but `depth` of them; the paths of those that somebody asked for, the innermost first. */
  unwind(depth: number): readonly string[] {
    return this.frames
      .splice(depth)
      .toReversed()
      .flatMap(({ node }) => node.path ?? []);
  }

  afterValue(): void {
    this.expect = this.frames.length === 0 ? "value" : "comma";
    this.node = this.frames.length === 0 ? this.#root : null;
  }

  /** The next value stands in the innermost container that is left, whatever was lost before it. */
  resume(): void {
    const frame = this.frames.at(-1);
    this.expect = "value";
    this.node = frame === undefined ? this.#root : frame.node.elements;
  }
}
