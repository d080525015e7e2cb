import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { LIBRARY_FILE, openLibrary } from "../../../src/main/engine/store/library.ts";
import { temporaryFolder, T0 } from "./support.ts";

/** As the first Faultline wrote them. */
const MIGRATIONS = join(import.meta.dirname, "../../../src/main/engine/store/library-migrations");
const LIBRARY_APPLICATION_ID = 0x464c5442;

const recent = (file: string, openedAt: number) => ({
  file,
  title: "outage",
  openedAt,
  from: null,
  to: T0,
  records: 3,
  services: ["pay"],
});

describe("the library", () => {
  it("remembers cases, the latest first, and says which of them are still there", () => {
    const folder = temporaryFolder();
    const there = join(folder, "a.faultline");
    writeFileSync(there, "");
    {
      using library = openLibrary(folder);
      library.remember(recent(there, 1));
      library.remember(recent("/nowhere/b.faultline", 2));
      library.remember(recent("/nowhere/c.faultline", 3));
      library.remember(recent(there, 4));
      library.forget("/nowhere/c.faultline");
    }
    using library = openLibrary(folder);
    expect(library.recent()).toStrictEqual([
      { ...recent(there, 4), exists: true },
      { ...recent("/nowhere/b.faultline", 2), exists: false },
    ]);
  });

  it.skipIf(process.platform === "win32")("is for its owner alone, also where an older one was for everybody", () => {
    const folder = join(temporaryFolder(), "new");
    const modes = (): string[] =>
      [folder, join(folder, LIBRARY_FILE)].map((path) => (statSync(path).mode & 0o777).toString(8));
    openLibrary(folder)[Symbol.dispose]();
    expect(modes()).toStrictEqual(["700", "600"]);
    chmodSync(join(folder, LIBRARY_FILE), 0o644);
    openLibrary(folder)[Symbol.dispose]();
    expect(modes()).toStrictEqual(["700", "600"]);
  });

  it("keeps the hundred latest cases", () => {
    using library = openLibrary(temporaryFolder());
    for (let index = 0; index < 103; index += 1) library.remember(recent(`/c${index}`, index));
    expect([library.recent().length, library.recent().at(-1)?.file]).toStrictEqual([100, "/c3"]);
  });

  it("hands over the settings that a library of version 1 kept, once", () => {
    const folder = temporaryFolder();
    const db = new Database(join(folder, LIBRARY_FILE));
    db.exec(readFileSync(join(MIGRATIONS, "0001-library.sql"), "utf8"));
    db.exec(`INSERT INTO settings VALUES (1, '{"assumedZone":"Europe/Berlin"}')`);
    db.pragma(`application_id = ${LIBRARY_APPLICATION_ID}`);
    db.pragma("user_version = 1");
    db.close();
    {
      using library = openLibrary(folder);
      expect(library.formerSettings).toBe('{"assumedZone":"Europe/Berlin"}');
    }
    using library = openLibrary(folder);
    expect(library.formerSettings).toBeNull();
  });

  it("moves a damaged file aside, as often as it happens, and starts anew with a message", () => {
    const folder = temporaryFolder();
    const file = join(folder, LIBRARY_FILE);
    for (const number of [1, 2]) {
      writeFileSync(file, `damage ${number} `.repeat(500));
      using library = openLibrary(folder);
      expect(library.messages).toStrictEqual([expect.stringContaining(`library.damaged-${number}`)]);
      expect(readFileSync(join(folder, `library.damaged-${number}`), "utf8")).toContain(`damage ${number}`);
      library.remember(recent("/a", 1));
      expect(library.recent().length).toBe(1);
    }
  });

  it("leaves one of a newer Faultline as it is and works in memory", () => {
    const folder = temporaryFolder();
    openLibrary(folder)[Symbol.dispose]();
    const db = new Database(join(folder, LIBRARY_FILE));
    db.pragma("user_version = 77");
    db.close();
    const before = readFileSync(join(folder, LIBRARY_FILE));
    using library = openLibrary(folder);
    library.remember(recent("/a", 1));
    expect(library.messages[0]).toContain("newer Faultline");
    expect(readFileSync(join(folder, LIBRARY_FILE)).equals(before)).toBe(true);
  });

  it("works in memory when its folder cannot be made", () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    using library = openLibrary(join(file, "folder"));
    library.remember(recent("/a", 1));
    expect([library.recent().length, library.messages.length, existsSync(file)]).toStrictEqual([1, 1, true]);
  });
});
