/**
 * Decodes LZMA2: chunks of at most 64 KiB that unpack to at most 2 MiB, each as it is or as LZMA. A chunk is handed on
 * once it has come to its end as it should, so that little of a damaged one is taken for text.
 */
import { type ByteFeed, PAUSE, type Steps, truncated } from "../stepped.ts";
import { Lzma, LONGEST_SYMBOL, RANGE_BYTES } from "./lzma.ts";
import { Window } from "./window.ts";

/** Unpacked between two turns of the event loop: some 5 ms. */
const BYTES_AT_ONCE = 256 * 1_024;

const END = 0;
const PLAIN_WITH_RESET = 1;
const PLAIN = 2;
const LZMA = 0x80;

/** What a chunk of LZMA sets anew before it begins: the bits 5 and 6 of its first byte. */
const STATE = 1;
const PROPERTIES = 2;
const ALL = 3;

export function* lzma2(feed: ByteFeed, dictionary: number): Steps {
  const window = new Window(dictionary);
  const lzma = new Lzma(window);
  let knows = 0;
  for (let isFirst = true; ; isFirst = false) {
    const [control = 0] = yield* feed.take(1);
    if (control === END) return;
    const reset = control >= LZMA ? (control >> 5) & 3 : 0;
    if (control === PLAIN_WITH_RESET || reset === ALL) window.reset();
    else if (isFirst) throw new Error("its first chunk repeats what is not there");
    if (control < LZMA) {
      if (control > PLAIN) throw new Error("a chunk is of no known kind");
      yield* plainChunk(feed, window);
      continue;
    }
    const [high = 0, low = 0, packedHigh = 0, packedLow = 0] = yield* feed.take(4);
    const size = (((control & 0x1f) << 16) | (high << 8) | low) + 1;
    if (reset >= PROPERTIES) lzma.setProperties((yield* feed.take(1))[0] ?? 0);
    if (reset >= STATE) lzma.resetState();
    knows = Math.max(knows, reset);
    if (knows < PROPERTIES) throw new Error("a chunk of LZMA names no properties");
    yield* lzmaChunk(feed, { lzma, window }, { size, packed: ((packedHigh << 8) | packedLow) + 1 });
  }
}

function* plainChunk(feed: ByteFeed, window: Window): Steps {
  const [high = 0, low = 0] = yield* feed.take(2);
  const size = ((high << 8) | low) + 1;
  yield* feed.fill(size);
  const there = Math.min(size, feed.left);
  window.reserve(there);
  window.bytes.set(feed.bytes.subarray(feed.at, feed.at + there), window.at);
  feed.at += there;
  window.at += there;
  if (there > 0) yield window.bytes.subarray(window.at - there, window.at);
  if (there < size) throw truncated();
}

function* lzmaChunk(
  feed: ByteFeed,
  { lzma, window }: { readonly lzma: Lzma; readonly window: Window },
  { size, packed }: { readonly size: number; readonly packed: number },
): Steps {
  yield* feed.fill(packed);
  const there = Math.min(packed, feed.left);
  const isCut = there < packed;
  if (there < RANGE_BYTES) throw isCut ? truncated() : new Error("a chunk of LZMA is too short");
  lzma.begin(feed.bytes.subarray(feed.at, feed.at + there));
  feed.at += there;
  window.reserve(size);
  const start = window.at;
  const limit = start + size;
  // Of a chunk that was cut, only what does not depend on the bytes that are missing.
  const last = isCut ? there - LONGEST_SYMBOL : packed;
  while (window.at < limit && lzma.at <= last) {
    lzma.decode(Math.min(limit, window.at + BYTES_AT_ONCE), limit, last);
    yield PAUSE;
  }
  const isWhole = !isCut && window.at === limit && lzma.isFinished() && lzma.at === packed;
  if (!isCut && !isWhole) throw new Error("a chunk of LZMA does not end where it should");
  if (window.at > start) yield window.bytes.subarray(start, window.at);
  if (isCut) throw truncated();
}
