/**
 * One log file: lines arrive in the order requests are walked and are written in the order of their times, with the
 * blank lines, comments and damage that real files have. It keeps the exact account the truth file states.
 */
import { isoSeconds } from "./clock.mjs";

/**
 * @typedef {{ path: string, format: string, services: string[], lines: number, records: number, deadLetters: number,
 *   blank: number, comments: number, continuations: number, damage: { line: number, what: string }[] }} Account
 * @typedef {import('./log-formats/index.mjs').Line} Line
 */

/** How far apart damage lies, in records, so that small and large files alike have a handful a few thousand lines. */
const DAMAGE_EVERY = [260, 900];
const NOISE = [
  "WARNING: All log messages before the logger is initialized are written to STDERR",
  "npm warn config optional Use `--omit=optional` to exclude optional dependencies from the install.",
  "[entrypoint] re-reading /etc/app/env",
];

export class LogFile {
  /** Lines by tick, because a slow request writes its last line after faster ones that began later. @type {Map<number, Line[]>} */
  #ticks = new Map();
  #file;
  #random;
  #start;
  #tickMs;
  #dialect;
  #nextDamage;
  #damages = 0;
  /** Damage is a handful, however long the file: each gap is longer than the last. */
  #gap = 1;
  /** @type {Account} */
  account;

  /**
   * @param {import('./log-formats/index.mjs').Dialect} dialect
   * @param {{ path: string, services: string[], file: { write(text: string): void, pressure?: Promise<unknown>, close(): Promise<void> },
   *   random: import('./random.mjs').Random, start: number, tickMs: number }} options
   */
  constructor(dialect, { path, services, file, random, start, tickMs }) {
    this.#dialect = dialect;
    this.#file = file;
    this.#random = random;
    this.#start = start;
    this.#tickMs = tickMs;
    this.#nextDamage = random.int(30, 90);
    this.account = {
      path,
      format: dialect.id,
      services,
      lines: 0,
      records: 0,
      deadLetters: 0,
      blank: 0,
      comments: 0,
      continuations: 0,
      damage: [],
    };
    if (dialect.comments)
      this.#comment(`# ${path.split("/").at(-1)} opened ${isoSeconds(start)}, previous file closed by rotation`);
  }

  get pressure() {
    return this.#file.pressure;
  }

  /** @param {Line} line */
  add(line) {
    const tick = Math.floor((line.t - this.#start) / this.#tickMs);
    const list = this.#ticks.get(tick);
    if (list === undefined) this.#ticks.set(tick, [line]);
    else list.push(line);
  }

  /** Everything of this tick has arrived: write it. @param {number} tick */
  flush(tick) {
    const list = this.#ticks.get(tick);
    if (list === undefined) return;
    this.#ticks.delete(tick);
    list.sort((a, b) => a.t - b.t);
    for (const line of list) this.#file.write(this.#print(line));
  }

  async close() {
    for (const tick of [...this.#ticks.keys()].sort((a, b) => a - b)) this.flush(tick);
    await this.#file.close();
  }

  /**
   * Rendered only now: until its turn a line is a few references, not the hundred pieces of its text.
   * @param {Line} line
   */
  #print(line) {
    const { account } = this;
    const text = this.#dialect.render(line);
    const continuations = this.#dialect.multiline && line.stack !== null ? line.stack.length : 0;
    account.lines += 1 + continuations;
    if (this.#dialect.json && --this.#nextDamage === 0) return this.#damaged(text);
    account.records++;
    account.continuations += continuations;
    const blankAfter = this.#dialect.multiline ? (continuations > 0 ? 0.2 : 0.002) : 0.0008;
    if (this.#random.u32() > blankAfter * 4294967296) return `${text}\n`;
    account.lines++;
    account.blank++;
    return `${text}\n\n`;
  }

  /** @param {string} text */
  #damaged(text) {
    const random = this.#random;
    this.#gap *= 1.6;
    this.#nextDamage = Math.round(random.int(DAMAGE_EVERY[0], DAMAGE_EVERY[1]) * this.#gap);
    const cut = text.slice(0, random.int(Math.floor(text.length * 0.3), Math.floor(text.length * 0.9)));
    const [what, line] = /** @type {const} */ ([
      ["cut off in the middle", cut],
      ["two writers interleaved", cut + text],
      ["not JSON", random.pick(NOISE)],
    ])[this.#damages++ % 3];
    this.account.deadLetters++;
    this.account.damage.push({ line: this.account.lines, what });
    return `${line}\n`;
  }

  /** @param {string} text */
  #comment(text) {
    this.account.lines++;
    this.account.comments++;
    this.#file.write(`${text}\n`);
  }
}
