/** Finds the best value of each role in one object: the first name of the table that it has wins. */
import type { JsonObject } from "../json/value.ts";
import { AsciiSlice } from "../../../../../shared/model/ascii-slice.ts";
import { isDigit } from "../characters.ts";
import { ROLE_LIST, roleIndex, ROLE, type RoleNode, type RoleSet } from "./field-roles.ts";
import { jsonText } from "../fields.ts";
import { journalText } from "../journal/fields.ts";
import type { Pair } from "../logfmt/pairs.ts";
import { RecentTexts } from "./recent-texts.ts";

/** Roles that have few different values. */
const FEW = ROLE.level | ROLE.message | ROLE.service | ROLE.loggerName | ROLE.container | ROLE.pod;

/** The best value of each role in one object. */
export class FieldValues {
  /** Roles that have a value. */
  #taken: RoleSet = 0;
  /** Those of them whose value is a slice that no string was made of. */
  #sliced: RoleSet = 0;
  readonly #ranks = new Int32Array(ROLE_LIST.length);
  readonly #keys: string[] = ROLE_LIST.map(() => "");
  readonly #values: unknown[] = ROLE_LIST.map(() => undefined);
  /** What the slices are of, and where they begin and end. */
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  readonly #from = new Int32Array(ROLE_LIST.length);
  readonly #to = new Int32Array(ROLE_LIST.length);
  /** Of the roles that were asked for. */
  readonly #slices: AsciiSlice[] = [];
  readonly #recent: RecentTexts[] = [];

  get timeKey(): string {
    return this.#keys[roleIndex(ROLE.time)] ?? "";
  }

  get levelKey(): string {
    return this.#keys[roleIndex(ROLE.level)] ?? "";
  }

  get messageKey(): string {
    return this.#keys[roleIndex(ROLE.message)] ?? "";
  }

  get(role: RoleSet): unknown {
    if ((this.#taken & role) === 0) return undefined;
    const index = roleIndex(role);
    if ((this.#sliced & role) !== 0) {
      this.#values[index] = this.#textOf(index, role);
      this.#sliced &= ~role;
    }
    return this.#values[index];
  }

  /** The value of a role while no string was made of it; the next line may overwrite it. */
  slice(role: RoleSet): AsciiSlice | null {
    if ((this.#sliced & role) === 0) return null;
    const index = roleIndex(role);
    const slice = (this.#slices[index] ??= new AsciiSlice());
    slice.set(this.#view, this.#from[index] ?? 0, this.#to[index] ?? 0);
    return slice;
  }

  /** Whether one of the roles has a value. */
  has(roles: RoleSet): boolean {
    return (this.#taken & roles) !== 0;
  }

  /** Follows only the paths of the table, so that no document is deep enough to harm. */
  collect(object: JsonObject, nodes: ReadonlyMap<string, RoleNode>): void {
    for (const key in object) {
      const node = nodes.get(key);
      if (node === undefined) continue;
      const value = object[key];
      if (value === null || value === undefined || value === "") continue;
      if (typeof value === "object") {
        if (node.children !== null && !Array.isArray(value)) this.collect(value as JsonObject, node.children);
        else if (node.role === ROLE.message) this.#takeNested(node, value, key);
      } else if (node.role !== 0) this.#take(node, value, key, 0);
    }
  }

  collectPairs(pairs: readonly Pair[], nodes: ReadonlyMap<string, RoleNode>): void {
    for (const { key, value } of pairs) {
      const node = value.length === 0 ? undefined : nodes.get(key);
      if (node !== undefined && node.role !== 0) this.#take(node, value, key, 0);
    }
  }

  /** Whether a value at this place of the table could be the best one of its role so far. */
  wants({ role, rank }: RoleNode): boolean {
    return role !== 0 && ((this.#taken & role) === 0 || rank < (this.#ranks[roleIndex(role)] ?? 0));
  }

  /** A value that is neither null nor an empty text, an object or an array. */
  take(node: RoleNode, value: unknown, key: string): void {
    this.#take(node, value, key, 0);
  }

  /** A text of a role that is wanted: a byte or more of what {@link begin} was told, in ASCII. */
  takeSlice({ role, rank }: RoleNode, from: number, to: number, key: string): void {
    if (role === ROLE.time && !this.#couldBeTime(from, to)) return;
    const index = roleIndex(role);
    this.#from[index] = from;
    this.#to[index] = to;
    this.#ranks[index] = rank;
    this.#keys[index] = key;
    this.#taken |= role;
    this.#sliced |= role;
  }

  /** Makes room for the next object. */
  clear(): void {
    this.#taken = 0;
    this.#sliced = 0;
  }

  /** Makes room for an object whose texts are slices of `bytes`. */
  begin(bytes: Buffer, view: DataView): void {
    this.clear();
    this.#bytes = bytes;
    this.#view = view;
  }

  #takeNested(node: RoleNode, value: object, key: string): void {
    const text = key === "MESSAGE" && Array.isArray(value) ? journalText(value) : null;
    if (text === null) this.#take(node, jsonText(value), key, WORST_MESSAGE);
    else this.#take(node, text, key, 0);
  }

  #take(node: RoleNode, value: unknown, key: string, penalty: number): void {
    const { role } = node;
    const rank = node.rank + penalty;
    const index = roleIndex(role);
    if ((this.#taken & role) !== 0 && rank >= (this.#ranks[index] ?? 0)) return;
    if (role === ROLE.message && typeof value === "boolean") return;
    if (role === ROLE.time && (typeof value === "boolean" || !couldBeTime(value))) return;
    this.#values[index] = value;
    this.#ranks[index] = rank;
    this.#keys[index] = key;
    this.#taken |= role;
    this.#sliced &= ~role;
  }

  #textOf(index: number, role: RoleSet): string {
    const from = this.#from[index] ?? 0;
    const to = this.#to[index] ?? 0;
    if ((FEW & role) === 0) return this.#bytes.toString("latin1", from, to);
    return (this.#recent[index] ??= new RecentTexts()).text(this.#bytes, from, to);
  }

  #couldBeTime(from: number, to: number): boolean {
    if (to - from < SHORTEST_TIME || to - from > LONGEST_TIME) return false;
    for (let at = from; at < to; at += 1) if (isDigit(this.#view.getUint8(at))) return true;
    return false;
  }
}

/** A message that is an object or an array is shown only when nothing else is one. */
const WORST_MESSAGE = 10_000;

const SHORTEST_TIME = 8;
const LONGEST_TIME = 64;

function couldBeTime(value: unknown): boolean {
  if (typeof value === "number") return value >= 1e8;
  return typeof value === "string" && value.length >= SHORTEST_TIME && value.length <= LONGEST_TIME && /\d/.test(value);
}
