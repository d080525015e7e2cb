/**
 * One open case: the only writer, its readers, the import into it and the detectors over it, opened together and handed
 * back in reverse order.
 */
import type { CaseInfo, DeadLetterPreview } from "../../shared/contract.ts";
import { asFailure, type Failure } from "../../shared/failure.ts";
import type { Source } from "../../shared/model/source.ts";
import type { Run } from "../../shared/run.ts";
import type { Settings } from "../../shared/settings.ts";
import { AnalysisTurns, MOST_AT_ONCE } from "./analysis/analysis-turns.ts";
import { Analyst } from "./analysis/analyst.ts";
import type { RevisedVerdict, SuspectProgress } from "./analysis/protocol.ts";
import { SuspectSearches } from "./analysis/suspect-searches.ts";
import { CaseThreads } from "./case-threads.ts";
import { ClockComparison } from "./clock-comparison.ts";
import { closeInOrder } from "./close-in-order.ts";
import { Importer } from "./ingest/importer.ts";
import type { FileThread } from "./ingest/files/file-thread.ts";
import type { ImportProgress } from "./ingest/live-sources.ts";
import { askParser } from "./ingest/replay/ask-parser.ts";
import type { PreviewRequest } from "./ingest/replay/protocol.ts";
import type { ReplayProgress } from "./ingest/replay/replay-run.ts";
import { Replayer } from "./ingest/replay/replayer.ts";
import type { ParserPool } from "./ingest/parser-pool.ts";
import type { WriterMethods } from "./store/writer-methods.ts";
import { MainReader } from "./main-reader.ts";
import { News } from "./news.ts";
import { settleCase } from "./settle-case.ts";
import { SideReader } from "./side-reader.ts";
import type { WorkerClient } from "./threads/rpc.ts";
import type { GivenWindows } from "./suspects/onset.ts";
import { workerFile } from "./workers.ts";

export interface SessionOptions {
  readonly workersFolder: string;
  /** Started before; they are the session's from now on. Without them it starts its own. */
  readonly threads?: CaseThreads | null;
  readonly run: Run;
  /** Time within which a parser must have taken a chunk. */
  readonly stallMs: number;
  readonly settings: () => Settings;
  /** So many records have come into the case. */
  readonly onRecords?: (count: number) => void;
  /** Without it nobody waits for what is new, and the reader is not asked. */
  readonly onChanged?: (info: CaseInfo) => void;
  readonly onProgress: (progress: ImportProgress) => void;
  readonly onReplay?: (progress: ReplayProgress) => void;
  readonly onSuspectProgress?: (progress: SuspectProgress) => void;
  /** Records of a case over which all of its analysis may work at the same time. */
  readonly atOnceUpTo?: number;
  /** A source has more dead letters than are kept: wait for an answer (without it), or only count what is over. */
  readonly onTooManyLetters?: (source: Source) => "ask" | "count";
  readonly onFailure: (failure: Failure) => void;
}

const MEBIBYTE = 1_048_576;

export class CaseSession implements AsyncDisposable {
  readonly file: string;
  readonly writer: WorkerClient<WriterMethods>;
  readonly reader: MainReader;
  readonly sideReader: SideReader;
  readonly importer: Importer;
  readonly replayer: Replayer;
  readonly clocks: ClockComparison;
  readonly #turns: AnalysisTurns;
  readonly #analyst: Analyst;
  readonly #searches: SuspectSearches;
  readonly #pool: ParserPool;
  readonly #files: FileThread;
  readonly #options: SessionOptions;
  readonly #closing = new AbortController();
  #isClosed = false;
  /** As last told. */
  #records = 0;
  /** Whether records have come in. */
  #hasRecords = false;
  readonly #news: News;

  static async open(file: string, create: { title: string } | null, options: SessionOptions): Promise<CaseSession> {
    const { workersFolder, onChanged } = options;
    const threads =
      options.threads ??
      new CaseThreads(workersFolder, { parses: create !== null, isWatched: onChanged !== undefined });
    const { writer } = threads;
    threads.ref();
    // Of a case that is there it has something to tell, and loads meanwhile.
    if (create === null) threads.startReader();
    try {
      const { isNew } = await writer.call("open", { file, create: create !== null, title: create?.title ?? "" });
      // The reader need not look at the case again when it has been opened.
      if (!isNew) await settleCase(writer, options.settings().deadLetters);
      const opened = threads.reader.call("open", { file });
      const session = new CaseSession(file, threads, options);
      // The reader has nothing to tell yet: it goes on loading while the first source is read.
      if (isNew) opened.catch((thrown: unknown) => options.onFailure(asFailure(thrown)));
      else await opened;
      return session;
    } catch (thrown) {
      await threads.end();
      throw thrown;
    }
  }

  private constructor(file: string, threads: CaseThreads, options: SessionOptions) {
    const { writer, pool, files } = threads;
    const reader = new MainReader(threads.reader, options.workersFolder, file);
    this.file = file;
    this.writer = writer;
    this.reader = reader;
    this.sideReader = new SideReader(options.workersFolder, file);
    this.#pool = pool;
    this.#files = files;
    this.#options = options;
    const { workersFolder, run, stallMs, settings, onProgress, onFailure } = options;
    this.#news = new News({
      tell: () => this.#tell(),
      worked: () => reader.workedMs,
      isReading: () => this.importer.reading > 0,
    });
    const analysis = { workerFile: workerFile(workersFolder, "analysis"), file };
    this.#searches = new SuspectSearches({ ...analysis, onProgress: options.onSuspectProgress });
    this.#analyst = new Analyst({
      ...analysis,
      settings,
      store: async (found) => {
        await writer.call("replaceDetections", found, { transfer: [found.buffer] });
      },
      // What detectors hold would come on top of what was held while the last source was read.
      makeRoom: async () => {
        const ending = Promise.all([pool.rest(), files.rest(), this.#turns.ofDetectors()]);
        // Parsers that stand behind a window end slowly while it is drawn, and a small case has room for both.
        if (this.#turns.areTaken || options.onChanged === undefined) await ending;
      },
      onChange: () => this.changed(),
      onFailure,
    });
    this.#turns = new AnalysisTurns({
      detectors: this.#analyst,
      searches: this.#searches,
      isLarge: () => this.#records > (options.atOnceUpTo ?? MOST_AT_ONCE),
    });
    this.clocks = new ClockComparison({ sideReader: this.sideReader, turns: this.#turns });
    this.importer = new Importer({
      writer,
      pool,
      files,
      run,
      stallMs,
      zone: () => settings().assumedZone,
      // SQLite keeps its journals, and we our lock, beside the case under its name.
      isOwn: (path) => path === file || path.startsWith(`${file}-`),
      // Asked before the first source is read, when the reader may not have loaded yet.
      sources: () => writer.call("sources", null),
      letterLimits: () => {
        const { maxCount, maxMebibytes } = settings().deadLetters;
        return { letters: maxCount, bytes: maxMebibytes * MEBIBYTE };
      },
      onTooManyLetters: options.onTooManyLetters ?? (() => "ask"),
      onCommit: (_revision, records) => {
        if (records > 0) {
          options.onRecords?.(records);
          // Whoever looks at an empty timeline waits for them.
          if (!this.#hasRecords) this.#news.hurry();
          this.#hasRecords = true;
        }
        // What is found half way is for somebody who looks on.
        if (options.onChanged !== undefined && this.#analyst.hint() && !this.#turns.areTaken) this.#searches.warm();
        this.#recordsChanged();
      },
      onProgress,
      onFailure,
      onIdle: () => this.#analyse(),
    });
    this.replayer = new Replayer({
      writer,
      reader,
      pool,
      stallMs,
      lettersPerSecond: () => settings().deadLetters.replaysPerSecond,
      onCommit: () => this.#recordsChanged(),
      onProgress: (progress) => options.onReplay?.(progress),
      onEnd: () => this.#analyse(),
    });
  }

  /** What a format makes of a text now. */
  preview(request: PreviewRequest): Promise<DeadLetterPreview> {
    const { signal } = this.#closing;
    return askParser(this.#pool, this.#options.stallMs, signal, (parser) => parser.call("preview", request));
  }

  sources(): Promise<readonly Source[]> {
    return this.reader.call("sources.list", undefined) as Promise<readonly Source[]>;
  }

  async source(sourceId: number): Promise<Source | undefined> {
    return (await this.sources()).find((source) => source.id === sourceId);
  }

  async info(): Promise<CaseInfo> {
    return this.#withWork(await this.reader.call("caseInfo", null));
  }

  #withWork(info: CaseInfo): CaseInfo {
    this.#records = info.records;
    return { ...info, reading: this.importer.reading, analysing: this.#analyst.isAnalysing };
  }

  /** Fails with "cancelled" where a newer search ended this one. */
  async findSuspects(windows: GivenWindows): Promise<RevisedVerdict> {
    await this.#turns.ofSearch();
    return await this.#searches.find(windows);
  }

  /** Runs the detectors again: their settings changed. */
  analyseAgain(): void {
    this.#analyst.request();
  }

  /** Tells, soon and once, that the case is not what it was. */
  changed(): void {
    if (this.#options.onChanged !== undefined) this.#news.changed();
  }

  /** Resolves when nothing is read, analysed or still to be told. */
  async idle(): Promise<void> {
    while (!this.importer.isIdle || this.replayer.isRunning || this.#analyst.isAnalysing || this.#news.isTelling) {
      await this.importer.idle();
      await this.replayer.idle();
      await this.#analyst.idle();
      await this.#news.idle();
    }
  }

  /** Once {@link idle}: ends the threads that only look on from now on, and what they hold with them. */
  async rest(): Promise<void> {
    await this.#pool.rest();
    await this.#files.rest();
    await this.#analyst.rest();
    await this.#searches.rest();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closing.abort();
    // Nobody is told of a case that closes, and who waits for it to be idle would wait for that for ever.
    this.#news.end();
    await closeInOrder(
      () => this.replayer[Symbol.asyncDispose](),
      () => this.importer[Symbol.asyncDispose](),
      // Before the analyst, whose next pass may wait for a search to end.
      () => this.#searches[Symbol.asyncDispose](),
      () => this.#analyst[Symbol.asyncDispose](),
      () => this.#pool[Symbol.asyncDispose](),
      () => this.#files.rest(),
      () => this.#news.idle(),
      () => this.sideReader[Symbol.asyncDispose](),
      () => this.#keepOverview(),
      () => this.reader.end(),
      () => this.writer.call("close", null),
      () => this.writer.end(),
    );
  }

  #recordsChanged(): void {
    this.#searches.outdate();
    this.clocks.outdate();
    this.changed();
  }

  /** All that was to be read is read. */
  #analyse(): void {
    this.#news.hurry();
    this.#analyst.request();
    // Whoever looks on will ask for the suspects as soon as they hear of it.
    if (this.#options.onChanged !== undefined) void this.#turns.ofSearch().then(() => this.#searches.ahead());
  }

  /** From it the case draws its bars the next time; without one it takes longer. */
  async #keepOverview(): Promise<void> {
    try {
      const overview = await this.reader.call("overview", null);
      if (overview !== null) await this.writer.call("keepOverview", overview);
    } catch {
      // A disk that is full, or a thread that has ended: nothing is lost by it.
    }
  }

  async #tell(): Promise<void> {
    try {
      const info = this.#withWork(await this.reader.call("refresh", null));
      this.#options.onChanged?.(info);
      if (info.reading === 0 && !info.analysing) await this.#keepOverview();
    } catch (thrown) {
      if (!this.#isClosed) this.#options.onFailure(asFailure(thrown));
    }
  }
}
