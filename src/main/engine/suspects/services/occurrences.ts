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
    for (let visit = 0; visit < visits; visit++) from[visit + 1] = (from[visit + 1] ?? 0) + (from[visit] ?? 0);
    const order = new Uint32Array(this.#count);
    const next = from.slice();
    for (let at = 0; at < this.#count; at++) {
      const visit = this.#visit[at] ?? 0;
      order[next[visit] ?? 0] = at;
      increment(next, visit);
    }
    /** Visit in which each item was met last, plus one. */
    const met = new Uint32Array(items);
    const kept = order.filter((at) => {
      const item = this.#item[at] ?? 0;
      const visit = (this.#visit[at] ?? 0) + 1;
      if (met[item] === visit) return false;
      met[item] = visit;
      return true;
    });
    return {
      count: kept.length,
      visit: kept.map((at) => this.#visit[at] ?? 0),
      item: kept.map((at) => this.#item[at] ?? 0),
      time: Float64Array.from(kept, (at) => this.#time[at] ?? 0),
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
