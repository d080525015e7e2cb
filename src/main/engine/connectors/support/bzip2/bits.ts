/** Bits of a bzip2 stream, the highest of each byte first. What is not there reads as zeros, and is noticed afterwards. */
import { type ByteFeed, truncated } from "../stepped.ts";

export class BitReader {
  readonly feed: ByteFeed;
  /** Bits that were taken from the feed and not read yet are the lowest `live` ones. */
  window = 0;
  live = 0;

  constructor(feed: ByteFeed) {
    this.feed = feed;
  }

  /** At most 24 bits. */
  read(count: number): number {
    const { feed } = this;
    while (this.live < count) {
      this.window = (this.window << 8) | (feed.bytes[feed.at] ?? 0);
      feed.at += 1;
      this.live += 8;
    }
    this.live -= count;
    return (this.window >>> this.live) & ((1 << count) - 1);
  }

  /** 32 bits, unsigned. */
  readWord(): number {
    return ((this.read(16) << 16) | this.read(16)) >>> 0;
  }

  /** Fails where more was read than there is. */
  check(): void {
    if (this.feed.at - (this.live >> 3) > this.feed.bytes.byteLength) throw truncated();
  }

  /** Leaves the feed at the next whole byte. */
  align(): void {
    this.feed.at -= this.live >> 3;
    this.live = 0;
  }
}
