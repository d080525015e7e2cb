/**
 * Decompresses Zstandard. Node's decompressor stops behind a first frame and drops what stood behind it in the same
 * chunk, so each frame has a decompressor of its own. Runtimes whose zlib has no zstd use fzstd.
 */
import zlib from "node:zlib";
import { Decompress } from "fzstd";
import { type Inflater, ONE_PART_AT_A_TIME, StreamInflater } from "./inflater.ts";
import { FrameWalk } from "./zstd-frames.ts";

export const unzstd = (): Inflater => new FramesInflater(oneFrame);

/** As {@link unzstd}, on every runtime. */
export const unzstdPortably = (): Inflater => new FramesInflater(() => new PortableFrame());

const oneFrame = (): Inflater =>
  typeof zlib.createZstdDecompress === "function"
    ? new StreamInflater(() => zlib.createZstdDecompress(ONE_PART_AT_A_TIME))
    : new PortableFrame();

class FramesInflater implements Inflater {
  readonly #walk = new FrameWalk();
  readonly #newFrame: () => Inflater;
  #frame: Inflater | null = null;
  ended = false;
  failure: NodeJS.ErrnoException | null = null;

  constructor(newFrame: () => Inflater) {
    this.#newFrame = newFrame;
  }

  async *write(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    try {
      for (const { bytes: part, isLast } of this.#walk.parts(bytes)) {
        this.#frame ??= this.#newFrame();
        yield* this.#frame.write(part);
        if (isLast) yield* this.#frame.end();
        if (this.#frame.failure !== null) throw this.#frame.failure;
        if (isLast) this.close();
      }
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  async *end(): AsyncGenerator<Uint8Array> {
    if (this.ended) return;
    this.ended = true;
    if (this.#walk.isBetweenFrames) return;
    if (this.#frame !== null) yield* this.#frame.end();
    this.#fail(Object.assign(new Error("unexpected end of file"), { code: "Z_BUF_ERROR" }));
  }

  close(): void {
    this.#frame?.close();
    this.#frame = null;
  }

  #fail(thrown: unknown): void {
    this.failure ??= thrown instanceof Error ? thrown : new Error(String(thrown));
    this.ended = true;
  }
}

/** One frame, on the thread that asks. */
class PortableFrame implements Inflater {
  readonly #parts: Uint8Array[] = [];
  readonly #stream = new Decompress((part) => void this.#parts.push(part));
  ended = false;
  failure: NodeJS.ErrnoException | null = null;

  write(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    // It keeps what it is handed, which is not ours to keep.
    return this.#push(bytes.slice(), false);
  }

  /** It holds back what is shorter than the longest header until it is told that nothing more comes. */
  end(): AsyncGenerator<Uint8Array> {
    return this.#push(new Uint8Array(0), true);
  }

  close(): void {}

  async *#push(bytes: Uint8Array, isLast: boolean): AsyncGenerator<Uint8Array> {
    if (this.ended) return;
    try {
      this.#stream.push(bytes, isLast);
    } catch (thrown) {
      this.failure = thrown instanceof Error ? thrown : new Error(String(thrown));
    }
    this.ended = isLast || this.failure !== null;
    yield* this.#parts.splice(0);
  }
}
