/** The app's own log: one JSON object a line, in files that do not grow without end. */
import { mkdirSync } from "node:fs";
import { appendFile, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

export interface LogFileOptions {
  /** A file that is larger is put aside before the next line. */
  readonly maxBytes?: number;
  /** Files beside the current one that are kept. */
  readonly kept?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

export const LOG_FILE = join("logs", "faultline.jsonl");
const MAX_BYTES = 4 * 2 ** 20;
const KEPT = 3;
/** Lines that wait while the disk does not take them; more are counted and dropped. */
const MOST_WAITING = 10_000;

export class LogFile {
  readonly file: string;
  readonly #maxBytes: number;
  readonly #kept: number;
  readonly #now: () => number;
  #waiting: string[] = [];
  #dropped = 0;
  #writing: Promise<void> | null = null;
  #bytes: number | null = null;

  constructor(file: string, { maxBytes = MAX_BYTES, kept = KEPT, now = Date.now }: LogFileOptions = {}) {
    this.file = file;
    this.#maxBytes = maxBytes;
    this.#kept = kept;
    this.#now = now;
  }

  /** Never fails and never waits: a log that cannot be written must not stop the work. */
  readonly write = (line: object): void => {
    if (this.#waiting.length >= MOST_WAITING) {
      this.#dropped += 1;
      return;
    }
    this.#waiting.push(logLine(line, this.#now()));
    this.#writing ??= this.#writeAll();
  };

  /** Resolves when all that was written is in the file. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    // Lines of the same turn go together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const lines = this.#waiting;
      this.#waiting = [];
      try {
        await this.#append(`${this.#lost()}${lines.join("")}`);
        this.#dropped = 0;
      } catch {
        this.#dropped += lines.length;
        this.#bytes = null;
      }
    }
    this.#writing = null;
  }

  #lost(): string {
    const line = { level: "warn", event: "log-lines-lost", count: this.#dropped };
    return this.#dropped === 0 ? "" : logLine(line, this.#now());
  }

  async #append(text: string): Promise<void> {
    if (this.#bytes === null) {
      mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
      this.#bytes = (await stat(this.file).catch(() => null))?.size ?? 0;
    }
    if (this.#bytes >= this.#maxBytes) await this.#rotate();
    await appendFile(this.file, text);
    this.#bytes += Buffer.byteLength(text);
  }

  /** "x.jsonl" becomes "x.jsonl.1", that becomes "x.jsonl.2" …; the last one goes. */
  async #rotate(): Promise<void> {
    for (let number = this.#kept; number > 0; number -= 1) {
      const from = number === 1 ? this.file : `${this.file}.${number - 1}`;
      await rename(from, `${this.file}.${number}`).catch(() => {});
    }
    this.#bytes = 0;
  }
}

/** The time first, so that lines sort by it. */
export const logLine = (line: object, now: number): string =>
  `${JSON.stringify({ time: new Date(now).toISOString(), ...line })}\n`;
