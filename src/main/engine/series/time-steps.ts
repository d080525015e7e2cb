/**
 * Times that ascend, each told by how far it lies behind the one before: records of a kind follow each other within
 * milliseconds, so that one or two bytes tell each (LEB128, https://dwarfstd.org/doc/DWARF5.pdf, section 7.6). They are
 * read from the first on.
 */
import { UNITS } from "./time-page.ts";

/** Behind `first`, in steps of `unit` microseconds. */
export interface TimeSteps {
  readonly first: number;
  readonly unit: number;
  readonly steps: Uint8Array;
}

const COARSEST_FIRST = UNITS.toReversed();
const BITS = 7;
const MORE = 1 << BITS;
/** Of four bytes. */
const MOST_STEP = 2 ** (4 * BITS) - 1;

/** Null where they do not ascend, by whole steps of a unit that fit. */
export function stepsOf(times: Float64Array): TimeSteps | null {
  const [first] = times;
  if (first === undefined) return null;
  for (const unit of COARSEST_FIRST) {
    const bytes = bytesOf(times, unit);
    if (bytes !== null) return { first, unit, steps: written(times, unit, bytes) };
  }
  return null;
}

/** Writes them to the beginning of `target`. */
export function readSteps({ first, unit, steps }: TimeSteps, target: Float64Array): void {
  let time = first;
  let count = 0;
  target[count++] = time;
  for (let at = 0; at < steps.length; count += 1) {
    let byte = steps[at++] ?? 0;
    let step = byte & (MORE - 1);
    for (let shift = BITS; byte >= MORE; shift += BITS) {
      byte = steps[at++] ?? 0;
      step |= (byte & (MORE - 1)) << shift;
    }
    time += step * unit;
    target[count] = time;
  }
}

function bytesOf(times: Float64Array, unit: number): number | null {
  let bytes = 0;
  for (let at = 1; at < times.length; at += 1) {
    const before = times[at - 1] ?? 0;
    const time = times[at] ?? 0;
    const step = (time - before) / unit;
    if (!(step >= 0 && step <= MOST_STEP && Number.isInteger(step)) || before + step * unit !== time) return null;
    bytes += step < 2 ** 7 ? 1 : step < 2 ** 14 ? 2 : step < 2 ** 21 ? 3 : 4;
  }
  return bytes;
}

function written(times: Float64Array, unit: number, bytes: number): Uint8Array {
  const steps = new Uint8Array(bytes);
  let end = 0;
  for (let at = 1; at < times.length; at += 1) {
    let step = ((times[at] ?? 0) - (times[at - 1] ?? 0)) / unit;
    for (; step >= MORE; step >>>= BITS) steps[end++] = (step & (MORE - 1)) | MORE;
    steps[end++] = step;
  }
  return steps;
}
