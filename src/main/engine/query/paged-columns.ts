// Columns over all records of a case, by ordinal, in pages of their own: what is appended moves nothing that is there,
// and a page that is full is kept as narrow as its values allow.

const PAGE_BITS = 12;
/** Records of a page. */
export const PAGE = 1 << PAGE_BITS;
const IN_PAGE = PAGE - 1;

/** Nearly always the first; half a page long where each byte holds two codes. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

const NO_CODES = new Uint8Array(0);

/** Same for two ordinals of one page. */
export const pageOf = (ordinal: number): number => ordinal >>> PAGE_BITS;
export const placeInPage = (ordinal: number): number => ordinal & IN_PAGE;

const HALF_PAGE = PAGE / 2;
/** Of half a byte. */
const MOST_HALVED = 2 ** 4;

/** The code of a place in a {@link PagedCodes.page}. */
export const codeIn = (page: Codes, place: number): number =>
  page.length === HALF_PAGE
    ? ((page[place >>> 1] ?? 0) >>> ((place & 1) << 2)) & (MOST_HALVED - 1)
    : (page[place] ?? 0);

/** Small numbers: levels, kinds, services. */
export class PagedCodes {
  readonly #pages: Codes[] = [];
  /** Pages of one value throughout, by that value: all such pages are one. */
  readonly #uniform = new Map<number, Codes>();
  #open: Codes = NO_CODES;
  /** A page that another stands for: memory that is touched already. */
  #spare: Uint8Array | null = null;
  #length = 0;

  /** 0 for what is not there. */
  at(ordinal: number): number {
    const page = this.#pages[ordinal >>> PAGE_BITS];
    return page === undefined ? 0 : codeIn(page, ordinal & IN_PAGE);
  }

  /** Its page, for {@link codeIn} by {@link placeInPage}: for loops over many records, which stay in a page for long. */
  page(ordinal: number): Codes {
    return this.#pages[ordinal >>> PAGE_BITS] ?? NO_CODES;
  }

  /** Adds how often each code stands at `from` … `end` − 1 to `counts`, in which there is a place for each. */
  count(from: number, end: number, counts: Uint32Array): void {
    // Two codes a byte are counted together: half the steps, and each a plain one.
    const pairs = new Uint32Array(MOST_HALVED ** 2);
    for (let at = from; at < end;) {
      const page = this.page(at);
      const stop = Math.min(end, (pageOf(at) + 1) * PAGE);
      const first = codeIn(page, 0);
      if (stop - at < PAGE) for (let i = at; i < stop; i += 1) raise(counts, codeIn(page, placeInPage(i)));
      else if (this.#uniform.get(first) === page) raise(counts, first, PAGE);
      else tally(page, page.length === HALF_PAGE ? pairs : counts);
      at = stop;
    }
    for (const [two, times] of pairs.entries()) {
      if (times === 0) continue;
      raise(counts, two & (MOST_HALVED - 1), times);
      raise(counts, two >>> 4, times);
    }
  }

  /** Clears the rows of `mask`, the first of which is that of ordinal `first`, for whose codes `wanted` holds 0 or nothing. */
  keep(first: number, mask: Uint8Array, wanted: Uint8Array): void {
    for (let at = 0; at < mask.length;) {
      const page = this.page(first + at);
      const place = placeInPage(first + at);
      const part = mask.subarray(at, at + PAGE - place);
      const code = codeIn(page, 0);
      if (this.#uniform.get(code) !== page) keepIn(page, place, part, wanted);
      else if (wanted[code] !== 1) part.fill(0);
      at += part.length;
    }
  }

  append(codes: Codes): void {
    for (let from = 0; from < codes.length;) {
      const at = this.#begin();
      const part = codes.subarray(from, from + PAGE - at);
      if (!(part instanceof Uint8Array)) this.#widenFor(mostOf(part));
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
      this.#widenFor(code);
      this.#open.fill(code, at, at + count);
      this.#end(count);
      left -= count;
    }
  }

  /** The place in the page that is filled next. */
  #begin(): number {
    const at = this.#length & IN_PAGE;
    if (at === 0) {
      this.#pages.push((this.#open = this.#spare?.fill(0) ?? new Uint8Array(PAGE)));
      this.#spare = null;
    }
    return at;
  }

  #widenFor(code: number): void {
    const bytes = bytesOf(code);
    if (bytes <= this.#open.BYTES_PER_ELEMENT) return;
    this.#replace((this.#open = bytes === 2 ? Uint16Array.from(this.#open) : Uint32Array.from(this.#open)));
  }

  #end(count: number): void {
    this.#length += count;
    if ((this.#length & IN_PAGE) === 0) this.#finish(this.#open);
  }

  #replace(page: Codes): void {
    this.#pages[this.#pages.length - 1] = page;
  }

  #finish(page: Codes): void {
    const [first = 0] = page;
    const isSame = isUniform(page, first);
    const kept = (isSame ? this.#uniform.get(first) : undefined) ?? halved(page);
    if (isSame) this.#uniform.set(first, kept);
    if (kept === page) return;
    this.#replace(kept);
    if (page instanceof Uint8Array) this.#spare = page;
  }
}

const raise = (counts: Uint32Array, at: number, by = 1): void => {
  counts[at] = (counts[at] ?? 0) + by;
};

function tally(values: Codes, counts: Uint32Array): void {
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    counts[value] = (counts[value] ?? 0) + 1;
  }
}

/** Of the records of one page, from a place in it on. */
function keepIn(page: Codes, place: number, mask: Uint8Array, wanted: Uint8Array): void {
  if (page.length === HALF_PAGE)
    for (let i = 0; i < mask.length; i += 1) {
      const code = ((page[(place + i) >>> 1] ?? 0) >>> (((place + i) & 1) << 2)) & (MOST_HALVED - 1);
      mask[i] = (mask[i] ?? 0) & (wanted[code] ?? 0);
    }
  else for (let i = 0; i < mask.length; i += 1) mask[i] = (mask[i] ?? 0) & (wanted[page[place + i] ?? 0] ?? 0);
}

// Loops and not callbacks: with these a million records are taken in four times as fast.
function mostOf(codes: Codes): number {
  let most = 0;
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? 0;
    if (code > most) most = code;
  }
  return most;
}

/** Two codes a byte, where all are that small. */
function halved(page: Codes): Codes {
  if (mostOf(page) >= MOST_HALVED) return page;
  const halves = new Uint8Array(HALF_PAGE);
  for (let i = 0; i < HALF_PAGE; i += 1) halves[i] = (page[2 * i] ?? 0) | ((page[2 * i + 1] ?? 0) << 4);
  return halves;
}

const bytesOf = (code: number): 1 | 2 | 4 => (code < 2 ** 8 ? 1 : code < 2 ** 16 ? 2 : 4);

function isUniform(page: Codes, code: number): boolean {
  for (let i = 0; i < page.length; i += 1) if (page[i] !== code) return false;
  return true;
}
