// https://www.rfc-editor.org/rfc/rfc8878: frames stand one after the other, some of them to be skipped (3.1).
/** Where each Zstandard frame of a stream ends, told by the sizes of its blocks without unpacking them. */

const ZSTD_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const SKIPPABLE_MASK = 0xfffffff0;
/** A frame may ask for a window of any size, which is memory. 128 MiB is where zstd itself stops unless told otherwise. */
const MOST_WINDOW = 128 * 1_024 * 1_024;

const BLOCK_HEADER_BYTES = 3;
const RLE_BLOCK = 1;
const RESERVED_BLOCK = 3;
const CHECKSUM_BYTES = 4;

export interface FramePart {
  readonly bytes: Uint8Array;
  /** The frame ends with it. */
  readonly isLast: boolean;
}

export class FrameWalk {
  /** The beginning of a header whose end is in the next chunk. */
  #pending: Uint8Array = new Uint8Array(0);
  /** Bytes up to the next header. */
  #left = 0;
  /** What stands behind these. */
  #next: "frame" | "block" | "end" = "frame";
  #isSkipped = false;
  #hasChecksum = false;

  get isBetweenFrames(): boolean {
    return this.#next === "frame" && this.#pending.byteLength === 0;
  }

  /** The parts of frames in a chunk; throws where none stands. */
  *parts(chunk: Uint8Array): Generator<FramePart> {
    const bytes = this.#pending.byteLength === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    this.#pending = bytes.subarray(0, 0);
    let begin = 0;
    let at = 0;
    for (;;) {
      const passed = Math.min(this.#left, bytes.byteLength - at);
      this.#left -= passed;
      at += passed;
      if (this.#left === 0 && this.#next === "end") {
        if (!this.#isSkipped) yield { bytes: bytes.subarray(begin, at), isLast: true };
        begin = at;
        this.#isSkipped = false;
        this.#next = "frame";
      }
      if (at === bytes.byteLength || !this.#enter(bytes.subarray(at))) break;
    }
    this.#pending = this.#left === 0 ? bytes.slice(at) : this.#pending;
    if (at > begin && !this.#isSkipped) yield { bytes: bytes.subarray(begin, at), isLast: false };
  }

  /** Takes in the header at the beginning; false when its end is missing. */
  #enter(bytes: Uint8Array): boolean {
    return this.#next === "frame" ? this.#enterFrame(bytes) : this.#enterBlock(bytes);
  }

  #enterFrame(bytes: Uint8Array): boolean {
    if (bytes.byteLength < 5) return false;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const magic = view.getUint32(0, true);
    if ((magic & SKIPPABLE_MASK) >>> 0 === SKIPPABLE_MAGIC) {
      if (bytes.byteLength < 8) return false;
      this.#isSkipped = true;
      this.#left = 8 + view.getUint32(4, true);
      this.#next = "end";
      return true;
    }
    if (magic !== ZSTD_MAGIC) throw new Error("no Zstandard frame stands there");
    // 3.1.1.1: the flags tell which of window, dictionary and content size follow, and how long they are.
    const flags = view.getUint8(4);
    const isSingleSegment = (flags & 0x20) !== 0;
    const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
    const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
    const length = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes;
    if (bytes.byteLength < length) return false;
    const window = isSingleSegment ? contentSize(view, length - sizeBytes, sizeBytes) : windowSize(view.getUint8(5));
    if (window > MOST_WINDOW) throw new Error(`it needs ${window} bytes of memory, more than ${MOST_WINDOW}`);
    this.#hasChecksum = (flags & 4) !== 0;
    this.#left = length;
    this.#next = "block";
    return true;
  }

  /** 3.1.1.2: whether it is the last one, its type, and its size. */
  #enterBlock(bytes: Uint8Array): boolean {
    const [low, middle, high] = bytes;
    if (low === undefined || middle === undefined || high === undefined) return false;
    const header = low | (middle << 8) | (high << 16);
    const type = (header >> 1) & 3;
    if (type === RESERVED_BLOCK) throw new Error("a block is of no known type");
    const isLast = (header & 1) === 1;
    this.#left = BLOCK_HEADER_BYTES + (type === RLE_BLOCK ? 1 : header >> 3);
    if (isLast && this.#hasChecksum) this.#left += CHECKSUM_BYTES;
    this.#next = isLast ? "end" : "block";
    return true;
  }
}

/** 3.1.1.1.2 */
function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** 3.1.1.1.4; two bytes count from 256 on. */
function contentSize(view: DataView, at: number, bytes: number): number {
  if (bytes === 8) return Number(view.getBigUint64(at, true));
  if (bytes === 4) return view.getUint32(at, true);
  return bytes === 2 ? view.getUint16(at, true) + 256 : view.getUint8(at);
}
