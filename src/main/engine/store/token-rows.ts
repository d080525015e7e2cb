// Sealed tokens in the library, one row a sign-in. Nothing here can read them.
import { guarded } from "./failures.ts";
import type { Connection } from "./sqlite.ts";

export interface TokenRow {
  readonly connector: string;
  readonly sealed: Uint8Array;
  /** Why the last refresh failed; null after a good one. */
  readonly failure: string | null;
}

/** The window and the command line seal with different keys: each has its own. */
export type TokenTable = "oauth_token" | "command_line_token";

export class TokenRows {
  readonly #file: string;
  readonly #db: Connection;
  readonly #table: TokenTable;

  constructor(file: string, db: Connection, table: TokenTable) {
    this.#file = file;
    this.#db = db;
    this.#table = table;
  }

  all(): readonly TokenRow[] {
    return guarded(this.#file, () =>
      this.#db
        .prepare<[], TokenRow>(
          `SELECT connector, sealed, failure
             FROM ${this.#table}
            ORDER BY connector`,
        )
        .all(),
    );
  }

  read(connector: string): TokenRow | undefined {
    return guarded(this.#file, () =>
      this.#db
        .prepare<[string], TokenRow>(
          `SELECT connector, sealed, failure
             FROM ${this.#table}
            WHERE connector = ?`,
        )
        .get(connector),
    );
  }

  /** A new token takes the failure of the one before away. */
  write(connector: string, sealed: Uint8Array, storedAt: number): void {
    guarded(this.#file, () =>
      this.#db
        .prepare<[string, Uint8Array, number]>(
          `INSERT OR REPLACE INTO ${this.#table} (connector, sealed, stored_at, failure)
           VALUES (?, ?, ?, NULL)`,
        )
        .run(connector, sealed, storedAt),
    );
  }

  fail(connector: string, failure: string): void {
    guarded(this.#file, () =>
      this.#db
        .prepare<[string, string]>(
          `UPDATE ${this.#table}
              SET failure = ?
            WHERE connector = ?`,
        )
        .run(failure, connector),
    );
  }

  delete(connector: string): void {
    guarded(this.#file, () =>
      this.#db.prepare<[string]>(`DELETE FROM ${this.#table} WHERE connector = ?`).run(connector),
    );
  }
}
