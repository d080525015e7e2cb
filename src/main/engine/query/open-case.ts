// One open case as questions see it. Each question first takes in what the writer committed, so that an
// answer is never older than its question.
import type { CaseInfo } from "../../../shared/contract.ts";
import type { IncidentEvent } from "../../../shared/model/event.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { CaseReader } from "../store/protocol.ts";
import type { CaseTables } from "./case-tables.ts";
import { timeSpan } from "./histogram.ts";
import { MainRanges } from "./main-range.ts";
import type { QueryContext } from "./query-context.ts";
import type { FormatLookup } from "./record-text.ts";
import { WholeCounts } from "./record-counts.ts";
import { RecordIndex } from "./record-index.ts";
import { soloCrew, threadedCrew, type ScanCrew } from "./scan/scan-crew.ts";
import { TextMemory } from "./scan/text-memory.ts";
import { CaseTemplates } from "./case-templates.ts";
import { SegmentBins } from "./segment-bins.ts";
import { ColumnCache, columnBytesFor } from "./segment-columns.ts";
import { Selections, type IsLate } from "./selections.ts";

/**
 * Milliseconds that the threads of a search wait for the next one. Of 20,000,000 records they and what they share hold some
 * 50 MB, and starting them costs little beside a search of so many.
 */
const scannersKeptMs = (records: number): number => (records > 1_500_000 ? 10_000 : Infinity);

export class OpenCase implements QueryContext, Disposable {
  readonly file: string;
  readonly reader: CaseReader;
  readonly tables: CaseTables;
  readonly index = new RecordIndex();
  readonly wholeCounts = new WholeCounts(this.index);
  readonly bins = new SegmentBins();
  readonly columns: ColumnCache;
  readonly memory = new TextMemory();
  readonly formatById: FormatLookup;
  readonly crew: ScanCrew;
  readonly selections: Selections;
  readonly templates: CaseTemplates;
  readonly #mainRanges = new MainRanges();
  revision = -1;
  events: readonly IncidentEvent[] = [];
  /** Read when somebody asks: while thousands are imported, most questions are for their sums. */
  #sources: ReadonlyMap<number, Source> | null = null;

  /** Without `scannerFile`, the built scanner.worker.js, one thread scans. */
  constructor(
    file: string,
    reader: CaseReader,
    tables: CaseTables,
    formatById: FormatLookup,
    scannerFile: string | null = null,
  ) {
    this.file = file;
    this.reader = reader;
    this.tables = tables;
    this.formatById = formatById;
    this.columns = new ColumnCache(reader, () => columnBytesFor(this.index.knownCount));
    this.crew =
      scannerFile === null
        ? soloCrew(this)
        : threadedCrew(file, scannerFile, this, () => scannersKeptMs(this.index.knownCount));
    this.templates = new CaseTemplates({
      index: this.index,
      columns: this.columns,
      decisions: () => tables.templateDecisions(),
    });
    this.selections = new Selections(this);
  }

  source(id: number): Source | undefined {
    return this.#sourceMap().get(id);
  }

  sources(): readonly Source[] {
    return [...this.#sourceMap().values()];
  }

  #sourceMap(): ReadonlyMap<number, Source> {
    this.#sources ??= new Map(this.reader.sources().map((source) => [source.id, source]));
    return this.#sources;
  }

  /**
   * What is committed while this runs is seen by the next call, for the revision is read first. Once `isLate` the index
   * stays as far as it has come, which `index.pending` tells: millions of records take seconds.
   */
  refresh(checkpoint: () => void, isLate?: IsLate): void {
    const revision = this.reader.revision();
    const isNew = revision !== this.revision;
    if (!isNew && this.index.pending === 0) return;
    if (isNew) {
      this.#sources = null;
      this.events = this.tables.events();
    }
    const { epoch } = this.index;
    this.index.refresh(this.reader, checkpoint, isLate);
    if (this.index.epoch !== epoch) this.columns.clear();
    if (isNew) this.bins.refresh(this.reader, this.index.known);
    this.revision = revision;
  }

  /** Asks for the whole index only where a segment does not say how many samples it holds. */
  info(checkpoint: () => void = () => {}): CaseInfo {
    const samples = this.bins.samples(this.index.known);
    if (samples === null) this.refresh(checkpoint);
    const { sources, read, records, deadLetters, skipped, reading } = this.reader.sourceSums();
    const hasTimes = this.index.known.some(({ firstTime }) => firstTime !== null) || this.events.length > 0;
    const { first, last } = timeSpan(this);
    return {
      file: this.file,
      title: this.reader.title(),
      revision: this.revision,
      from: hasTimes ? first : null,
      to: hasTimes ? last : null,
      main: this.#mainRanges.of(
        { segments: this.index.known, events: this.events, bins: this.bins, reader: this.reader },
        { first, last },
        checkpoint,
      ),
      sources,
      read,
      records,
      samples: samples ?? this.index.samples,
      deadLetters,
      skipped,
      events: this.events.length,
      anomalies: this.tables.anomalies({ from: null, to: null }).length,
      traces: this.tables.traceCount(),
      reading,
      analysing: false,
    };
  }

  [Symbol.dispose](): void {
    this.crew[Symbol.dispose]();
    this.reader[Symbol.dispose]();
  }
}
