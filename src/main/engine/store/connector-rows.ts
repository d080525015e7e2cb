// What the library keeps of connectors' targets: breakers, call statistics, manual decisions. What a row's JSON means is
// the resilience layer's business; here it is text.
import { guarded } from "./failures.ts";
import type { Connection } from "./sqlite.ts";

export interface BreakerRow {
  readonly connector: string;
  readonly target: string;
  readonly saved: string;
}

export interface StatisticsRow {
  readonly kind: string;
  readonly connector: string;
  readonly name: string;
  readonly saved: string;
}

export interface ActionRow {
  /** Grows with each decision. */
  readonly id: number;
  readonly connector: string;
  readonly target: string;
  readonly action: string;
  readonly actor: string;
  /** Microseconds since the epoch. */
  readonly decidedAt: number;
}

/** Targets are paths that people open: the longest unused make room. */
const MOST_TARGETS = 1_000;
const MOST_ACTIONS = 10_000;

export class ConnectorRows {
  readonly #file: string;
  readonly #db: Connection;

  constructor(file: string, db: Connection) {
    this.#file = file;
    this.#db = db;
  }

  breakers(): readonly BreakerRow[] {
    return guarded(this.#file, () =>
      this.#db
        .prepare<[], BreakerRow>(
          `SELECT connector, target, saved
             FROM breaker
            ORDER BY connector, target`,
        )
        .all(),
    );
  }

  /** Null takes the row of a breaker that is as if made anew. */
  writeBreakers(
    rows: readonly (Omit<BreakerRow, "saved"> & { readonly saved: string | null })[],
    savedAt: number,
  ): void {
    this.#inTransaction(() => {
      const write = this.#db.prepare<[string, string, string, number]>(
        `INSERT OR REPLACE INTO breaker (connector, target, saved, saved_at)
         VALUES (?, ?, ?, ?)`,
      );
      const remove = this.#db.prepare<[string, string]>(
        `DELETE FROM breaker
          WHERE connector = ?
            AND target = ?`,
      );
      for (const { connector, target, saved } of rows) {
        if (saved === null) remove.run(connector, target);
        else write.run(connector, target, saved, savedAt);
      }
      this.#db
        .prepare<[number]>(
          `DELETE FROM breaker
            WHERE (connector, target) NOT IN (SELECT connector, target FROM breaker ORDER BY saved_at DESC LIMIT ?)`,
        )
        .run(MOST_TARGETS);
    });
  }

  statistics(): readonly StatisticsRow[] {
    return guarded(this.#file, () =>
      this.#db
        .prepare<[], StatisticsRow>(
          `SELECT kind, connector, name, saved
             FROM call_statistics
            ORDER BY kind, connector, name`,
        )
        .all(),
    );
  }

  /**
   * Adds to each row what was counted since: `merge` is given what is there, which another Faultline may have written,
   * and returns what is to be. All of it in one transaction.
   */
  addStatistics(
    rows: readonly StatisticsRow[],
    savedAt: number,
    merge: (before: string | null, added: string) => string,
  ): void {
    this.#inTransaction(() => {
      const read = this.#db.prepare<[string, string, string], { saved: string }>(
        `SELECT saved
           FROM call_statistics
          WHERE kind = ?
            AND connector = ?
            AND name = ?`,
      );
      const write = this.#db.prepare<[string, string, string, string, number]>(
        `INSERT OR REPLACE INTO call_statistics (kind, connector, name, saved, saved_at)
         VALUES (?, ?, ?, ?, ?)`,
      );
      for (const { kind, connector, name, saved } of rows) {
        const before = read.get(kind, connector, name)?.saved ?? null;
        write.run(kind, connector, name, merge(before, saved), savedAt);
      }
      this.#db
        .prepare<[number]>(
          `DELETE FROM call_statistics
            WHERE kind = 'target'
              AND (connector, name) NOT IN (SELECT connector, name FROM call_statistics
                                             WHERE kind = 'target' ORDER BY saved_at DESC LIMIT ?)`,
        )
        .run(MOST_TARGETS);
    });
  }

  /** The newest of those after an id, newest first. */
  actions(afterId: number, limit: number): readonly ActionRow[] {
    return guarded(this.#file, () =>
      this.#db
        .prepare<[number, number], ActionRow>(
          `SELECT id, connector, target, action, actor, decided_at AS decidedAt
             FROM connector_action
            WHERE id > ?
            ORDER BY id DESC
            LIMIT ?`,
        )
        .all(afterId, limit),
    );
  }

  /** Returns its id. */
  addAction({ connector, target, action, actor, decidedAt }: Omit<ActionRow, "id">): number {
    let id = 0;
    this.#inTransaction(() => {
      const { lastInsertRowid } = this.#db
        .prepare<[string, string, string, string, number]>(
          `INSERT INTO connector_action (connector, target, action, actor, decided_at)
           VALUES (?, ?, ?, ?, ?)`,
        )
        .run(connector, target, action, actor, decidedAt);
      id = Number(lastInsertRowid);
      this.#db.prepare<[number]>(`DELETE FROM connector_action WHERE id <= ?`).run(id - MOST_ACTIONS);
    });
    return id;
  }

  #inTransaction(work: () => void): void {
    guarded(this.#file, () => this.#db.transaction(work).immediate());
  }
}
