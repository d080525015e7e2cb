/** Cuts a JSON line that was parsed into the scalars that change from line to line, and the bytes between them. */
import { ROLES, ROLE, type RoleNode } from "./field-roles.ts";
import type { JsonObject } from "../json/value.ts";

/** The text before a scalar and what the scalar means; the last one ends the line. */
export interface DraftStep {
  readonly literal: string;
  readonly node: RoleNode | null;
  readonly key: string;
  readonly members: JsonObject | null;
  /** Whether the line holds a list; told with its members. */
  readonly hasList: boolean;
}

/** Deeper lines are rare enough to be parsed. */
const DEEPEST = 16;
const MOST_SCALARS = 512;
/** Where one of these is a key, the record depends on values that are not taken by their role. */
const TELLING = new Set(["__proto__", "@mt", "instant", "involvedObject", "regarding", "dd", "ddsource", "ddtags"]);

type Nodes = ReadonlyMap<string, RoleNode> | null;

const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const WORD = /[^\s,\]}]+/y;
const BLANKS = /[ \t\r]*/y;

/** Null when lines of this shape must be parsed. `text` must be a valid JSON object, and `object` what it is. */
export function draftShape(text: string, object: JsonObject): readonly DraftStep[] | null {
  return new Draft(text).of(object);
}

class Draft {
  readonly #text: string;
  readonly #steps: DraftStep[] = [];
  #at = 0;
  /** Where the literal begins that is not cut off yet. */
  #from = 0;
  #hasList = false;

  constructor(text: string) {
    this.#text = text;
  }

  of(object: JsonObject): readonly DraftStep[] | null {
    this.#pass(BLANKS);
    if (!this.#object(ROLES, 1)) return null;
    const members = Object.fromEntries(Object.keys(object).map((key) => [key, null]));
    this.#steps.push({
      literal: this.#text.slice(this.#from),
      node: null,
      key: "",
      members,
      hasList: this.#hasList,
    });
    return this.#steps;
  }

  #object(nodes: Nodes, depth: number): boolean {
    const keys = new Set<string>();
    return this.#list(0x7d, () => {
      const written = this.#pass(STRING);
      const key = written.slice(1, -1);
      // A key that is there twice has its last value, and one that is written with escapes another name.
      if (keys.has(key) || key.includes("\\") || TELLING.has(key)) return false;
      keys.add(key);
      this.#pass(BLANKS);
      this.#at += 1;
      this.#pass(BLANKS);
      return this.#value(nodes?.get(key) ?? null, key, depth);
    });
  }

  #value(node: RoleNode | null, key: string, depth: number): boolean {
    const code = this.#text.charCodeAt(this.#at);
    if (code === 0x7b || code === 0x5b) {
      const children = code === 0x7b ? (node?.children ?? null) : null;
      // Shown as JSON text when nothing better is a message.
      if (depth >= DEEPEST || (node?.role === ROLE.message && children === null)) return false;
      if (code === 0x7b) return this.#object(children, depth + 1);
      this.#hasList = true;
      return this.#list(0x5d, () => this.#value(null, "", depth + 1));
    }
    const literal = this.#text.slice(this.#from, this.#at);
    this.#steps.push({ literal, node: node?.role === 0 ? null : node, key, members: null, hasList: false });
    this.#pass(code === 0x22 ? STRING : WORD);
    this.#from = this.#at;
    return this.#steps.length <= MOST_SCALARS;
  }

  /** Members or elements up to the closing bracket. */
  #list(closing: number, item: () => boolean): boolean {
    this.#at += 1;
    this.#pass(BLANKS);
    while (this.#text.charCodeAt(this.#at) !== closing) {
      if (this.#at >= this.#text.length || !item()) return false;
      this.#pass(BLANKS);
      if (this.#text.charCodeAt(this.#at) === 0x2c) this.#at += 1;
      this.#pass(BLANKS);
    }
    this.#at += 1;
    return true;
  }

  #pass(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const passed = pattern.exec(this.#text)?.[0] ?? "";
    this.#at += passed.length;
    return passed;
  }
}
