/**
 * One way through a stream that only goes forwards. Several readers use it one after the other, each for a stretch; while
 * it waits for the next one it holds an open file, so only a few wait, and not for long.
 */
import type { Chunk, ConnectorContext } from "../connector.ts";

const MOST_IDLE = 32;
const IDLE_MS = 10_000;

/** Those that wait for a reader, the latest last. */
const idle = new Set<Pass>();

export class Pass {
  readonly #owner: object;
  readonly #lent = new LentContext();
  readonly #chunks: AsyncGenerator<Chunk>;
  /** The chunk that was read last, if it is still whole, and where it begins. */
  #last: Chunk | null = null;
  #start = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(owner: object, begin: (context: ConnectorContext) => AsyncGenerator<Chunk>) {
    this.#owner = owner;
    this.#chunks = begin(this.#lent);
  }

  /** The waiting one of a stream that has the least to skip up to a place; null when all are behind it. */
  static taken(owner: object, from: number): Pass | null {
    const [nearest] = [...idle]
      .filter((pass) => pass.#owner === owner && pass.#start <= from)
      .toSorted((a, b) => b.#start - a.#start);
    if (nearest === undefined) return null;
    nearest.#leave();
    return nearest;
  }

  /** Bytes of a stretch that does not begin before the place where the pass stands. */
  async *read(context: ConnectorContext, { from, to }: { from: number; to: number }): AsyncGenerator<Chunk> {
    this.#lent.to = context;
    let isUsable = true;
    try {
      let at = from;
      while (at < to) {
        isUsable = false;
        const chunk = await this.#chunkAt(at);
        if (chunk === null) {
          for (const message of this.#lent.said) context.say(message);
          return;
        }
        const piece = this.#piece(chunk, at, to);
        isUsable = true;
        at += piece.byteLength;
        yield { bytes: piece, bytesRead: chunk.bytesRead };
      }
    } finally {
      if (isUsable) this.#wait();
      else this.#close();
    }
  }

  /** The chunk that holds a byte; null behind the end. */
  async #chunkAt(at: number): Promise<Chunk | null> {
    for (;;) {
      if (this.#last !== null && at < this.#start + this.#last.bytes.byteLength) return this.#last;
      this.#start += this.#last?.bytes.byteLength ?? 0;
      this.#last = null;
      this.#lent.signal.throwIfAborted();
      const next = await this.#chunks.next();
      if (next.done === true) return null;
      this.#last = next.value;
    }
  }

  /** Its buffer belongs to the reader: a chunk that is wanted whole is handed over, of another one a part is copied. */
  #piece({ bytes }: Chunk, at: number, to: number): Uint8Array<ArrayBuffer> {
    const begin = at - this.#start;
    const end = Math.min(to - this.#start, bytes.byteLength);
    if (begin > 0 || end < bytes.byteLength) return bytes.slice(begin, end);
    this.#start += bytes.byteLength;
    this.#last = null;
    return bytes;
  }

  #wait(): void {
    idle.add(this);
    this.#timer = setTimeout(() => this.#close(), IDLE_MS).unref();
    const [oldest] = idle;
    if (oldest !== undefined && idle.size > MOST_IDLE) oldest.#close();
  }

  #leave(): void {
    idle.delete(this);
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #close(): void {
    this.#leave();
    this.#last = null;
    // Letting go of what it reads from; nobody waits for it.
    void this.#chunks.return(undefined).catch(() => {});
  }
}

/**
 * The context of whoever reads at the moment. The stream runs ahead of its readers: what it says is why it ends, and of
 * interest to who comes to the end.
 */
class LentContext implements ConnectorContext {
  to: ConnectorContext | null = null;
  readonly said: string[] = [];

  get run(): ConnectorContext["run"] {
    return this.#current.run;
  }
  get signal(): AbortSignal {
    return this.#current.signal;
  }
  say(message: string): void {
    this.said.push(message);
  }
  get #current(): ConnectorContext {
    if (this.to === null) throw new Error("nobody reads this stream");
    return this.to;
  }
}
