// The app's own database: recent cases, sealed tokens, how connectors do. It never keeps the app from starting: a damaged
// one is moved aside, one that cannot be used is replaced by memory for this session, and either is said.
import { accessSync, chmodSync, constants, existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { RecentCase } from "../../../shared/contract.ts";
import { ConnectorRows } from "./connector-rows.ts";
import { guarded } from "./failures.ts";
import { migrate, numberedMigrations, versionOf } from "./migrate.ts";
import { openInMemory, openReader, openWriter, type Connection } from "./sqlite.ts";
import { TokenRows } from "./token-rows.ts";

/** "FLTB" in the header of the file. */
const LIBRARY_APPLICATION_ID = 0x464c5442;
const MIGRATIONS = numberedMigrations(
  import.meta.glob<string>("./library-migrations/*.sql", { query: "?raw", import: "default", eager: true }),
);
/** More recent cases than a person looks through. */
const RECENT_LIMIT = 100;

export const LIBRARY_FILE = "library.sqlite";

interface RecentRow {
  file: string;
  title: string;
  opened_at: number;
  first_time: number | null;
  last_time: number | null;
  records: number;
  services: string;
}

/** `folder` is that of the app's own data; it is made when it is not there. */
export function openLibrary(folder: string): Library {
  const file = join(folder, LIBRARY_FILE);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { messages, ...opened } = existsSync(file) ? openExisting(file) : { ...prepared(file, true), messages: [] };
    return new Library(file, opened, messages);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return new Library(file, inMemory(), [
      `The library ${file} cannot be used (${why}). Recent cases and sign-ins are kept for this session alone.`,
    ]);
  }
}

interface Prepared {
  readonly db: Connection;
  /** JSON of the settings that libraries of version 1 kept; null when there were none. */
  readonly formerSettings: string | null;
}

interface Opened extends Prepared {
  readonly messages: readonly string[];
}

function openExisting(file: string): Opened {
  const problem = problemOf(file);
  if (problem === null) return { ...prepared(file, false), messages: [] };
  if (problem === "newer") {
    const message =
      `The library ${file} was written by a newer Faultline. It is left as it is; ` +
      "recent cases and sign-ins are kept for this session alone.";
    return { ...inMemory(), messages: [message] };
  }
  const aside = movedAside(file);
  return {
    ...prepared(file, true),
    messages: [`The library ${file} is damaged (${problem}). It was moved to ${aside}, and a new one was made.`],
  };
}

/** Null when it is sound, "newer" when it is not ours to touch, otherwise what is damaged. */
function problemOf(file: string): string | null {
  let db: Connection;
  try {
    db = openReader(file);
  } catch (thrown) {
    return damageOf(thrown);
  }
  try {
    if (Number(db.pragma("application_id", { simple: true })) !== LIBRARY_APPLICATION_ID) return "it is no library";
    if (versionOf(db) > MIGRATIONS.length) return "newer";
    const check = String(db.pragma("quick_check(1)", { simple: true }));
    return check === "ok" ? null : check;
  } catch (thrown) {
    return damageOf(thrown);
  } finally {
    db.close();
  }
}

/** A library that is merely busy, or that we may not read, is not damaged. */
function damageOf(thrown: unknown): string {
  if (thrown instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB)/.test(thrown.code)) return thrown.message;
  throw thrown;
}

function movedAside(file: string): string {
  for (let number = 1; ; number += 1) {
    const aside = join(file, "..", `library.damaged-${number}`);
    if (existsSync(aside)) continue;
    renameSync(file, aside);
    for (const end of ["-wal", "-shm", "-journal"]) {
      if (existsSync(file + end)) renameSync(file + end, aside + end);
    }
    return aside;
  }
}

function prepared(file: string, create: boolean): Prepared {
  const db = openWriter(file, { create, readers: false });
  try {
    keepPrivate(file);
    return migrated(db);
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

/** It holds sealed tokens and names of servers. SQLite gives its journals the mode of the file. */
function keepPrivate(file: string): void {
  try {
    chmodSync(file, 0o600);
  } catch {
    // Of another owner, or on a file system without modes: it works all the same.
  }
}

const inMemory = (): Prepared => migrated(openInMemory());

function migrated(db: Connection): Prepared {
  const version = versionOf(db);
  if (version === 0) db.pragma(`application_id = ${LIBRARY_APPLICATION_ID}`);
  const former = version === 1 ? db.prepare<[], { json: string }>(`SELECT json FROM settings`).get() : undefined;
  migrate(db, MIGRATIONS);
  return { db, formerSettings: former?.json ?? null };
}

export class Library implements Disposable {
  /** What the person should know of how it was opened. */
  readonly messages: readonly string[];
  readonly tokens: TokenRows;
  readonly commandLineTokens: TokenRows;
  readonly connectors: ConnectorRows;
  /** Of a library of version 1, in the start that brought it up to date; JSON that nobody has checked. */
  readonly formerSettings: string | null;
  readonly #file: string;
  readonly #db: Connection;

  constructor(file: string, { db, formerSettings }: Prepared, messages: readonly string[]) {
    this.#file = file;
    this.#db = db;
    this.messages = messages;
    this.formerSettings = formerSettings;
    this.tokens = new TokenRows(file, db, "oauth_token");
    this.commandLineTokens = new TokenRows(file, db, "command_line_token");
    this.connectors = new ConnectorRows(file, db);
  }

  /** Latest first. */
  recent(): readonly RecentCase[] {
    return guarded(this.#file, () =>
      this.#db.prepare<[], RecentRow>(`SELECT * FROM recent_case ORDER BY opened_at DESC, file`).all().map(recentOf),
    );
  }

  /** Puts a case at the head of the list, or brings up to date what is said of it. */
  remember(recent: Omit<RecentCase, "exists">): void {
    guarded(this.#file, () => {
      this.#db
        .prepare(
          `INSERT OR REPLACE INTO recent_case (file, title, opened_at, first_time, last_time, records, services)
           VALUES (:file, :title, :openedAt, :from, :to, :records, :services)`,
        )
        .run({ ...recent, openedAt: Math.round(recent.openedAt), services: JSON.stringify(recent.services) });
      this.#db
        .prepare<[number]>(
          `DELETE FROM recent_case
            WHERE file NOT IN (SELECT file FROM recent_case ORDER BY opened_at DESC, file LIMIT ?)`,
        )
        .run(RECENT_LIMIT);
    });
  }

  /** Takes a case off the list; the file stays. */
  forget(file: string): void {
    guarded(this.#file, () => this.#db.prepare<[string]>(`DELETE FROM recent_case WHERE file = ?`).run(file));
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}

const recentOf = (row: RecentRow): RecentCase => ({
  file: row.file,
  title: row.title,
  openedAt: row.opened_at,
  from: row.first_time,
  to: row.last_time,
  records: row.records,
  services: JSON.parse(row.services) as string[],
  exists: isReadable(row.file),
});

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
