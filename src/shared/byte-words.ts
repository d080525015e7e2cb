// Short runs of bytes, compared and hashed four at a time; the last word of a run may overlap the one before it.

const WORD_BYTES = 4;
/** A start that nobody can know beforehand, so that texts cannot be made to collide. */
const START = Math.floor(Math.random() * 2 ** 32) | 0;

/**
 * FxHash over words (rotate, exclusive or, multiply; https://searchfox.org/mozilla-central/source/mfbt/HashFunctions.h),
 * its bits then mixed as by MurmurHash3's fmix32, https://github.com/aappleby/smhasher.
 */
export function hashBytes(view: DataView, from: number, length: number): number {
  let hash = START ^ length;
  const last = from + length - WORD_BYTES;
  if (last < from) for (let at = from; at < from + length; at += 1) hash = mixed(hash, view.getUint8(at));
  else {
    for (let at = from; at < last; at += WORD_BYTES) hash = mixed(hash, view.getInt32(at, true));
    hash = mixed(hash, view.getInt32(last, true));
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

const mixed = (hash: number, word: number): number => Math.imul(((hash << 5) | (hash >>> 27)) ^ word, 0x9e3779b9);

export function isSameBytes(one: DataView, oneAt: number, other: DataView, otherAt: number, length: number): boolean {
  const last = length - WORD_BYTES;
  if (last < 0) {
    for (let at = 0; at < length; at += 1) if (one.getUint8(oneAt + at) !== other.getUint8(otherAt + at)) return false;
    return true;
  }
  for (let at = 0; at < last; at += WORD_BYTES)
    if (one.getInt32(oneAt + at, true) !== other.getInt32(otherAt + at, true)) return false;
  return one.getInt32(oneAt + last, true) === other.getInt32(otherAt + last, true);
}

export function copyBytes(from: DataView, fromAt: number, to: DataView, toAt: number, length: number): void {
  const last = length - WORD_BYTES;
  if (last < 0) {
    for (let at = 0; at < length; at += 1) to.setUint8(toAt + at, from.getUint8(fromAt + at));
    return;
  }
  for (let at = 0; at < last; at += WORD_BYTES) to.setInt32(toAt + at, from.getInt32(fromAt + at, true), true);
  to.setInt32(toAt + last, from.getInt32(fromAt + last, true), true);
}
