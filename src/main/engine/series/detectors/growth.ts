/**
 * How far a value lies from what was expected, as people read it: 5 requests instead of 2 is much, 205 instead of 202 is
 * nothing. Counts and times spread the wider the higher they are, so that plain differences make every busy hour look
 * wild and hide what happens in a quiet one. The inverse hyperbolic sine is a logarithm of large values and a straight
 * line about 0, of either sign (Johnson 1949; to steady a variance: Bartlett 1947). One serves all detectors of a series.
 */
import { SLOW } from "../detector.ts";
import { MovingMean } from "./moving-mean.ts";

/** Of the usual magnitude: below, differences count as they are, above by their share of the value. */
const STRAIGHT = 0.3;
/** Of the greatest magnitude: what is smaller is rounding. Keeps quotients finite. */
const ROUNDING = 1e-12;

export class Growth {
  readonly #usual = new MovingMean(SLOW);
  #largest = 0;
  #unit = 0;
  #value = 0;
  #place = 0;

  /** Takes the next value; distances are told by the values up to now. */
  add(value: number): void {
    const magnitude = Math.abs(value);
    this.#usual.add(magnitude);
    if (magnitude > this.#largest) this.#largest = magnitude;
    this.#unit = Math.max(STRAIGHT * this.#usual.value, ROUNDING * this.#largest);
    this.#value = value;
    this.#place = this.#unit > 0 ? Math.asinh(value / this.#unit) : 0;
  }

  /** From what was expected up to the value taken last: of large values the logarithm of their quotient. */
  from(expected: number): number {
    return this.#unit > 0 && expected !== this.#value ? this.#place - Math.asinh(expected / this.#unit) : 0;
  }

  /** The value that lies so far from what was expected. */
  at(expected: number, distance: number): number {
    return this.#unit > 0 ? Math.sinh(Math.asinh(expected / this.#unit) + distance) * this.#unit : expected;
  }
}
