// Numeric columns, written as the narrowest of a few shapes. All are little-endian, as every machine that we run on. The
// loops go by row: over arrays of several types V8 makes `for … of` a call for each number.
//   const     one float64: every row holds it
//   ramp      two float64, base and step: row i holds base + i * step
//   step8…32  two float64, base and unit; then a row's distance from the row above in units, zigzag-coded; the
//             greatest code is a row without a number
//   u8…f64    the rows as they are

export type NumberColumn = Float64Array | Uint32Array | Uint16Array | Uint8Array;
export interface EncodedNumbers {
  readonly codec: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

const STEPS = { step8: Uint8Array, step16: Uint16Array, step32: Uint32Array } as const;
const PLAIN = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const;
const isStep = (codec: string): codec is keyof typeof STEPS => Object.hasOwn(STEPS, codec);
const isPlain = (codec: string): codec is keyof typeof PLAIN => Object.hasOwn(PLAIN, codec);
const HEADER = 16;

/** `sequence`: whether a row tells something about the next, as times and offsets do. */
export function encodeNumbers(values: NumberColumn, sequence: boolean): EncodedNumbers {
  const first = values[0];
  if (first !== undefined) {
    if (isConstant(values, first)) return { codec: "const", data: bytesOf(Float64Array.of(first)) };
    const second = values[1] ?? Number.NaN;
    if (isRamp(values, first, second - first))
      return { codec: "ramp", data: bytesOf(Float64Array.of(first, second - first)) };
    if (sequence) {
      const steps = encodeSteps(values);
      if (steps !== null) return steps;
    }
  }
  return encodePlain(values);
}

/** Throws when `data` is not what `codec` says. */
export function decodeNumbers<T extends NumberColumn>(codec: string, data: Uint8Array, into: T): T {
  if (codec === "const") into.fill(headerOf(data, 1)[0] ?? Number.NaN);
  else if (codec === "ramp") decodeRamp(data, into);
  else if (isStep(codec)) decodeSteps(codec, data, into);
  else if (isPlain(codec)) {
    const rows = new PLAIN[codec](aligned(data, into.length * PLAIN[codec].BYTES_PER_ELEMENT));
    into.set(rows);
  } else throw new RangeError(`encoded as ${codec}, which is not known here`);
  return into;
}

function isConstant(values: NumberColumn, first: number): boolean {
  for (let row = 0; row < values.length; row += 1) if (!Object.is(values[row], first)) return false;
  return true;
}

function isRamp(values: NumberColumn, first: number, step: number): boolean {
  if (!isExact(first) || !Number.isSafeInteger(step)) return false;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    if (value !== first + row * step || !isExact(value)) return false;
  }
  return true;
}

/** Sums of such numbers and of their distances are exact. */
const isExact = (value: number): boolean => Number.isSafeInteger(value) && !Object.is(value, -0);

function encodeSteps(values: NumberColumn): EncodedNumbers | null {
  const survey = surveySteps(values);
  if (survey === null) return null;
  const { base, unit, widest } = survey;
  for (const codec of ["step8", "step16", "step32"] as const) {
    const missing = 2 ** (8 * STEPS[codec].BYTES_PER_ELEMENT) - 1;
    if (widest >= missing) continue;
    const data = new Uint8Array(HEADER + values.length * STEPS[codec].BYTES_PER_ELEMENT);
    new Float64Array(data.buffer, 0, 2).set([base, unit]);
    writeSteps(values, new STEPS[codec](data.buffer, HEADER), base, unit, missing);
    return { codec, data };
  }
  return null;
}

/** The greatest unit that divides every step, and the greatest zigzag code in it; null when a row is no safe integer. */
function surveySteps(values: NumberColumn): { base: number; unit: number; widest: number } | null {
  let base = Number.NaN;
  let above = Number.NaN;
  let unit = 1_000_000;
  let least = 0;
  let most = 0;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (!isExact(value)) return null;
    if (Number.isNaN(base)) base = above = value;
    const step = value - above;
    while (unit > 1 && Math.trunc(step / unit) * unit !== step) unit /= 1_000;
    if (step < least) least = step;
    if (step > most) most = step;
    above = value;
  }
  return { base, unit, widest: Math.max((2 * most) / unit, (-2 * least) / unit - 1) };
}

function writeSteps(
  values: NumberColumn,
  codes: Uint8Array | Uint16Array | Uint32Array,
  base: number,
  unit: number,
  missing: number,
): void {
  let above = base;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) {
      codes[row] = missing;
      continue;
    }
    const step = (value - above) / unit;
    codes[row] = step >= 0 ? 2 * step : -2 * step - 1;
    above = value;
  }
}

function decodeSteps(codec: keyof typeof STEPS, data: Uint8Array, into: NumberColumn): void {
  const width = STEPS[codec].BYTES_PER_ELEMENT;
  const buffer = aligned(data, HEADER + into.length * width);
  const [base = 0, unit = 1] = new Float64Array(buffer, 0, 2);
  const codes = new STEPS[codec](buffer, HEADER);
  const missing = 2 ** (8 * width) - 1;
  let above = base;
  for (let row = 0; row < into.length; row += 1) {
    const code = codes[row] ?? missing;
    if (code === missing) {
      into[row] = Number.NaN;
      continue;
    }
    above += (code % 2 === 0 ? code / 2 : -(code + 1) / 2) * unit;
    into[row] = above;
  }
}

function decodeRamp(data: Uint8Array, into: NumberColumn): void {
  const [first = 0, step = 0] = headerOf(data, 2);
  for (let row = 0; row < into.length; row += 1) into[row] = first + row * step;
}

function encodePlain(values: NumberColumn): EncodedNumbers {
  if (values instanceof Float64Array) return { codec: "f64", data: bytesOf(new Float64Array(values)) };
  if (values instanceof Uint8Array) return { codec: "u8", data: new Uint8Array(values) };
  const greatest = greatestOf(values);
  // Their constructors copy, where from() asks for one value after the other.
  if (greatest < 2 ** 8) return { codec: "u8", data: new Uint8Array(values) };
  if (greatest < 2 ** 16) return { codec: "u16", data: bytesOf(new Uint16Array(values)) };
  return { codec: "u32", data: bytesOf(new Uint32Array(values)) };
}

function greatestOf(values: NumberColumn): number {
  let greatest = 0;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? 0;
    if (value > greatest) greatest = value;
  }
  return greatest;
}

const headerOf = (data: Uint8Array, numbers: number): Float64Array => new Float64Array(aligned(data, numbers * 8));

const bytesOf = (
  array: Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** A copy at offset 0, which typed arrays of every width accept. */
function aligned(data: Uint8Array, length: number): ArrayBuffer {
  if (data.length !== length) throw new RangeError(`has ${data.length} bytes where ${length} belong`);
  return new Uint8Array(data).buffer;
}
