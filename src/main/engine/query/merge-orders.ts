// Puts the records of a case in the order of the list. Segments are nearly sorted already, and what a source adds mostly
// stands behind what it had: a sorted file is one run, and of two orders that meet only those records are looked at that
// stand between each other.
import { Ordinals, OrdinalsBuilder } from "./ordinals.ts";
import { isAfterAtOnce, ordinalsBetween, placeOf, sortOrdinals, type OrderedBy } from "./time-order.ts";

/** Records of one source that stand behind one another in it. */
export interface Stretch {
  /** Ordinal of the first. */
  readonly first: number;
  readonly count: number;
  readonly sourceId: number;
}

/** All records of the stretches in order. */
export function orderOf(by: OrderedBy, stretches: readonly Stretch[]): Ordinals {
  const bySource = new Map<number, Ordinals[]>();
  for (const { first, count, sourceId } of stretches) {
    const known = bySource.get(sourceId);
    const own = orderOfStretch(by, first, count);
    if (known === undefined) bySource.set(sourceId, [own]);
    else known.push(own);
  }
  return mergeAll(
    by,
    Array.from(bySource.values(), (orders) => mergeNeighbours(by, orders)),
  );
}

function orderOfStretch(by: OrderedBy, first: number, count: number): Ordinals {
  const end = first + count;
  let before = by.time.at(first) ?? Infinity;
  for (let ordinal = first + 1; ordinal < end; ordinal += 1) {
    const time = by.time.at(ordinal) ?? Infinity;
    if (time < before) return Ordinals.of(sortOrdinals(by, ordinalsBetween(first, end)));
    before = time;
  }
  return Ordinals.between(first, end);
}

/** What a source has from one place on mostly stands behind what it has before, and at most beside that. */
function mergeNeighbours(by: OrderedBy, orders: readonly Ordinals[]): Ordinals {
  let left = orders;
  while (left.length > 1) {
    const merged: Ordinals[] = [];
    for (let i = 0; i < left.length; i += 2)
      merged.push(mergeOrders(by, left[i] ?? Ordinals.none, left[i + 1] ?? Ordinals.none));
    left = merged;
  }
  return left[0] ?? Ordinals.none;
}

/** Both in order; so is the result, which shares what stands apart with them. */
export function mergeOrders(by: OrderedBy, a: Ordinals, b: Ordinals): Ordinals {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const [firstOfA, lastOfA] = endsOf(a);
  const [firstOfB, lastOfB] = endsOf(b);
  const [fromA, endA] = [placeOf(by, a, firstOfB), placeOf(by, a, lastOfB)];
  const [fromB, endB] = [placeOf(by, b, firstOfA), placeOf(by, b, lastOfA)];
  const builder = new OrdinalsBuilder();
  builder.share(a, 0, fromA);
  builder.share(b, 0, fromB);
  mergeInto(builder, [new Cursor(by, a, fromA, endA), new Cursor(by, b, fromB, endB)]);
  builder.share(a, endA);
  builder.share(b, endB);
  return builder.finish();
}

const endsOf = (order: Ordinals): readonly [number, number] => [order.at(0) ?? 0, order.at(order.length - 1) ?? 0];

/** Many sources in one go; of two, what stands apart is shared. */
function mergeAll(by: OrderedBy, orders: readonly Ordinals[]): Ordinals {
  if (orders.length <= 2) return mergeOrders(by, orders[0] ?? Ordinals.none, orders[1] ?? Ordinals.none);
  const builder = new OrdinalsBuilder();
  mergeInto(
    builder,
    orders.map((order) => new Cursor(by, order, 0, order.length)),
  );
  return builder.finish();
}

/** Goes through an order, one ordinal and its time after the other. */
class Cursor {
  readonly #by: OrderedBy;
  readonly #parts: Generator<Uint32Array, void, undefined>;
  #part = new Uint32Array(0);
  #next = 0;
  isThere = true;
  ordinal = 0;
  time = Infinity;

  constructor(by: OrderedBy, order: Ordinals, from: number, end: number) {
    this.#by = by;
    this.#parts = order.parts(from, end);
    this.advance();
  }

  advance(): void {
    if (this.#next === this.#part.length) {
      const { value } = this.#parts.next();
      if (value === undefined) {
        this.isThere = false;
        return;
      }
      this.#part = value as Uint32Array<ArrayBuffer>;
      this.#next = 0;
    }
    this.ordinal = this.#part[this.#next] ?? 0;
    this.time = this.#by.time.at(this.ordinal) ?? Infinity;
    this.#next += 1;
  }

  isAfter({ time, ordinal }: Cursor): boolean {
    return this.time === time ? isAfterAtOnce(this.#by, this.ordinal, ordinal) : this.time > time;
  }
}

/** A heap of cursors, whose first is the least: https://en.wikipedia.org/wiki/K-way_merge_algorithm. */
function mergeInto(to: OrdinalsBuilder, cursors: readonly Cursor[]): void {
  const heap = cursors.filter(({ isThere }) => isThere);
  for (let at = heap.length >>> 1; at >= 0; at -= 1) sink(heap, at);
  for (let [first] = heap; first !== undefined; [first] = heap) {
    to.push(first.ordinal);
    first.advance();
    const last = first.isThere ? first : heap.pop();
    if (last !== undefined && heap.length > 0) heap[0] = last;
    sink(heap, 0);
  }
}

/** Puts a cursor that is too far ahead behind those that are less. */
function sink(heap: Cursor[], from: number): void {
  const cursor = heap[from];
  if (cursor === undefined) return;
  let at = from;
  for (;;) {
    let below = 2 * at + 1;
    let least = heap[below];
    const other = heap[below + 1];
    if (least !== undefined && other?.isAfter(least) === false) {
      below += 1;
      least = other;
    }
    if (least === undefined || !cursor.isAfter(least)) break;
    heap[at] = least;
    at = below;
  }
  heap[at] = cursor;
}
