/**
 * The sources that are being brought in, as the import panel shows them: each change is written to the case first, then
 * to the row here, so that nothing is ever shown that the case does not hold. What changed is told a few times a second.
 */
import type { Source } from "../../../shared/model/source.ts";
import type { Batch, BatchesTogether, NewSource, SourceChange } from "../store/protocol.ts";
import type { WriterMethods } from "../store/writer-methods.ts";
import type { WorkerClient } from "../threads/rpc.ts";
import { newLiveSource, withBatch, withChange } from "./live-source.ts";
import { Rate } from "./rate.ts";
import { buffersOf, buffersOfPacks } from "./transfer.ts";

export interface ImportProgress {
  /** Sources that changed since the last progress. */
  readonly sources: readonly Source[];
  readonly reading: number;
  readonly bytesPerSecond: number;
}

export interface LiveSourcesOptions {
  readonly writer: WorkerClient<WriterMethods>;
  /** Something is in the case that was not there before, among it so many records. */
  readonly onCommit: (revision: number, records: number) => void;
  readonly onProgress: (progress: ImportProgress) => void;
}

const PROGRESS_MS = 100;

export class LiveSources {
  readonly #options: LiveSourcesOptions;
  /** Sources that wait or are being read. */
  readonly #reading: () => number;
  readonly #rows = new Map<number, Source>();
  readonly #changed = new Set<number>();
  readonly #rate = new Rate();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: LiveSourcesOptions, reading: () => number) {
    this.#options = options;
    this.#reading = reading;
  }

  /** Whether something is shown, and not forgotten yet; it may have been told. */
  get hasShown(): boolean {
    return this.#rows.size > 0;
  }

  has(sourceId: number): boolean {
    return this.#rows.has(sourceId);
  }

  row(sourceId: number): Source {
    const row = this.#rows.get(sourceId);
    if (row === undefined) throw new Error(`source ${sourceId} is not being read`);
    return row;
  }

  /** Id of the source, which is in the case from now on; null when it was there unchanged. */
  async register(source: NewSource): Promise<number | null> {
    const { writer, onCommit } = this.#options;
    const { sourceId, revision, unchanged } = await writer.call("addSource", source);
    if (unchanged) return null;
    this.show(newLiveSource(sourceId, source));
    onCommit(revision, 0);
    return sourceId;
  }

  /** The same for many, in the order of what is given. */
  async registerAll(sources: readonly NewSource[]): Promise<readonly (number | null)[]> {
    const { writer, onCommit } = this.#options;
    const { added, revision } = await writer.call("addSources", sources);
    const ids = sources.map((source, index) => {
      const { sourceId, unchanged } = added[index] ?? { sourceId: 0, unchanged: true };
      if (unchanged) return null;
      this.show(newLiveSource(sourceId, source));
      return sourceId;
    });
    if (ids.some((id) => id !== null)) onCommit(revision, 0);
    return ids;
  }

  async change(sourceId: number, change: SourceChange): Promise<void> {
    const { writer, onCommit } = this.#options;
    const { revision } = await writer.call("changeSource", { sourceId, change });
    this.changeShown(sourceId, change);
    onCommit(revision, 0);
  }

  /** Stores a part of a source; its buffers are moved, not copied. */
  async commit(batch: Batch): Promise<void> {
    const { revision } = await this.#options.writer.call("commit", batch, { transfer: buffersOf(batch) });
    this.#committed([batch], revision);
  }

  /** Stores the last parts of several sources, which are fetched whole with them. */
  async commitAll(together: BatchesTogether): Promise<void> {
    const { batches, packs } = together;
    const transfer = [...batches.flatMap(buffersOf), ...(packs === undefined ? [] : buffersOfPacks(packs))];
    const { revision } = await this.#options.writer.call("commitAll", together, { transfer });
    for (const { sourceId, change } of batches) {
      if (change.bytesRead !== undefined) this.#count(sourceId, change.bytesRead);
    }
    this.#committed(batches, revision);
  }

  /** Shows a row as it is, without a word to the case. */
  show(row: Source): void {
    this.#rows.set(row.id, row);
    this.#changed.add(row.id);
    this.#timer ??= setTimeout(() => this.tell(), PROGRESS_MS);
  }

  /** For what the case cannot be told, or will be with the next part. */
  changeShown(sourceId: number, change: SourceChange): void {
    this.show(withChange(this.row(sourceId), change));
  }

  /** So many bytes on disk were fetched since the source was begun. */
  fetched(sourceId: number, bytesRead: number): void {
    this.#count(sourceId, bytesRead);
    this.show({ ...this.row(sourceId), bytesRead });
  }

  tell(): void {
    this.stop();
    const sources = [...this.#changed].flatMap((id) => this.#rows.get(id) ?? []);
    this.#changed.clear();
    this.#options.onProgress({ sources, reading: this.#reading(), bytesPerSecond: this.#rate.perSecond() });
  }

  /** Nothing is being read: the case alone knows the sources from now on. */
  forget(): void {
    this.#rows.clear();
  }

  /** Takes back the appointment to tell. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #count(sourceId: number, bytesRead: number): void {
    this.#rate.add(bytesRead - this.row(sourceId).bytesRead);
  }

  #committed(batches: readonly Batch[], revision: number): void {
    let records = 0;
    for (const batch of batches) {
      this.show(withBatch(this.row(batch.sourceId), batch));
      for (const { count } of batch.segments) records += count;
    }
    this.#options.onCommit(revision, records);
  }
}
