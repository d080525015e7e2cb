// The rows of a selection in the order of the list: records by their ordinals, and events among them by time, each
// before the records of its moment.
import type { IncidentEvent } from "../../../shared/model/event.ts";
import { Level } from "../../../shared/model/level.ts";
import type { Ordinals } from "./ordinals.ts";
import type { RecordIndex } from "./record-index.ts";
import type { SelectedRecords } from "./selected-records.ts";
import { lowerBound, placeOf } from "./time-order.ts";

export type SelectedRow =
  | { readonly type: "record"; readonly ordinal: number }
  | { readonly type: "event"; readonly event: IncidentEvent };

type Extent = Pick<Selected, "hiddenSamples" | "searched"> & Partial<Pick<Selected, "isWhole">>;

export class Selected {
  readonly #index: RecordIndex;
  readonly #records: SelectedRecords;
  readonly events: readonly IncidentEvent[];
  readonly hiddenSamples: number;
  /** 0–1: share of the records in question that was looked at; below 1 there may be more rows than these. */
  readonly searched: number;
  /** Whether these are all records that the index holds, but for samples that are hidden. */
  readonly isWhole: boolean;
  #eventRowsKnown: readonly number[] | null = null;

  constructor(
    index: RecordIndex,
    records: SelectedRecords,
    events: readonly IncidentEvent[],
    { hiddenSamples, searched, isWhole = false }: Extent,
  ) {
    this.#index = index;
    this.#records = records;
    this.searched = searched;
    this.events = events;
    this.hiddenSamples = hiddenSamples;
    this.isWhole = isWhole;
  }

  /** Ascending in the order of the list. Shared with the index when nothing was filtered: never written to. */
  get ordinals(): Ordinals {
    return this.#records.ordinals;
  }

  /** The same, for whoever only counts: putting all of a case in order takes longer. */
  get inAnyOrder(): Ordinals {
    return this.#records.inAnyOrder;
  }

  /** How many records there are; does not put them in order. */
  get records(): number {
    return this.#records.count;
  }

  /** Memory that is kept for it. */
  get bytes(): number {
    return this.#records.bytes;
  }

  /** Row of each event. */
  get #eventRows(): readonly number[] {
    this.#eventRowsKnown ??= this.events.map((event, i) => lowerBound(this.#index.time, this.ordinals, event.time) + i);
    return this.#eventRowsKnown;
  }

  get count(): number {
    return this.records + this.events.length;
  }

  row(at: number): SelectedRow | null {
    const before = firstAtLeast(this.#eventRows, at);
    const event = this.events[before];
    if (event !== undefined && this.#eventRows[before] === at) return { type: "event", event };
    const ordinal = this.ordinals.at(at - before);
    return ordinal === undefined ? null : { type: "record", ordinal };
  }

  rowAtTime(time: number): number | null {
    const records = lowerBound(this.#index.time, this.ordinals, time);
    const events = this.#eventsBefore(time);
    const hasRecord = this.#index.time.at(this.ordinals.at(records) ?? -1) !== Infinity;
    return hasRecord || events < this.events.length ? records + events : null;
  }

  rowOfEvent(id: number): number | null {
    const at = this.events.findIndex((event) => event.id === id);
    return this.#eventRows[at] ?? null;
  }

  rowOfRecord(ordinal: number): number | null {
    const position = placeOf(this.#index, this.ordinals, ordinal);
    return this.ordinals.at(position) === ordinal ? this.#rowOfPosition(position) : null;
  }

  /** From row `at` on, without it. */
  nextError(at: number, direction: "next" | "previous"): number | null {
    const step = direction === "next" ? 1 : -1;
    const level = this.#index.level;
    const events = firstAtLeast(this.#eventRows, direction === "next" ? at + 1 : at);
    let position = direction === "next" ? at + 1 - events : Math.min(at, this.count) - events - 1;
    for (; position >= 0 && position < this.ordinals.length; position += step) {
      if (level.at(this.ordinals.at(position) ?? 0) >= Level.error) return this.#rowOfPosition(position);
    }
    return null;
  }

  #rowOfPosition(position: number): number {
    const time = this.#index.time.at(this.ordinals.at(position) ?? 0);
    return position + (time === Infinity ? this.events.length : this.#eventsBefore(time + 1));
  }

  #eventsBefore(time: number): number {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.events[middle]?.time ?? Infinity) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function firstAtLeast(ascending: readonly number[], bound: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
