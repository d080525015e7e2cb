// The only connection that writes to a case. Every method is one transaction that also raises the revision: all of it
// is in the case, or nothing.
import type { IncidentEvent, NewEvent } from "../../../shared/model/event.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { DecisionKind, TemplateDecision } from "../../../shared/model/template.ts";
import { checkAccounting } from "./accounting.ts";
import { copyCase, upgradeCase } from "./case-file.ts";
import { editDeadLetter } from "./dead-letters/edit.ts";
import { importDeadLetters } from "./dead-letters/import.ts";
import type { DeadLetterWrites, ImportedCounts, ImportedLetter, ReplayBatch } from "./dead-letters/protocol.ts";
import { insertDeadLetters } from "./dead-letters/rows.ts";
import { commitReplay, discardDeadLetters, dropOldDeadLetters } from "./dead-letters/settle.ts";
import { replaceDetections } from "./detections.ts";
import { deleteEvent, getEvent, insertEvent, updateEvent } from "./events.ts";
import { guarded } from "./failures.ts";
import { clearSource, openSource, unchangedSource } from "./open-source.ts";
import { writeOverview, type EncodedOverview } from "./overview.ts";
import type { Migrations } from "./migrate.ts";
import type { AddedSource, Batch, BatchesTogether, DetectionSet, NewSource, SourceChange } from "./protocol.ts";
import { insertPacks, NO_PACKS, type PackIds } from "./shared-packs.ts";
import { prepareSegmentInserts, type SegmentInserts } from "./segments.ts";
import {
  countDropped,
  hasBeingRead,
  interruptSources,
  listSources,
  sourceOf,
  updateSource,
  widenSource,
} from "./sources.ts";
import { saveDecision, takeBackDecision } from "./template-decisions.ts";
import { endWriteAheadLog, openWriter, prepared, type Connection } from "./sqlite.ts";

const now = (): number => Date.now() * 1_000;

export class CaseWriter implements Disposable {
  readonly db: Connection;
  /** Where the case lies as it was before it was brought up to date; null when it was up to date. */
  readonly backup: string | null;
  /** Whether it was made when it was opened. */
  readonly isNew: boolean;
  readonly #file: string;
  readonly #lock: Disposable;
  readonly #segments: SegmentInserts;
  readonly #raiseRevision;

  /** Of a case that was looked at under its lock, which is the writer's from now on: see `open-case-writer.ts`. */
  constructor(
    file: string,
    { lock, isNew }: { readonly lock: Disposable; readonly isNew: boolean },
    migrations: Migrations,
  ) {
    this.#file = file;
    this.#lock = lock;
    this.isNew = isNew;
    this.db = openWriter(file, { create: false, readers: true });
    try {
      this.backup = upgradeCase(this.db, file, migrations);
      this.#segments = prepareSegmentInserts(this.db);
      this.#raiseRevision = this.db.prepare<[], { revision: number }>(
        `UPDATE case_info
            SET revision = revision + 1
         RETURNING revision`,
      );
    } catch (thrown) {
      this.db.close();
      throw thrown;
    }
  }

  revision(): number {
    const row = prepared<[], { revision: number }>(this.db, `SELECT revision FROM case_info`).get();
    return row?.revision ?? 0;
  }

  sources(): readonly Source[] {
    return guarded(this.#file, () => listSources(this.db));
  }

  addSource(input: NewSource): AddedSource & { revision: number } {
    const { added, revision } = this.addSources([input]);
    const [{ sourceId, unchanged } = { sourceId: 0, unchanged: false }] = added;
    return { sourceId, unchanged, revision };
  }

  addSources(inputs: readonly NewSource[]): { added: readonly AddedSource[]; revision: number } {
    const unchanged = guarded(this.#file, () => inputs.map((input) => unchangedSource(this.db, input)));
    const held = unchanged.filter((sourceId) => sourceId !== null);
    // Adding what is there already must not change the case.
    if (held.length === inputs.length)
      return { added: held.map((sourceId) => ({ sourceId, unchanged: true })), revision: this.revision() };
    return this.#transaction(() => ({
      added: inputs.map((input, index) => {
        const sourceId = unchanged[index] ?? null;
        return sourceId === null
          ? { sourceId: openSource(this.db, input, now()), unchanged: false }
          : { sourceId, unchanged: true };
      }),
    }));
  }

  changeSource({ sourceId, change }: { sourceId: number; change: SourceChange }): { revision: number } {
    return this.#transaction(() => {
      this.#change(sourceId, change, { records: 0, deadLetters: 0 });
      return {};
    });
  }

  interruptSources({ message }: { message: string }): { interrupted: number; revision: number } {
    if (!hasBeingRead(this.db)) return { interrupted: 0, revision: this.revision() };
    return this.#transaction(() => ({ interrupted: interruptSources(this.db, message) }));
  }

  clearSource({ sourceId }: { sourceId: number }): { revision: number } {
    return this.#transaction(() => {
      sourceOf(this.db, sourceId, this.#file);
      clearSource(this.db, sourceId, now());
      return {};
    });
  }

  commit(batch: Batch): { revision: number } {
    return this.commitAll({ batches: [batch] });
  }

  commitAll({ batches, packs }: BatchesTogether): { revision: number } {
    return this.#transaction(() => {
      const ids = packs === undefined ? NO_PACKS : insertPacks(this.db, packs, batches);
      for (const batch of batches) this.#commit(batch, ids);
      return {};
    });
  }

  commitReplay(batch: ReplayBatch): { revision: number } {
    return this.#transaction(() => {
      commitReplay(this.db, this.#segments, batch, now());
      return {};
    });
  }

  editDeadLetter({ id, text }: { id: number; text: Uint8Array | null }): { revision: number } {
    return this.#transaction(() => {
      editDeadLetter(this.db, id, text, now());
      return {};
    });
  }

  discardDeadLetters(input: Parameters<DeadLetterWrites["discardDeadLetters"]>[0]): {
    discarded: number;
    skipped: number;
    revision: number;
  } {
    return this.#transaction(() => discardDeadLetters(this.db, input, now()));
  }

  importDeadLetters({ letters }: { letters: readonly ImportedLetter[] }): ImportedCounts & { revision: number } {
    return this.#transaction(() => importDeadLetters(this.db, this.#segments, letters, now()));
  }

  dropOldDeadLetters({ before }: { before: number }): { dropped: number; revision: number } {
    const isOld = this.db.prepare<[number]>(`SELECT 1 FROM dead_letter WHERE first_at < ?`).get(before) !== undefined;
    // Opening a case must not change it where there is nothing to do.
    if (!isOld) return { dropped: 0, revision: this.revision() };
    return this.#transaction(() => ({ dropped: dropOldDeadLetters(this.db, before) }));
  }

  replaceDetections(detections: DetectionSet): { revision: number } {
    return this.#transaction(() => {
      // The revision that this transaction makes: no pass before had it.
      replaceDetections(this.db, detections, this.revision() + 1);
      return {};
    });
  }

  createEvent({ event }: { event: NewEvent }): { event: IncidentEvent; revision: number } {
    return this.#transaction(() => ({ event: this.#event(insertEvent(this.db, event)) }));
  }

  updateEvent({ id, change }: { id: number; change: Partial<NewEvent> }): { event: IncidentEvent; revision: number } {
    return this.#transaction(() => {
      updateEvent(this.db, id, change, now());
      return { event: this.#event(id) };
    });
  }

  deleteEvent({ id }: { id: number }): { revision: number } {
    return this.#transaction(() => {
      deleteEvent(this.db, id, now());
      return {};
    });
  }

  decideTemplate({ decision }: { decision: TemplateDecision }): { revision: number } {
    return this.#transaction(() => {
      saveDecision(this.db, decision, now());
      return {};
    });
  }

  takeBackDecision({ kind, id }: { kind: DecisionKind; id: string }): { revision: number } {
    return this.#transaction(() => {
      takeBackDecision(this.db, kind, id);
      return {};
    });
  }

  keepOverview(overview: EncodedOverview): null {
    guarded(this.#file, () => writeOverview(this.db, overview));
    return null;
  }

  /** A whole copy in one file, while the case stays open. Fails with "exists" rather than overwrite. */
  copyTo({ file }: { file: string }): null {
    copyCase(this.db, file);
    return null;
  }

  /** Leaves one file without a log beside it, where no reader is left. */
  [Symbol.dispose](): void {
    if (!this.db.open) return;
    try {
      this.db.pragma("busy_timeout = 0");
      this.db.pragma("wal_checkpoint(TRUNCATE)");
      endWriteAheadLog(this.db);
    } catch {
      // A reader is still there, or the disk is full: the log stays beside the file, and nothing in it is lost.
    } finally {
      this.db.close();
      this.#lock[Symbol.dispose]();
    }
  }

  #transaction<T extends object>(work: () => T): T & { revision: number } {
    return guarded(this.#file, () =>
      this.db.transaction(() => ({ ...work(), revision: this.#raiseRevision.get()?.revision ?? 0 })).immediate(),
    );
  }

  #event(id: number): IncidentEvent {
    const event = getEvent(this.db, id);
    if (event === null) throw new Error(`event ${id} vanished in its own transaction`);
    return event;
  }

  #commit({ sourceId, segments, blocks, deadLetters, droppedLetters = 0, change }: Batch, packs: PackIds): void {
    const records = segments.reduce((sum, { count }) => sum + count, 0);
    this.#change(sourceId, change, { records, deadLetters: deadLetters.length + droppedLetters });
    for (const segment of segments) {
      this.#segments.segment(sourceId, segment, null, packs);
      const { firstTime, lastTime } = segment;
      if (firstTime !== null && lastTime !== null) widenSource(this.db, sourceId, firstTime, lastTime);
    }
    this.#segments.blocks(sourceId, blocks, packs);
    insertDeadLetters(this.db, sourceId, { letters: deadLetters, format: null, generation: 0 }, now());
    if (droppedLetters > 0) countDropped(this.db, sourceId, droppedLetters);
  }

  #change(sourceId: number, change: SourceChange, stored: { records: number; deadLetters: number }): void {
    const source = sourceOf(this.db, sourceId, this.#file);
    checkAccounting(source.path, source, change.accounting ?? source, stored);
    updateSource(this.db, sourceId, change);
  }
}
