// One process writes a case. The lock is SQLite's own on an empty file beside the case, so that the system gives it back
// when its holder is killed, on every platform.
import { existsSync, rmSync } from "node:fs";
import Database from "better-sqlite3";
import { caseInUse } from "./failures.ts";
import { nativeBindingOption } from "./native-binding.ts";

const TRIES = 10;

/** Fails with "case-in-use" while another writer, of this process or another, has the case open. */
export function lockCase(file: string): Disposable {
  const path = `${file}-lock`;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const db = new Database(path, { timeout: 0, ...nativeBindingOption() });
    try {
      db.pragma("locking_mode = EXCLUSIVE");
      db.exec("BEGIN EXCLUSIVE");
    } catch (thrown) {
      db.close();
      if (thrown instanceof Database.SqliteError && thrown.code.startsWith("SQLITE_BUSY"))
        throw caseInUse(file, thrown);
      throw thrown;
    }
    // Whoever held it before may have removed the file between our opening and our locking it.
    if (existsSync(path)) return { [Symbol.dispose]: () => release(db, path) };
    db.close();
  }
  throw caseInUse(file);
}

/** Removed while it is still locked, so that nobody else holds it; Windows removes only what is closed. */
function release(db: Database.Database, path: string): void {
  if (removed(path)) db.close();
  else {
    db.close();
    removed(path);
  }
}

function removed(path: string): boolean {
  try {
    rmSync(path);
    return true;
  } catch {
    return false;
  }
}
