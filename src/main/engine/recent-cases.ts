/**
 * What the list of recent cases tells of the open one: when it was opened, what it holds, and the services in it. To find
 * these, all of its records are looked at; so that is done when the case has changed, and not when it is opened.
 */
import type { CaseInfo, RecentCase } from "../../shared/contract.ts";
import type { CaseSession } from "./case-session.ts";
import type { Library } from "./store/library.ts";

const SHOWN_SERVICES = 5;

export class RecentCases {
  readonly #library: Library;
  /** Resolves once the list tells what was opened last. */
  #told: Promise<void> = Promise.resolve();
  /** Revision of the open case up to which the list tells its services. */
  #servicesUpTo = -1;

  constructor(library: Library) {
    this.#library = library;
  }

  async list(): Promise<readonly RecentCase[]> {
    await this.#told;
    return this.#library.recent();
  }

  /** Written to the disk once whoever waits for the case has been answered. */
  opened(info: CaseInfo): void {
    this.#told = new Promise<void>((answered) => setImmediate(answered)).then(() => this.#tellOpened(info));
  }

  /** What is told is what the case held at its end, also when it is left in the middle. */
  async closing(session: CaseSession): Promise<void> {
    await this.#told;
    try {
      const info = await session.info();
      if (info.revision !== this.#servicesUpTo) await this.settled(session, info);
    } catch {
      // The list tells what it told before.
    }
  }

  /** Nothing is read or analysed any more. */
  async settled(session: CaseSession, info: CaseInfo): Promise<void> {
    try {
      const found = await session.reader.call("filter.values", { field: "service", prefix: "", limit: SHOWN_SERVICES });
      const services = found.map(({ value }) => value);
      this.#write(info, services);
      this.#servicesUpTo = info.revision;
    } catch {
      // A list that cannot be written must not stop the work; it is told again with the next change.
    }
  }

  #tellOpened(info: CaseInfo): void {
    try {
      const known = this.#library.recent().find(({ file }) => file === info.file);
      this.#servicesUpTo = known === undefined ? -1 : info.revision;
      this.#write(info, known?.services ?? []);
    } catch {
      // As above.
    }
  }

  #write({ file, title, from, to, main, records }: CaseInfo, services: readonly string[]): void {
    const { from: first, to: last } = main ?? { from, to };
    this.#library.remember({ file, title, openedAt: Date.now() * 1_000, from: first, to: last, records, services });
  }
}
