/** All log files of an incident and which service writes to which. */
import { join } from "node:path";
import { LogFile } from "./log-file.mjs";
import { DIALECTS } from "./log-formats/index.mjs";
import { NOWHERE, TextFile } from "./write.mjs";

export class Logs {
  /** @type {LogFile[]} */
  #files = [];
  /** By service index. @type {LogFile[]} */
  #foreground = [];
  /** @type {LogFile[]} */
  #background = [];
  #events;

  /**
   * @param {import('./random.mjs').Random} random @param {import('./topology.mjs').Topology} topology
   * @param {{ folder: string | null, start: number, tickMs: number, format: string | null }} options no folder: nothing is
   *   written; a format: every service logs in it, in one plain file
   */
  constructor(random, topology, { folder, start, tickMs, format: only }) {
    const open = (
      /** @type {string} */ name,
      /** @type {string} */ format,
      /** @type {string[]} */ services,
      gz = false,
    ) => {
      const path = `logs/${name}.${DIALECTS[format].extension}${gz ? ".gz" : ""}`;
      const file = new LogFile(DIALECTS[format], {
        path,
        services,
        random: random.fork(path),
        start,
        tickMs,
        file: folder === null ? NOWHERE : new TextFile(join(folder, path)),
      });
      this.#files.push(file);
      return file;
    };
    let packed = false;
    for (const service of topology.services) {
      const { index, name, language } = service;
      if (only !== null) {
        this.#foreground[index] = this.#background[index] = open(name, only, [name]);
        continue;
      }
      const { format } = service;
      this.#foreground[index] = open(
        format === "container" ? `${name}.container` : name,
        format,
        [name],
        format === "container" && !packed,
      );
      packed ||= format === "container";
      this.#background[index] =
        language === "python" && format !== "python-text"
          ? open(`${name}-worker`, "python-text", [name])
          : this.#foreground[index];
    }
    this.#events = open("cluster-events", "events", ["kubernetes"]);
  }

  /** @param {import('./log-formats/index.mjs').Line} line @param {boolean} background by a worker process of the service */
  say(line, background) {
    (background ? this.#background : this.#foreground)[line.service.index].add(line);
  }

  /** @param {import('./log-formats/index.mjs').Line} line */
  event(line) {
    this.#events.add(line);
  }

  /** Physical lines so far. */
  get lines() {
    return this.#files.reduce((sum, file) => sum + file.account.lines, 0);
  }

  /** @param {number} tick */
  flush(tick) {
    for (const file of this.#files) file.flush(tick);
  }

  /** Waits until no file is behind. */
  async keepUp() {
    for (const file of this.#files) await file.pressure;
  }

  async close() {
    await Promise.all(this.#files.map((file) => file.close()));
    return this.#files.map((file) => file.account);
  }
}
