// Numbered SQL files bring a database to the newest version, one transaction each; `user_version` says where it stands.
import type { Connection } from "./sqlite.ts";

/** The SQL of version `index + 1`. */
export type Migrations = readonly string[];

/** From files named "0001-what.sql"; throws when a number is missing or taken twice. */
export function numberedMigrations(files: Readonly<Record<string, string>>): Migrations {
  const named = Object.entries(files)
    .map(([path, sql]) => ({ name: path.split("/").at(-1) ?? path, sql }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  named.forEach(({ name }, index) => {
    if (Number.parseInt(name, 10) !== index + 1) throw new Error(`${name} is not migration ${index + 1}`);
  });
  return named.map(({ sql }) => sql);
}

export function versionOf(db: Connection): number {
  return Number(db.pragma("user_version", { simple: true }));
}

export function migrate(db: Connection, migrations: Migrations): void {
  for (const [index, sql] of migrations.entries()) {
    db.transaction(() => {
      if (versionOf(db) !== index) return;
      db.exec(sql);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  }
}
