/** Finds the best value of each role in one object: the first name of the table that it has wins. */
import type { JsonObject } from "./json-value.ts";
import type { Role, RoleNode } from "./field-roles.ts";
import { jsonText } from "./fields.ts";
import type { Pair } from "./logfmt-pairs.ts";

/** Where a role's best value so far came from; no rank is as high. */
const NO_RANK = 1_000_000;

const ROLE_LIST: readonly Role[] = [
  "time",
  "level",
  "syslogLevel",
  "otelLevel",
  "pythonLevel",
  "mongoLevel",
  "message",
  "wrapped",
  "service",
  "loggerName",
  "container",
  "pod",
  "traceId",
  "spanId",
  "traceparent",
  "requestId",
  "correlationId",
];

/** The best value of each role in one object. */
export class FieldValues {
  timeKey = "";
  levelKey = "";
  messageKey = "";
  /** Of roles that have a rank. */
  readonly #values: unknown[] = ROLE_LIST.map(() => undefined);
  readonly #ranks = new Int32Array(ROLE_LIST.length).fill(NO_RANK);

  get(role: Role): unknown {
    const index = ROLE_INDEX[role];
    return this.#ranks[index] === NO_RANK ? undefined : this.#values[index];
  }

  has(role: Role): boolean {
    return this.#ranks[ROLE_INDEX[role]] !== NO_RANK;
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
        else if (node.role === "message") this.#take(node, jsonText(value), key, WORST_MESSAGE);
      } else if (node.role !== null) this.#take(node, value, key, 0);
    }
  }

  collectPairs(pairs: readonly Pair[], nodes: ReadonlyMap<string, RoleNode>): void {
    for (const { key, value } of pairs) {
      const node = value.length === 0 ? undefined : nodes.get(key);
      if (node !== undefined && node.role !== null) this.#take(node, value, key, 0);
    }
  }

  /** Whether a value at this place of the table could be the best one of its role so far. */
  wants({ role, rank }: RoleNode): boolean {
    return role !== null && rank < (this.#ranks[ROLE_INDEX[role]] ?? NO_RANK);
  }

  /** A value that is neither null nor an empty text, an object or an array. */
  take(node: RoleNode, value: unknown, key: string): void {
    this.#take(node, value, key, 0);
  }

  /** Makes room for the next object. */
  clear(): void {
    this.#ranks.fill(NO_RANK);
  }

  #take(node: RoleNode, value: unknown, key: string, penalty: number): void {
    const { role } = node;
    if (role === null) return;
    const rank = node.rank + penalty;
    const index = ROLE_INDEX[role];
    if (rank >= (this.#ranks[index] ?? NO_RANK)) return;
    if (role === "message" && typeof value === "boolean") return;
    if (role === "time" && (typeof value === "boolean" || !couldBeTime(value))) return;
    this.#ranks[index] = rank;
    this.#values[index] = value;
    if (role === "time") this.timeKey = key;
    else if (role === "level") this.levelKey = key;
    else if (role === "message") this.messageKey = key;
  }
}

const ROLE_INDEX = Object.fromEntries(ROLE_LIST.map((role, index) => [role, index])) as Record<Role, number>;
/** A message that is an object or an array is shown only when nothing else is one. */
const WORST_MESSAGE = 10_000;

function couldBeTime(value: unknown): boolean {
  if (typeof value === "number") return value >= 1e8;
  return typeof value === "string" && value.length >= 8 && value.length <= 64 && /\d/.test(value);
}
