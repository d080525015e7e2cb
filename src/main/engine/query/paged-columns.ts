// Columns over all records of a case, by ordinal, in pages of their own: what is appended moves nothing that is there,
// and a page that is full is kept as narrow as its values allow.

const PAGE_BITS = 12;
/** Records of a page. */
const PAGE = 1 << PAGE_BITS;
const IN_PAGE = PAGE - 1;
const MOST_NARROW = 2 ** 16 - 1;
/** Of a page of times, for a record without one. */
const NO_TIME = 2 ** 32 - 1;

/** Nearly always the first: V8 reads arrays of one type faster than of several. */
type Codes = Uint16Array | Uint32Array;

const NO_CODES = new Uint16Array(0);

/** Same for two ordinals of one page. */
export const pageOf = (ordinal: number): number => ordinal >>> PAGE_BITS;
export const placeInPage = (ordinal: number): number => ordinal & IN_PAGE;

/** Small numbers: levels, kinds, services, segments. */
export class PagedCodes {
  readonly #pages: Codes[] = [];
  /** Pages of one value throughout, by that value: all such pages are one. */
  readonly #uniform = new Map<number, Codes>();
  #open: Codes = NO_CODES;
  /** A page that another stands for: memory that is touched already. */
  #spare: Uint16Array | null = null;
  #length = 0;

  /** 0 for what is not there. */
  at(ordinal: number): number {
    return this.#pages[ordinal >>> PAGE_BITS]?.[ordinal & IN_PAGE] ?? 0;
  }

  /** The codes of its page, by {@link placeInPage}: for loops over many records, which stay in a page for long. */
  page(ordinal: number): Codes {
    return this.#pages[ordinal >>> PAGE_BITS] ?? NO_CODES;
  }

  append(codes: Uint8Array | Codes): void {
    for (let from = 0; from < codes.length;) {
      const at = this.#begin();
      const part = codes.subarray(from, from + PAGE - at);
      if (part instanceof Uint32Array && hasWide(part)) this.#widen();
      this.#open.set(part, at);
      this.#end(part.length);
      from += part.length;
    }
  }

  /** The same code, so many times. */
  repeat(code: number, times: number): void {
    for (let left = times; left > 0;) {
      const at = this.#begin();
      const count = Math.min(left, PAGE - at);
      if (code > MOST_NARROW) this.#widen();
      this.#open.fill(code, at, at + count);
      this.#end(count);
      left -= count;
    }
  }

  /** The place in the page that is filled next. */
  #begin(): number {
    const at = this.#length & IN_PAGE;
    if (at === 0) {
      this.#pages.push((this.#open = this.#spare?.fill(0) ?? new Uint16Array(PAGE)));
      this.#spare = null;
    }
    return at;
  }

  #widen(): void {
    if (this.#open instanceof Uint16Array) this.#replace((this.#open = Uint32Array.from(this.#open)));
  }

  #end(count: number): void {
    this.#length += count;
    if ((this.#length & IN_PAGE) === 0) this.#share(this.#open);
  }

  #replace(page: Codes): void {
    this.#pages[this.#pages.length - 1] = page;
  }

  #share(page: Codes): void {
    const [first = 0] = page;
    if (!isUniform(page, first)) return;
    const known = this.#uniform.get(first);
    if (known === undefined) this.#uniform.set(first, page);
    else {
      this.#replace(known);
      if (page instanceof Uint16Array) this.#spare = page;
    }
  }
}

// Loops and not callbacks: with these a million records are taken in four times as fast.
function hasWide(codes: Uint32Array): boolean {
  for (let i = 0; i < codes.length; i += 1) if ((codes[i] ?? 0) > MOST_NARROW) return true;
  return false;
}

function isUniform(page: Codes, code: number): boolean {
  for (let i = 0; i < page.length; i += 1) if (page[i] !== code) return false;
  return true;
}

/** Microseconds since the epoch. Records of a page mostly lie within an hour of each other: four bytes each. */
export class PagedTimes {
  /** Of a full page: microseconds since its first; null where they do not fit, and of the page that is filled. */
  readonly #since: (Uint32Array | null)[] = [];
  readonly #first: number[] = [];
  readonly #wide: (Float64Array | null)[] = [];
  #open = new Float64Array(0);
  #length = 0;

  /** Infinity for a record without a time, and for what is not there. */
  at(ordinal: number): number {
    const page = ordinal >>> PAGE_BITS;
    const since = this.#since[page]?.[ordinal & IN_PAGE];
    if (since !== undefined) return since === NO_TIME ? Infinity : (this.#first[page] ?? 0) + since;
    return this.#wide[page]?.[ordinal & IN_PAGE] ?? Infinity;
  }

  /** NaN stands for no time. */
  append(times: Float64Array): void {
    for (let from = 0; from < times.length;) {
      const at = this.#length & IN_PAGE;
      if (at === 0) this.#begin();
      const count = Math.min(times.length - from, PAGE - at);
      const page = this.#open;
      for (let i = 0; i < count; i += 1) {
        const time = times[from + i] ?? Number.NaN;
        page[at + i] = Number.isNaN(time) ? Infinity : time;
      }
      this.#length += count;
      from += count;
      if (at + count === PAGE) this.#narrow(this.#since.length - 1, page);
    }
  }

  #begin(): void {
    // The page before, where its times are kept narrower: memory that is touched already.
    if (this.#length === 0 || this.#wide.at(-1) !== null) this.#open = new Float64Array(PAGE);
    this.#open.fill(Infinity);
    this.#since.push(null);
    this.#first.push(0);
    this.#wide.push(this.#open);
  }

  #narrow(page: number, times: Float64Array): void {
    let first = Infinity;
    let last = -Infinity;
    let areWhole = true;
    for (const time of times) {
      if (time === Infinity) continue;
      if (time < first) first = time;
      if (time > last) last = time;
      areWhole &&= Number.isInteger(time);
    }
    if (!areWhole || last - first >= NO_TIME) return;
    const since = new Uint32Array(times.length);
    for (let at = 0; at < since.length; at += 1) {
      const time = times[at] ?? Infinity;
      since[at] = time === Infinity ? NO_TIME : time - first;
    }
    this.#first[page] = first === Infinity ? 0 : first;
    this.#since[page] = since;
    this.#wide[page] = null;
  }
}
