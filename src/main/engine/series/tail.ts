/**
 * How unlikely a magnitude is, by the magnitudes before it: a histogram over logarithms that forgets slowly, and beyond
 * its last twentieth the power law that those samples follow (Hill 1975, "A simple general approach to inference about
 * the tail of a distribution"). No scale and no distribution has to be chosen: what a series does often is not
 * surprising in it, however wild it looks elsewhere. Constant memory; a sample costs at most a walk over the bins.
 */

const BINS = 128;
/** A bin is a quarter of a doubling wide: 19 %. */
const BINS_A_DOUBLING = 4;
/** Bins whose sum is kept, so that a tail is added up in a few steps. */
const BLOCK = 8;
/** Where the first magnitude lands; most magnitudes are within 2¹⁴ of each other. */
const FIRST_BIN = 72;
/** Free bins above a magnitude that outgrew the histogram. */
const ROOM_ABOVE = 16;
/** Share of samples that make the tail, and the least number of them. */
const TAIL_SHARE = 0.05;
const LEAST_TAIL = 4;
/** Samples' worth of belief in an ordinary tail, and its mean excess: about that of a normal distribution beyond 2 σ. */
const PRIOR_SAMPLES = 6;
const PRIOR_EXCESS = 0.22;
/** Fewer samples know no tail. */
const LEAST_SEEN = 8;
/** Beyond this, "never seen the like" is said; a larger number says nothing more. */
const MOST_SURPRISE = 12;
const RENORMALISE = 1e100;

/** Weights that grow by a constant factor, so that older samples count less without being touched. */
class Clock {
  readonly #growth: number;
  weight = 1;
  total = 0;
  seen = 0;

  constructor(horizon: number) {
    this.#growth = 1 + 1 / horizon;
  }

  /** True when everything has to be divided by `RENORMALISE`. */
  tick(): boolean {
    this.weight *= this.#growth;
    this.total += this.weight;
    this.seen++;
    if (this.weight < RENORMALISE) return false;
    this.weight /= RENORMALISE;
    this.total /= RENORMALISE;
    return true;
  }
}

/** A magnitude's logarithm, in bins; −∞ for what is none. Logarithms are most of the cost: one a sample and detector. */
const placeOf = (magnitude: number): number =>
  magnitude > 0 ? Math.log2(magnitude) * BINS_A_DOUBLING : Number.NEGATIVE_INFINITY;

class Bins {
  #weights = new Float64Array(BINS);
  readonly #blocks = new Float64Array(BINS / BLOCK);
  /** Logarithm, in bins, at which bin 0 begins; NaN before the first magnitude. */
  #base = Number.NaN;
  #top = -1;

  surprise(place: number, { total, weight, seen }: Clock): number {
    if (place === Number.NEGATIVE_INFINITY || seen < LEAST_SEEN) return 0;
    if (this.#top < 0) return Math.log10(seen + 1);
    const position = place - this.#base;
    const bin = position < 0 ? 0 : Math.floor(position);
    let above = this.#above(bin);
    if (bin <= this.#top) above += (this.#weights[bin] ?? 0) * Math.min(1, bin + 1 - position);
    if (above > TAIL_SHARE * total) return -Math.log10(Math.min(1, above / total));
    return Math.min(MOST_SURPRISE, this.#beyond(position, total, weight));
  }

  #above(bin: number): number {
    const weights = this.#weights;
    const blocks = this.#blocks;
    const nextBlock = Math.floor(bin / BLOCK) + 1;
    const next = Math.min(this.#top + 1, nextBlock * BLOCK);
    const lastBlock = Math.floor(this.#top / BLOCK);
    let sum = 0;
    for (let at = bin + 1; at < next; at++) sum += weights[at] ?? 0;
    for (let block = nextBlock; block <= lastBlock; block++) sum += blocks[block] ?? 0;
    return sum;
  }

  #beyond(position: number, total: number, weight: number): number {
    const weights = this.#weights;
    const needed = Math.max(TAIL_SHARE * total, Math.min(LEAST_TAIL * weight, total / 2));
    let start = this.#top + 1;
    let held = 0;
    let excess = 0;
    while (start > 0 && held < needed) {
      start--;
      const inBin = weights[start] ?? 0;
      // Everything above moves one bin farther from the start of the tail.
      excess += held + inBin / 2;
      held += inBin;
    }
    const prior = PRIOR_SAMPLES * weight;
    const meanExcess = ((excess * Math.LN2) / BINS_A_DOUBLING + prior * PRIOR_EXCESS) / (held + prior);
    const beyond = (Math.max(0, position - start) * Math.LN2) / BINS_A_DOUBLING;
    return Math.max(0, -Math.log10(held / total) + (beyond / meanExcess) * Math.LOG10E);
  }

  /** The bin that it went to; −1 for what is no magnitude. */
  add(place: number, weight: number): number {
    if (place === Number.NEGATIVE_INFINITY) return -1;
    const whole = Math.floor(place);
    if (this.#top < 0) this.#base = whole - FIRST_BIN;
    let bin = whole - this.#base;
    if (bin >= BINS) {
      this.#shift(bin - BINS + 1 + ROOM_ABOVE);
      bin = whole - this.#base;
    }
    if (bin < 0) bin = 0;
    this.#weights[bin] = (this.#weights[bin] ?? 0) + weight;
    const block = Math.floor(bin / BLOCK);
    this.#blocks[block] = (this.#blocks[block] ?? 0) + weight;
    if (bin > this.#top) this.#top = bin;
    return bin;
  }

  #shift(by: number): void {
    const shifted = new Float64Array(BINS);
    for (let at = 0; at < BINS; at++) {
      const to = Math.max(0, at - by);
      shifted[to] = (shifted[to] ?? 0) + (this.#weights[at] ?? 0);
    }
    this.#replace(shifted);
    this.#base += by;
    this.#top = Math.max(0, this.#top - by);
  }

  divide(by: number): void {
    this.#replace(this.#weights.map((weight) => weight / by));
  }

  #replace(weights: Float64Array<ArrayBuffer>): void {
    this.#weights = weights;
    this.#blocks.fill(0);
    for (let at = 0; at < BINS; at++) {
      const block = Math.floor(at / BLOCK);
      this.#blocks[block] = (this.#blocks[block] ?? 0) + (weights[at] ?? 0);
    }
  }

  /** The magnitude that only `share` of all samples passed, `without` weight in bin `bin`; 0 when fewer had any. */
  magnitudeOf(share: number, total: number, bin: number, without: number): number {
    let above = 0;
    for (let at = this.#top; at >= 0; at--) {
      const inBin = (this.#weights[at] ?? 0) - (at === bin ? without : 0);
      if (inBin > 0 && above + inBin >= share * total) {
        const within = (share * total - above) / inBin;
        return 2 ** ((this.#base + at + 1 - within) / BINS_A_DOUBLING);
      }
      above += inBin;
    }
    return 0;
  }
}

/** Tail of magnitudes; what is 0 counts as no magnitude. `horizon`: samples after which a sample counts 1/e. */
export class Tail {
  readonly #clock: Clock;
  readonly #bins = new Bins();

  constructor(horizon: number) {
    this.#clock = new Clock(horizon);
  }

  /** −log10 of the share of earlier samples that were as large; 0 while there are too few. */
  surprise(magnitude: number): number {
    return this.#bins.surprise(placeOf(magnitude), this.#clock);
  }

  add(magnitude: number): void {
    if (this.#clock.tick()) this.#bins.divide(RENORMALISE);
    this.#bins.add(placeOf(magnitude), this.#clock.weight);
  }
}

/** Tails of deviations to both sides: a series that often leaps up is still surprising when it falls. */
export class TwoSidedTail {
  readonly #clock: Clock;
  readonly #up = new Bins();
  readonly #down = new Bins();
  /** Where the deviation taken last went. */
  #last = 0;
  #lastBin = -1;

  constructor(horizon: number) {
    this.#clock = new Clock(horizon);
  }

  /** The surprise of a deviation, which from then on is part of the past. */
  take(deviation: number): number {
    const bins = deviation > 0 ? this.#up : this.#down;
    const place = placeOf(Math.abs(deviation));
    const surprise = bins.surprise(place, this.#clock);
    if (this.#clock.tick()) {
      this.#up.divide(RENORMALISE);
      this.#down.divide(RENORMALISE);
    }
    this.#last = deviation;
    this.#lastBin = bins.add(place, this.#clock.weight);
    return surprise;
  }

  /** How far up and down all but `share` of the samples stayed before the one taken last. */
  reach(share: number): { readonly up: number; readonly down: number } {
    const { weight } = this.#clock;
    const total = this.#clock.total - weight;
    const isUp = this.#last > 0;
    return {
      up: this.#up.magnitudeOf(share, total, isUp ? this.#lastBin : -1, weight),
      down: this.#down.magnitudeOf(share, total, isUp ? -1 : this.#lastBin, weight),
    };
  }
}
