/**
 * Rows of the list by page, as far as somebody looked. Pages that nobody looked at for long make room, pages of an
 * older revision stay on screen until their successor arrives.
 */
import type { ListRow } from "../../shared/contract.ts";

export const PAGE_ROWS = 200;
/** 64 pages are some 13,000 rows: dozens of screens in each direction. */
const PAGES_KEPT = 64;

export type ReadRows = (start: number, count: number) => Promise<readonly ListRow[]>;

interface Page {
  readonly rows: readonly ListRow[];
  readonly generation: number;
}

export class RowPages {
  /** Least recently used first. */
  readonly #pages = new Map<number, Page>();
  readonly #pending = new Set<string>();
  readonly #changed: () => void;
  readonly #failed: (thrown: unknown) => void;
  #generation = 0;
  #read: ReadRows | null = null;
  #count = 0;

  /** @param changed is called when rows arrived. */
  constructor(changed: () => void, failed: (thrown: unknown) => void) {
    this.#changed = changed;
    this.#failed = failed;
  }

  /** Other rows from now on. With `keep` the old ones stay on screen until they are read again. */
  reset(read: ReadRows, count: number, keep: boolean): void {
    this.#generation += 1;
    this.#read = read;
    this.#count = count;
    if (!keep) this.#pages.clear();
  }

  rowAt(index: number): ListRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS];
  }

  /** Sees to it that these rows arrive. */
  want(first: number, end: number): void {
    const last = Math.min(end, this.#count) - 1;
    for (let page = Math.floor(first / PAGE_ROWS); page <= Math.floor(last / PAGE_ROWS); page += 1) {
      const known = this.#pages.get(page);
      if (known !== undefined) {
        this.#pages.delete(page);
        this.#pages.set(page, known);
      }
      if (known?.generation !== this.#generation) void this.#fetch(page);
    }
  }

  async #fetch(page: number): Promise<void> {
    const read = this.#read;
    const generation = this.#generation;
    const ticket = `${generation}:${page}`;
    if (read === null || this.#pending.has(ticket)) return;
    this.#pending.add(ticket);
    try {
      const start = page * PAGE_ROWS;
      const rows = await read(start, Math.min(PAGE_ROWS, this.#count - start));
      // Whoever asks for another selection meanwhile must not see rows of this one.
      if (generation !== this.#generation) return;
      this.#pages.delete(page);
      this.#pages.set(page, { rows, generation });
      for (const oldest of this.#pages.keys()) {
        if (this.#pages.size <= PAGES_KEPT) break;
        this.#pages.delete(oldest);
      }
      this.#changed();
    } catch (thrown) {
      if (generation === this.#generation) this.#failed(thrown);
    } finally {
      this.#pending.delete(ticket);
    }
  }
}
