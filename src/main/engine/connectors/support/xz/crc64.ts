/** CRC-64 as ECMA-182 and xz have it, in two halves of 32 bits: integers of 64 bits would be a hundred times slower. */
const POLYNOMIAL = 0xc96c5795d7870f42n;

interface Tables {
  readonly low: Int32Array;
  readonly high: Int32Array;
}
let tables: Tables | null = null;

function madeTables(): Tables {
  const made: Tables = { low: new Int32Array(256), high: new Int32Array(256) };
  for (let byte = 0; byte < 256; byte += 1) {
    let sum = BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & 1n) === 1n ? (sum >> 1n) ^ POLYNOMIAL : sum >> 1n;
    made.low[byte] = Number(BigInt.asIntN(32, sum));
    made.high[byte] = Number(BigInt.asIntN(32, sum >> 32n));
  }
  return made;
}

export class Crc64 {
  #low = -1;
  #high = -1;

  update(bytes: Uint8Array): void {
    tables ??= madeTables();
    const { low: lows, high: highs } = tables;
    let low = this.#low;
    let high = this.#high;
    // Counted: an iterator takes three times as long.
    for (let at = 0; at < bytes.length; at += 1) {
      const index = (low ^ (bytes[at] ?? 0)) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (lows[index] ?? 0);
      high = (high >>> 8) ^ (highs[index] ?? 0);
    }
    this.#low = low;
    this.#high = high;
  }

  /** As it is stored, the lowest byte first. */
  digest(): Uint8Array {
    const bytes = Buffer.alloc(8);
    bytes.writeInt32LE(~this.#low, 0);
    bytes.writeInt32LE(~this.#high, 4);
    return bytes;
  }
}
