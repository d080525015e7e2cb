/**
 * The composition root: what the window, the menu and the application ask of the engine, over at most one open case
 * and the app's library. Whatever is opened here is closed by {@link Workbench.close}, in reverse order.
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { CaseInfo, PushName, PushPayload, RecentCase } from "../../shared/contract.ts";
import { FailureError, asFailure } from "../../shared/failure.ts";
import type { Run } from "../../shared/run.ts";
import { isCaseFile, isSameFile, newCaseFile, titleOf } from "./case-names.ts";
import { CaseSession, type SessionOptions } from "./case-session.ts";
import { CaseThreads } from "./case-threads.ts";
import { closeInOrder } from "./close-in-order.ts";
import type { ConnectorHome } from "./health/connector-home.ts";
import { openConnectors } from "./health/open-connectors.ts";
import { LOG_FILE, LogFile } from "./log/log-file.ts";
import { createCalls } from "./calls.ts";
import type { EngineCalls, EngineParts } from "./engine-calls.ts";
import { RecentCases } from "./recent-cases.ts";
import { SettingsHome } from "./settings/settings-home.ts";
import { watchSettings } from "./settings/settings-watch.ts";
import { openLibrary, type Library } from "./store/library.ts";
import { NO_CIPHER, type Cipher } from "./tokens/cipher.ts";
import { TokenStore } from "./tokens/token-store.ts";
import { closed, untilClosed } from "./until-closed.ts";

export interface WorkbenchOptions {
  /** The app's own folder: library, and the cases that are made by dropping. */
  readonly dataFolder: string;
  /** Where the built worker threads lie. */
  readonly workersFolder: string;
  /** In place of the resilience layer. */
  readonly run?: Run;
  readonly parserStallMs?: number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Settings of the command line, "key=value". */
  readonly switches?: readonly string[];
  /** Seals tokens; without one they last for the session alone. */
  readonly cipher?: Cipher;
}

export interface Workbench {
  readonly calls: EngineCalls;
  /** One path that is a case file is opened; any other paths make a new case. */
  openPaths(paths: readonly string[]): Promise<CaseInfo>;
  recentCases(): Promise<readonly RecentCase[]>;
  /** Loads the threads of the next case, if none is open, while nobody waits for them. */
  warm(): void;
  /** Resolves when nothing is being opened, read or analysed. */
  idle(): Promise<void>;
  /** Returns what ends the listening. */
  on<N extends PushName>(name: N, listener: (payload: PushPayload<N>) => void): () => void;
  close(): Promise<void>;
}

export function createWorkbench(options: WorkbenchOptions): Workbench {
  return new Engine(options);
}

type Listener = (payload: never) => void;

class Engine implements Workbench, EngineParts {
  readonly calls: EngineCalls;
  readonly library: Library;
  readonly settings: SettingsHome;
  readonly tokens: TokenStore;
  readonly connectors: ConnectorHome;
  readonly #recent: RecentCases;
  readonly #log: LogFile;
  readonly #settingsWatch: Disposable;
  readonly #options: WorkbenchOptions;
  readonly #listeners = new Map<PushName, Set<Listener>>();
  #session: CaseSession | null = null;
  /** For the next case; null when they are not started. */
  #threads: CaseThreads | null = null;
  /** Opening and closing happen one after the other, in the order they were asked for. */
  #turn: Promise<unknown> = Promise.resolve();
  /** That have not ended. */
  #turns = 0;
  /** Once it closes nothing begins any more: what would be opened then, nobody would close. */
  #closing: Promise<void> | null = null;

  constructor(options: WorkbenchOptions) {
    this.#options = options;
    const { dataFolder, environment = {}, switches = [] } = options;
    this.library = openLibrary(dataFolder);
    this.#recent = new RecentCases(this.library);
    this.settings = new SettingsHome({ dataFolder, environment, commandLine: switches });
    this.#adoptFormerSettings();
    this.tokens = new TokenStore({
      rows: this.library.tokens,
      cipher: options.cipher ?? NO_CIPHER,
      now: Date.now,
      safetyWindowMs: () => this.settings.current.oauth.refreshSafetySeconds * 1_000,
      onFailure: (failure) => this.push("app.failure", failure),
    });
    this.#log = new LogFile(join(dataFolder, LOG_FILE));
    this.connectors = openConnectors({
      library: this.library,
      settings: this.settings,
      tokens: this.tokens,
      log: this.#log.write,
      onChanged: () => this.push("connectors.changed", { health: this.connectors.health() }),
      // Nobody can be listening yet.
      onFailure: (failure) => setImmediate(() => this.push("app.failure", failure)),
    });
    this.#settingsWatch = watchSettings(this.settings, (now, before) => {
      if (JSON.stringify(now.values.detection) !== JSON.stringify(before.values.detection)) {
        this.#session?.analyseAgain();
      }
      this.push("settings.changed", { problems: now.problems });
    });
    this.calls = untilClosed(createCalls(this), () => this.#closing !== null);
    for (const message of this.library.messages) {
      // Nobody can be listening yet.
      setImmediate(() => this.push("app.failure", { reason: "library", message }));
    }
  }

  get session(): CaseSession {
    if (this.#session === null) throw new FailureError("no-case", "No case is open. Drop files, or open a case first.");
    return this.#session;
  }

  get openSession(): CaseSession | null {
    return this.#session;
  }

  openPaths(paths: readonly string[]): Promise<CaseInfo> {
    const [only] = paths;
    return paths.length === 1 && only !== undefined && isCaseFile(only) ? this.openCase(only) : this.createCase(paths);
  }

  createCase(paths: readonly string[]): Promise<CaseInfo> {
    const turn = this.#inTurn(async () => {
      const folder = join(this.#options.dataFolder, "cases");
      // What is in a case is for whoever read it in.
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const title = titleOf(paths);
      const session = await this.#replace(newCaseFile(folder, title, new Date()), { title });
      // The turn does not wait for it: a walk through a slow mount must hold up nobody who closes the case meanwhile.
      // Nor does what is read wait for the reader, which may still be loading.
      const told = session.info().then((info) => this.#recent.opened(info));
      return { session, added: Promise.all([session.importer.add(paths), told]) };
    });
    return turn.then(({ session, added }) => this.#infoAfter(added, session));
  }

  async addToCase(paths: readonly string[]): Promise<CaseInfo> {
    const { session } = this;
    return await this.#infoAfter(session.importer.add(paths), session);
  }

  openCase(path: string): Promise<CaseInfo> {
    return this.#inTurn(async () => {
      const file = resolve(path);
      // Its own lock would refuse it.
      if (this.#session !== null && isSameFile(this.#session.file, file)) return await this.#session.info();
      const session = await this.#replace(file, null);
      const info = await session.info();
      this.#recent.opened(info);
      return info;
    });
  }

  closeCase(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#closeSession();
      this.push("case.changed", { info: null });
    });
  }

  recentCases(): Promise<readonly RecentCase[]> {
    return this.#recent.list();
  }

  warm(): void {
    if (this.#session === null && this.#turns === 0) this.#threads ??= CaseThreads.ahead(this.#options.workersFolder);
  }

  async idle(): Promise<void> {
    await this.#turn.catch(() => {});
    await this.#session?.idle();
  }

  on<N extends PushName>(name: N, listener: (payload: PushPayload<N>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  push<N extends PushName>(name: N, payload: PushPayload<N>): void {
    for (const listener of this.#listeners.get(name) ?? []) (listener as (payload: PushPayload<N>) => void)(payload);
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close(this.#inTurn(() => this.#closeSession())));
  }

  async #close(sessionClosed: Promise<void>): Promise<void> {
    await closeInOrder(
      () => sessionClosed,
      () => this.#threads?.end(),
      () => this.#listeners.clear(),
      () => this.#settingsWatch[Symbol.dispose](),
      () => this.connectors[Symbol.dispose](),
      () => this.library[Symbol.dispose](),
      () => this.#log.flush(),
    );
  }

  /** What the case holds once `added` has ended; fails with "cancelled" where it was closed meanwhile. */
  async #infoAfter(added: Promise<unknown>, session: CaseSession): Promise<CaseInfo> {
    const [outcome] = await Promise.allSettled([added]);
    if (this.#session !== session)
      throw new FailureError("cancelled", "The case was closed before all of its sources were found.");
    if (outcome.status === "rejected") throw outcome.reason;
    return await session.info();
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    if (this.#closing !== null) return Promise.reject(closed());
    this.#turns += 1;
    const turn = this.#turn
      .catch(() => {})
      .then(action)
      .finally(() => (this.#turns -= 1));
    this.#turn = turn;
    return turn;
  }

  /** The new case is opened before the old one is closed: one that cannot be opened changes nothing. */
  async #replace(file: string, create: { title: string } | null): Promise<CaseSession> {
    const threads = this.#threads;
    this.#threads = null;
    const session = await CaseSession.open(file, create, { ...this.#sessionOptions(file), threads });
    try {
      await this.#closeSession();
    } catch (thrown) {
      this.push("app.failure", asFailure(thrown));
    }
    this.#session = session;
    return session;
  }

  async #closeSession(): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    await this.#recent.closing(session);
    this.#session = null;
    await session[Symbol.asyncDispose]();
  }

  #sessionOptions(file: string): SessionOptions {
    const isCurrent = (): boolean => this.#session?.file === file;
    return {
      workersFolder: this.#options.workersFolder,
      run: this.#options.run ?? this.connectors.run,
      stallMs: this.#options.parserStallMs ?? this.settings.current.timeouts.parseStall,
      settings: () => this.settings.current,
      onChanged: (info) => {
        const session = this.#session;
        if (session === null || !isCurrent()) return;
        this.push("case.changed", { info });
        if (info.reading === 0 && !info.analysing) void this.#recent.settled(session, info);
      },
      onReplay: (progress) => {
        if (isCurrent()) this.push("deadLetters.progress", progress);
      },
      onSuspectProgress: (progress) => {
        if (isCurrent()) this.push("suspects.progress", progress);
      },
      onProgress: ({ sources, reading, bytesPerSecond }) => {
        if (isCurrent()) this.push("import.progress", { sources: [...sources], reading, bytesPerSecond });
      },
      onFailure: (failure) => this.push("app.failure", failure),
    };
  }

  /** Libraries kept the settings once; what cannot be taken over is not worth a start that fails. */
  #adoptFormerSettings(): void {
    if (this.library.formerSettings === null) return;
    try {
      this.settings.adopt(JSON.parse(this.library.formerSettings));
    } catch (thrown) {
      const message = `Settings of an earlier Faultline were not taken over: ${asFailure(thrown).message}`;
      setImmediate(() => this.push("app.failure", { reason: "settings", message }));
    }
  }
}
