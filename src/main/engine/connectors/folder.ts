/**
 * A folder and everything below it. What is left out (hidden entries, links that lead outside or back, what may not be
 * read) is said. Links are looked at last, so that a file is read under its own name whenever it has one in the folder.
 */
import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { FailureError } from "../../../shared/failure.ts";
import type { ConnectorContext, ContainerConnector, ListedItem, Listing, Place } from "./connector.ts";
import { errorCode } from "./support/file-failure.ts";
import { ownFiles } from "./support/git-files.ts";
import { isBareRepository } from "./support/git-repository.ts";
import { byCodeUnit, probePath } from "./support/look.ts";
import { Omissions, type OmissionReason } from "./support/omissions.ts";

const folder: ContainerConnector = {
  id: "folder",
  title: "Folder",
  fallback: { none: "Names of before would hide what is gone; each file in the folder has a fallback of its own." },
  probe: (target, context) => probePath("folder", target, context),
  claims: ({ kind }) => (kind === "folder" ? 0.5 : 0),
  list: (place, context) => {
    if (place.kind !== "folder") return Promise.reject(new FailureError("not-a-folder", `${place.path} is no folder.`));
    return new Walk(place, context).run();
  },
};

export default folder;

class Walk {
  readonly #root: Place;
  readonly #context: ConnectorContext;
  readonly #items: ListedItem[] = [];
  readonly #omissions = new Omissions();
  readonly #links: string[] = [];
  /** Real paths of files that are listed and folders that were walked. */
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  /** Paths that belong to a repository's program and are no dumps. */
  readonly #own = new Map<string, OmissionReason>();

  constructor(root: Place, context: ConnectorContext) {
    this.#root = root;
    this.#context = context;
  }

  async run(): Promise<Listing> {
    await this.#walk(this.#root.path, this.#root.realPath);
    for (let link = this.#links.shift(); link !== undefined; link = this.#links.shift()) await this.#follow(link);
    this.#items.sort((a, b) => byCodeUnit(a.path, b.path));
    if (this.#items.length === 0) this.#omissions.note("The folder holds no file that could be read.");
    return { items: this.#items, messages: () => this.#omissions.messages() };
  }

  async #walk(path: string, realPath: string): Promise<void> {
    if (this.#folders.has(realPath)) return this.#omissions.add("loop", this.#shown(path));
    this.#folders.add(realPath);
    const entries = await this.#call("walk", path, () => readdir(path, { withFileTypes: true }));
    if (entries === null) return;
    const names = entries.map((entry) => entry.name);
    if (isBareRepository(names)) {
      this.#items.push({ path, connector: "git" });
      return;
    }
    if (names.includes(".git")) {
      const own = await ownFiles(path, this.#context);
      if (own === null)
        this.#omissions.note(`Git could not tell which files of ${this.#shown(path)} are its own: all are read.`);
      for (const [file, reason] of own ?? []) this.#own.set(file, reason);
    }
    for (const entry of entries.toSorted((a, b) => byCodeUnit(a.name, b.name))) {
      const child = join(path, entry.name);
      const reason = this.#own.get(child);
      if (entry.name === ".git") this.#items.push({ path: child, connector: "git" });
      else if (entry.name.startsWith(".")) this.#omissions.add("hidden", this.#shown(child));
      else if (reason !== undefined) this.#omissions.add(reason, this.#shown(child));
      else if (entry.isSymbolicLink()) this.#links.push(child);
      else if (entry.isDirectory()) await this.#walk(child, join(realPath, entry.name));
      else if (entry.isFile()) this.#list(child, join(realPath, entry.name));
      else this.#omissions.add("special", this.#shown(child));
    }
  }

  #list(path: string, realPath: string): void {
    this.#files.add(realPath);
    this.#items.push({ path, realPath });
  }

  async #follow(link: string): Promise<void> {
    const target = await this.#call("walk", link, () => realpath(link));
    if (target === null) return;
    if (!isInside(this.#root.realPath, target)) return this.#omissions.add("outside", this.#shown(link));
    const stats = await this.#call("walk", link, () => stat(link));
    if (stats === null) return;
    if (stats.isDirectory()) {
      const home = await this.#call("walk", link, () => realpath(join(link, "..")));
      if (home === null) return;
      // The folder above holds the link itself: walking it again would never end.
      if (isInside(target, home)) return this.#omissions.add("loop", this.#shown(link));
      if (this.#folders.has(target)) return this.#omissions.add("again", this.#shown(link));
      return this.#walk(link, target);
    }
    if (!stats.isFile()) return this.#omissions.add("special", this.#shown(link));
    if (this.#files.has(target)) return this.#omissions.add("again", this.#shown(link));
    this.#list(link, target);
  }

  /** Null when the call failed, which is then said; the rest of the walk goes on. The root itself must be readable. */
  async #call<T>(operation: string, path: string, action: () => Promise<T>): Promise<T | null> {
    const { run, signal } = this.#context;
    try {
      return await run({ connector: "folder", target: path, operation }, action, signal);
    } catch (thrown) {
      if (signal.aborted || path === this.#root.path) throw thrown;
      const code = errorCode(thrown);
      const isBrokenLink = code === "ENOENT" && (await this.#isLink(path));
      if (code === "ELOOP") this.#omissions.add("loop", this.#shown(path));
      else if (isBrokenLink) this.#omissions.add("broken", this.#shown(path));
      else this.#omissions.add("unreadable", `${this.#shown(path)} (${code || String(thrown)})`);
      return null;
    }
  }

  async #isLink(path: string): Promise<boolean> {
    const { run, signal } = this.#context;
    const call = { connector: "folder", target: path, operation: "walk" };
    return await run(call, () => lstat(path), signal).then(
      (stats) => stats.isSymbolicLink(),
      () => false,
    );
  }

  #shown(path: string): string {
    return relative(this.#root.path, path) || basename(path);
  }
}

const isInside = (folderPath: string, path: string): boolean =>
  path === folderPath || path.startsWith(folderPath.endsWith(sep) ? folderPath : folderPath + sep);
