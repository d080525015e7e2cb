// Every connection is opened here, with every PRAGMA that matters set by name: SQLite's defaults differ between builds,
// and some are stored in the file.
import Database, { type Statement } from "better-sqlite3";
import { nativeBindingOption } from "./native-binding.ts";

export type Connection = Database.Database;

/** How long a connection waits for another one's lock. */
const BUSY_MS = 5_000;
/** Written through to the database once the log has this many pages, 32 MiB. */
const CHECKPOINT_PAGES = 4_096;
const PAGE_BYTES = 8_192;
/** Of each connection, which fills it: the inner pages of the trees. What is read once is in the system's cache too. */
const CACHE_KIB = 4_096;
const LOG_LIMIT_BYTES = 64 * 2 ** 20;

/** `readers`: whether other connections read meanwhile, which takes a write-ahead log beside the file. */
export function openWriter(file: string, { create, readers }: { create: boolean; readers: boolean }): Connection {
  const db = new Database(file, { fileMustExist: !create, timeout: BUSY_MS, ...nativeBindingOption() });
  return configured(db, () => {
    if (create) db.pragma(`page_size = ${PAGE_BYTES}`);
    setCommon(db);
    if (readers) setWriteAheadLog(db);
    else db.pragma("journal_mode = DELETE");
    // With a write-ahead log a crash of the machine may lose the last transactions, never the database.
    db.pragma(`synchronous = ${readers ? "NORMAL" : "FULL"}`);
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    db.pragma(`journal_size_limit = ${LOG_LIMIT_BYTES}`);
    db.pragma("secure_delete = OFF");
    db.pragma("query_only = OFF");
  });
}

/**
 * Whether there is a log stands in the header of the file. Changed in the usual way, by a journal beside the file, a kill
 * at that moment would leave one that has to be rolled back before anybody can look into the file. The change is a few
 * bytes at the beginning of one page, which are written or not.
 */
export function setWriteAheadLog(db: Connection): void {
  if (db.pragma("journal_mode", { simple: true }) !== "wal") db.pragma("journal_mode = MEMORY");
  db.pragma("journal_mode = WAL");
}

/** Takes {@link setWriteAheadLog} back, as safely. Fails, or changes nothing, while somebody reads. */
export function endWriteAheadLog(db: Connection): void {
  db.pragma("journal_mode = MEMORY");
}

/**
 * Never changes the file. Looking into one goes through SQLite too, because on POSIX systems closing a file by other
 * means drops the locks that all connections of the process hold on it.
 */
export function openReader(file: string): Connection {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_MS, ...nativeBindingOption() });
  return configured(db, () => {
    setCommon(db);
    db.pragma("query_only = ON");
  });
}

const statements = new WeakMap<Connection, Map<string, Statement>>();

/** The statement of a text that is run again and again: preparing one costs more than running it. Not for iterating. */
export function prepared<Parameters extends unknown[], Row = unknown>(
  db: Connection,
  sql: string,
): Statement<Parameters, Row> {
  let known = statements.get(db);
  if (known === undefined) statements.set(db, (known = new Map<string, Statement>()));
  let statement = known.get(sql);
  if (statement === undefined) known.set(sql, (statement = db.prepare(sql)));
  return statement as unknown as Statement<Parameters, Row>;
}

export function openInMemory(): Connection {
  const db = new Database(":memory:", nativeBindingOption());
  return configured(db, () => setCommon(db));
}

function setCommon(db: Connection): void {
  // Cases come from other people: their schema must not call functions, their pages are checked before they are used.
  db.pragma("trusted_schema = OFF");
  db.pragma("cell_size_check = ON");
  db.pragma("foreign_keys = ON");
  db.pragma("recursive_triggers = ON");
  db.pragma("temp_store = MEMORY");
  db.pragma(`cache_size = -${CACHE_KIB}`);
  // A mapped page of a file that shrank, or of a mount that went away, ends the whole process; a read only fails.
  db.pragma("mmap_size = 0");
}

function configured(db: Connection, set: () => void): Connection {
  try {
    set();
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}
