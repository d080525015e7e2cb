// What a case file must be before anything is written to it, and how one is made, brought up to date and copied.
import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { FailureError } from "../../../shared/failure.ts";
import { damagedCase, guarded, notACase } from "./failures.ts";
import { migrate, versionOf, type Migrations } from "./migrate.ts";
import { openInMemory, openReader, openWriter, setWriteAheadLog, type Connection } from "./sqlite.ts";

/** "FLTL" in the header of the file: it tells a case from any other SQLite database. */
const CASE_APPLICATION_ID = 0x464c544c;

/**
 * Tables without which nothing works; they are small, so that they are checked whenever a case is opened. Columns and
 * text are not: the check would follow each of them through all of its pages, a third of a large file and more, and not
 * look at what is in them. Each bears a checksum instead, which is compared whenever it is read.
 */
const CHECKED_TABLES = ["case_info", "source", "segment"] as const;

/** Whether there is something to open. An empty file is none: it is what a dialog or a crash leaves. */
export function hasContent(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) throw new FailureError("unreadable", `${file} is a folder. Name a file.`);
  return stat !== undefined && stat.size > 0;
}

export function checkThere(path: string): void {
  if (!existsSync(path)) throw new FailureError("unreadable", `${path} does not exist. Check the path.`);
}

/** Looks without touching: the file stays as it is, byte for byte, whatever comes out. Answers with its version. */
export function inspectCase(file: string, migrations: Migrations): number {
  return guarded(file, () => {
    checkThere(file);
    if (!hasContent(file)) throw notACase(file, "it is empty");
    const reader = openReader(file);
    try {
      const version = checkHeader(reader, file, migrations);
      checkStructure(reader, file, migrations.slice(0, version));
      return version;
    } finally {
      reader.close();
    }
  });
}

/** Answers with the version, once it is a case and not one from the future. */
export function checkHeader(db: Connection, file: string, migrations: Migrations): number {
  const application = Number(db.pragma("application_id", { simple: true }));
  if (application === 0 && !hasContent(file)) throw notACase(file, "it is empty");
  if (application !== CASE_APPLICATION_ID) throw notACase(file, "it is a database of another program");
  const version = versionOf(db);
  if (version > migrations.length) {
    throw new FailureError(
      "newer-case",
      `${file} was written by a newer Faultline (version ${version} of the case, this one knows ${migrations.length}). ` +
        "Update Faultline to open it; it was left untouched.",
    );
  }
  if (version < 1) throw damagedCase(file, "its version is missing");
  return version;
}

function checkStructure(db: Connection, file: string, migrations: Migrations): void {
  const pages = Number(db.pragma("page_count", { simple: true })) * Number(db.pragma("page_size", { simple: true }));
  const hasLog = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  const { size } = statSync(file);
  if (!hasLog && size < pages) throw damagedCase(file, `it has ${size} bytes of ${pages}; it was cut off`);
  const expected = schemaOf(migrations);
  const found = programsOf(db);
  for (const [name, sql] of found) {
    if (expected.programs.get(name) !== sql)
      throw damagedCase(file, `it holds "${name}", which Faultline did not write`);
  }
  const tables = new Set(tablesOf(db));
  for (const table of expected.tables) {
    if (!tables.has(table)) throw damagedCase(file, `it has no table ${table}`);
  }
  for (const table of CHECKED_TABLES) {
    const problem = String(db.pragma(`quick_check(${table})`, { simple: true }));
    if (problem !== "ok") throw damagedCase(file, problem.replaceAll(/\s+/g, " "));
  }
  if (db.prepare("SELECT 1 FROM case_info").get() === undefined)
    throw damagedCase(file, "it has no title and no revision");
}

interface Schema {
  readonly tables: readonly string[];
  /** SQL of triggers and views by their names. */
  readonly programs: ReadonlyMap<string, string>;
}

const schemas = new Map<string, Schema>();

/** What the migrations make of an empty file. */
function schemaOf(migrations: Migrations): Schema {
  const key = migrations.join("\n");
  const known = schemas.get(key);
  if (known !== undefined) return known;
  const db = openInMemory();
  try {
    migrate(db, migrations);
    const schema = { tables: tablesOf(db), programs: programsOf(db) };
    schemas.set(key, schema);
    return schema;
  } finally {
    db.close();
  }
}

const tablesOf = (db: Connection): readonly string[] =>
  db
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
    .all()
    .map(({ name }) => name);

/** What runs by itself: a case from somebody else could hide work in it. */
const programsOf = (db: Connection): ReadonlyMap<string, string> =>
  new Map(
    db
      .prepare<[], { name: string; sql: string }>(
        `SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')`,
      )
      .all()
      .map(({ name, sql }) => [name, sql]),
  );

/** Made beside its place and moved there whole, so that a crash leaves no half a case. */
export function createCase(file: string, title: string, now: number, migrations: Migrations): void {
  const unfinished = `${file}.new`;
  guarded(file, () => {
    rmSync(unfinished, { force: true });
    const db = openWriter(unfinished, { create: true, readers: false });
    try {
      // Until it has its name nobody counts on it: only the last change waits until all of it is on the disk.
      db.pragma("journal_mode = MEMORY");
      db.pragma("synchronous = OFF");
      db.pragma(`application_id = ${CASE_APPLICATION_ID}`);
      migrate(db, migrations);
      db.prepare<[string, number]>(`INSERT INTO case_info (id, title, revision, created_at) VALUES (1, ?, 1, ?)`).run(
        title,
        now,
      );
      db.pragma("synchronous = FULL");
      setWriteAheadLog(db);
    } finally {
      db.close();
    }
    renameSync(unfinished, file);
  });
}

/** Backs the case up beside itself, then brings it to the newest version. Answers with the backup's path. */
export function upgradeCase(db: Connection, file: string, migrations: Migrations): string | null {
  const version = versionOf(db);
  if (version === migrations.length) return null;
  const backup = freeName(`${file}.v${version}`);
  copyCase(db, backup);
  try {
    migrate(db, migrations);
  } catch (thrown) {
    // Nothing was changed: the copy is of no use, and each attempt would leave another.
    if (versionOf(db) === version) rmSync(backup, { force: true });
    throw wrongTables(thrown) ? damagedCase(file, wrongVersion(version, thrown), thrown) : thrown;
  }
  // The header of the file itself must tell the new version.
  db.pragma("wal_checkpoint(TRUNCATE)");
  return backup;
}

/** Statements that are sound by themselves failed on what they found. */
const wrongTables = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && "code" in thrown && thrown.code === "SQLITE_ERROR";

const wrongVersion = (version: number, { message }: Error): string =>
  `its tables are not those of version ${version} (${message})`;

/** A whole copy in one file, also while the case is written. Never overwrites. */
export function copyCase(db: Connection, target: string): void {
  guarded(target, () => {
    if (existsSync(target)) throw new FailureError("exists", `${target} is there already. Choose another name.`);
    const unfinished = `${target}.partial`;
    rmSync(unfinished, { force: true });
    try {
      db.prepare<[string]>("VACUUM INTO ?").run(unfinished);
      renameSync(unfinished, target);
    } catch (thrown) {
      rmSync(unfinished, { force: true });
      throw thrown;
    }
  });
}

function freeName(stem: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `${stem}.bak` : `${stem}.${number}.bak`;
    if (!existsSync(name)) return name;
  }
}
