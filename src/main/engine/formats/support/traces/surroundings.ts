/**
 * What stands around the spans of one Jaeger trace, for those that become dead letters: the trace's id and its table of
 * processes, which may come after the spans. What is filed before waits for it.
 */
import type { Surroundings } from "../../../../../shared/model/dead-letter.ts";
import { jsonText } from "../fields.ts";
import { type LateSurroundings, surroundings } from "../json/elements.ts";
import { isObject, type JsonObject } from "../json/value.ts";

/** Damaged spans that wait for their processes; each holds up to 64 KiB. */
const MOST_WAITING = 256;

export class TraceSurroundings implements LateSurroundings {
  #id: string | undefined;
  #processes: JsonObject | null = null;
  #isOver = false;
  #waiting: (() => void)[] = [];

  set id(id: string | undefined) {
    this.#id = id;
  }

  set processes(table: unknown) {
    this.#processes = isObject(table) ? table : {};
    this.#release();
  }

  /** Nothing more comes of the trace. */
  end(): void {
    this.#isOver = true;
    this.#release();
  }

  whenKnown(file: () => void): void {
    if (this.#processes !== null || this.#isOver) return file();
    this.#waiting.push(file);
    if (this.#waiting.length >= MOST_WAITING) this.#release();
  }

  /** With the one process that the span names, or all of them; without their tags where that would be too long. */
  get(processId?: string): Surroundings | undefined {
    const all = this.#processes ?? {};
    const one = processId === undefined ? undefined : all[processId];
    const table = processId === undefined || one === undefined ? all : { [processId]: one };
    return this.#around(table) ?? this.#around(named(table)) ?? this.#around({});
  }

  #around(processes: JsonObject): Surroundings | undefined {
    const id = this.#id === undefined ? {} : { traceID: this.#id };
    return surroundings(`${jsonText({ ...id, processes }).slice(0, -1)},"spans":[`, "]}");
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const file of waiting) file();
  }
}

const named = (table: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(table).map(([id, process]) => [
      id,
      isObject(process) ? { serviceName: process["serviceName"] } : process,
    ]),
  );
