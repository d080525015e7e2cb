/** Which items happened in which visits, as columns: a million spans are no million objects. */

export interface Occurrences {
  readonly count: number;
  readonly visit: Uint32Array;
  readonly item: Uint32Array;
  /** Microseconds. */
  readonly time: Float64Array;
}

export class OccurrenceList {
  #visit = new Uint32Array(1024);
  #item = new Uint32Array(1024);
  #time = new Float64Array(1024);
  #count = 0;

  add(visit: number, item: number, time: number): void {
    if (this.#count === this.#visit.length) this.#grow();
    this.#visit[this.#count] = visit;
    this.#item[this.#count] = item;
    this.#time[this.#count] = time;
    this.#count++;
  }

  /** Each item at most once a visit, as it was added first; in the order of visits. Cost O(n). */
  onceEach(visits: number, items: number): Occurrences {
    const from = new Uint32Array(visits + 1);
    for (let at = 0; at < this.#count; at++) increment(from, (this.#visit[at] ?? 0) + 1);
    for (let place = 0; place < visits; place++) from[place + 1] = (from[place + 1] ?? 0) + (from[place] ?? 0);
    const order = new Uint32Array(this.#count);
    const next = from.slice();
    for (let at = 0; at < this.#count; at++) {
      const where = this.#visit[at] ?? 0;
      order[next[where] ?? 0] = at;
      increment(next, where);
    }
    /** Visit in which each item was met last, plus one. */
    const met = new Uint32Array(items);
    const visit = new Uint32Array(order.length);
    const item = new Uint32Array(order.length);
    const time = new Float64Array(order.length);
    let count = 0;
    for (const at of order) {
      const what = this.#item[at] ?? 0;
      const where = this.#visit[at] ?? 0;
      if (met[what] === where + 1) continue;
      met[what] = where + 1;
      visit[count] = where;
      item[count] = what;
      time[count] = this.#time[at] ?? 0;
      count++;
    }
    return {
      count,
      visit: visit.subarray(0, count),
      item: item.subarray(0, count),
      time: time.subarray(0, count),
    };
  }

  #grow(): void {
    const length = this.#count * 2;
    const visit = new Uint32Array(length);
    const item = new Uint32Array(length);
    const time = new Float64Array(length);
    visit.set(this.#visit);
    item.set(this.#item);
    time.set(this.#time);
    [this.#visit, this.#item, this.#time] = [visit, item, time];
  }
}

function increment(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}
