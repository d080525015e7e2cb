/**
 * Turns paths into sources of the case: finds what can be read, skips what is there unchanged, keeps the last good
 * answer of what cannot be read again, and hands the rest on to be read.
 */
import { FailureError, type Failure } from "../../../shared/failure.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { Run } from "../../../shared/run.ts";
import type { ConnectorContext, Opening } from "../connectors/connector.ts";
import { locate, type Located } from "../connectors/locate.ts";
import { failureToRead, fallingBackOnCase, holdsOlder, staleMessages } from "./kept-source.ts";
import type { LiveSources } from "./live-sources.ts";
import { SourceRegistrar } from "./source-registrar.ts";
import type { FileThread } from "./files/file-thread.ts";

export interface IntakeOptions {
  readonly run: Run;
  /** Looks at files and reads them many at a time; without it each by itself. */
  readonly files?: FileThread;
  /** Zone of times that state none. */
  readonly zone: () => string;
  /** Whether a path is a file of the case itself, which changes while it is read into. */
  readonly isOwn: (path: string) => boolean;
  /** Sources that the case holds. */
  readonly sources: () => Promise<readonly Source[]>;
  /** Something that belongs to no source, or to one that stays as it is. */
  readonly onFailure: (failure: Failure) => void;
}

/** A source of the case that is to be read. */
export interface TakenSource {
  readonly sourceId: number;
  readonly opening: Opening;
  readonly zone: string;
}

export interface IntakeDeps {
  readonly live: LiveSources;
  /** Paths that wait or are being read: added again meanwhile, they are left alone. */
  readonly claimed: Set<string>;
  /** Ends with the case. */
  readonly closing: AbortSignal;
  readonly read: (taken: TakenSource) => void;
}

export class Intake {
  readonly #options: IntakeOptions;
  readonly #deps: IntakeDeps;
  /** One for each walk that is still finding sources. */
  readonly #walks = new Map<AbortController, Promise<void>>();

  constructor(options: IntakeOptions, deps: IntakeDeps) {
    this.#options = options;
    this.#deps = deps;
  }

  get isIdle(): boolean {
    return this.#walks.size === 0;
  }

  /** Resolves once every source is in the case's list. Cancelled, it ends early; what was found so far is there. */
  async walk(paths: readonly string[]): Promise<void> {
    const stop = new AbortController();
    const walk = this.#walk(paths, stop.signal);
    this.#walks.set(stop, walk);
    try {
      await walk;
    } catch (thrown) {
      if (!stop.signal.aborted) throw thrown;
    } finally {
      this.#walks.delete(stop);
    }
  }

  /** Ends all walks; resolves when they have. */
  async cancel(): Promise<void> {
    for (const stop of this.#walks.keys()) stop.abort();
    await Promise.allSettled(this.#walks.values());
  }

  /** What lies at a path that is a single source; fails with why it cannot be read, or with "not-found". */
  async openingOf(path: string): Promise<Opening> {
    for await (const located of locate([path], this.#context())) {
      if (located.type === "source" && located.opening.path === path) return located.opening;
      if (located.type === "failure") throw new FailureError(located.failure.reason, located.failure.message);
    }
    throw new FailureError("not-found", `${path} cannot be read again: it is not a single source any more.`);
  }

  async #walk(paths: readonly string[], signal: AbortSignal): Promise<void> {
    const known = new Map((await this.#options.sources()).map((source) => [source.path, source]));
    const context = this.#context(signal);
    const run = fallingBackOnCase(context.run, ({ target }) => known.get(target));
    const registrar = new SourceRegistrar((rows) => this.#deps.live.registerAll(rows));
    try {
      for await (const located of locate(paths, { ...context, run })) {
        if (signal.aborted) return;
        await this.#take(located, known, registrar);
      }
    } finally {
      await registrar.drain();
    }
  }

  #context(signal?: AbortSignal): ConnectorContext {
    const { closing } = this.#deps;
    const both = signal === undefined ? closing : AbortSignal.any([closing, signal]);
    const { run, files } = this.#options;
    const context = { run, signal: both, say: () => {} };
    if (files === undefined) return context;
    return { ...context, lookAtFiles: (paths, attempt) => files.look(paths, attempt) };
  }

  async #take(located: Located, known: ReadonlyMap<string, Source>, registrar: SourceRegistrar): Promise<void> {
    const { live, claimed } = this.#deps;
    const zone = this.#options.zone();
    const { connector } = located;
    if (this.#options.isOwn(located.type === "source" ? located.opening.path : located.path)) return;
    if (located.type === "source") {
      const { opening } = located;
      const held = known.get(opening.path);
      if (holdsOlder(held, opening) && !claimed.has(opening.path)) {
        const failure = await failureToRead(opening, held, this.#context());
        if (failure !== null) return await this.#keep(held, failure);
      }
      return await this.#takeSource(opening, connector, zone, registrar);
    }
    // Ids follow the order in which things are found.
    await registrar.drain();
    const { path } = located;
    if (located.type === "note") {
      const identity = located.messages.join("\n");
      const added = await live.register({ path, connector, zone, bytes: 0, identity });
      if (added !== null) await live.change(added, { state: "done", messages: located.messages });
      return;
    }
    const held = known.get(path);
    if (held !== undefined && held.read > 0) return await this.#keep(held, located.failure);
    const added = await live.register({ path, connector, zone, bytes: 0, identity: "" });
    if (added !== null) await live.change(added, { state: "failed", messages: [located.failure.message] });
  }

  /** Leaves a source as it is that cannot be read again, and says since when it is old. */
  async #keep(held: Source, failure: Failure): Promise<void> {
    const { live } = this.#deps;
    const { reason, message } = failure;
    this.#options.onFailure({ reason, message: `${message} What the case holds of it stays.` });
    if (live.has(held.id)) return;
    live.show(held);
    await live.change(held.id, { messages: staleMessages(held, failure) });
  }

  async #takeSource(opening: Opening, connector: string, zone: string, registrar: SourceRegistrar): Promise<void> {
    const { claimed, read } = this.#deps;
    const { path, bytes, identity } = opening;
    if (claimed.has(path)) return;
    // Claimed before the writer answers: the same path may be added again meanwhile.
    claimed.add(path);
    await registrar.put({
      row: { path, connector, zone, bytes, identity },
      onId: (sourceId) => {
        if (sourceId === null) claimed.delete(path);
        else read({ sourceId, opening, zone });
      },
    });
  }
}
