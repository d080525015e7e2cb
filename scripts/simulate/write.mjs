/** Files that are written as a stream, so that an incident of any size needs the same memory. */
import { once } from "node:events";
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createGzip } from "node:zlib";

/** Large enough to make system calls rare, small enough that a hundred open files stay cheap. */
const CHUNK_BYTES = 256 * 1024;

export class TextFile {
  #chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  #used = 0;
  /** Chunks the disk has taken, to be filled again. @type {Buffer[]} */
  #spare = [];
  #entry;
  #file;
  /** Set while the disk is behind. @type {Promise<unknown> | undefined} */
  #drained;

  /** @param {string} path */
  constructor(path) {
    mkdirSync(dirname(path), { recursive: true });
    this.#file = createWriteStream(path);
    this.#entry = this.#file;
    if (path.endsWith(".gz")) {
      const gzip = createGzip({ level: 4 });
      gzip.pipe(this.#file);
      this.#entry = gzip;
    }
  }

  /**
   * Copies at once, so that the pieces a line was built from die young: kept, they made a third of the run garbage
   * collection. Everything a simulation says is ASCII, which the copy relies on.
   * @param {string} text
   */
  write(text) {
    if (this.#used + text.length > CHUNK_BYTES) this.#push();
    if (text.length > CHUNK_BYTES) this.#send(Buffer.from(text, "latin1"));
    else this.#used += this.#chunk.latin1Write(text, this.#used);
  }

  #push() {
    const chunk = this.#chunk;
    this.#send(chunk.subarray(0, this.#used), () => this.#spare.push(chunk));
    this.#chunk = this.#spare.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
    this.#used = 0;
  }

  /** @param {Buffer} bytes @param {() => void} [taken] */
  #send(bytes, taken) {
    const free = this.#entry.write(bytes, taken);
    if (!free) this.#drained ??= once(this.#entry, "drain").finally(() => (this.#drained = undefined));
  }

  /** What to wait for before writing more; undefined when the disk keeps up. */
  get pressure() {
    return this.#drained;
  }

  async close() {
    this.#push();
    const closed = once(this.#file, "close");
    this.#entry.end();
    await closed;
  }
}

/** Takes what `TextFile` takes and keeps nothing: rehearsals write here. */
export const NOWHERE = Object.freeze({ write() {}, pressure: undefined, async close() {} });

const WIDTH = 120;

/** JSON for people: indented, but a list of plain values stays on its line while it fits. @param {unknown} value */
export function prettyJson(value) {
  const text = JSON.stringify(value, null, 2).replaceAll(
    /^( *)(.*)\[\n([^[\]{}]*?)\n *\](,?)$/gm,
    (all, indent, head, body, comma) => {
      const line = `${indent}${head}[${body.replaceAll(/\n */g, " ").trim()}]${comma}`;
      return line.length <= WIDTH ? line : all;
    },
  );
  return `${text}\n`;
}

/** @param {string} folder @param {string} path @param {unknown} value */
export function writeJson(folder, path, value) {
  writeText(folder, path, prettyJson(value));
}

/** @param {string} folder @param {string} path @param {string} text */
export function writeText(folder, path, text) {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
}
