import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { CASE_MIGRATIONS } from "../../../src/main/engine/store/case-migrations.ts";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import { openCaseWriter } from "../../../src/main/engine/store/open-case-writer.ts";
import { numberedMigrations } from "../../../src/main/engine/store/migrate.ts";
import { batchOf, failureOf, newCase, newSource, temporaryFolder } from "./support.ts";

/** A closed case with some records, changed by somebody else. */
function caseChangedBy(change: (file: string) => void): string {
  const { file, writer } = newCase();
  const { sourceId } = writer.addSource(newSource());
  writer.commit(batchOf(sourceId, 20_000));
  writer[Symbol.dispose]();
  change(file);
  return file;
}

const sql = (statements: string) => (file: string) => {
  const db = new Database(file);
  db.unsafeMode();
  db.exec(statements);
  db.close();
};

function fileOf(bytes: Uint8Array): string {
  const file = join(temporaryFolder(), "some.faultline");
  writeFileSync(file, bytes);
  return file;
}

function foreign(): string {
  const file = join(temporaryFolder(), "places.faultline");
  sql("CREATE TABLE places (url TEXT)")(file);
  return file;
}

describe("a file that is no sound case", () => {
  it.each<[string, string, RegExp, () => string]>([
    ["an empty file", "not-a-case", /it is empty/, () => fileOf(new Uint8Array())],
    [
      "random bytes",
      "not-a-case",
      /it is not a database/,
      () => fileOf(crypto.getRandomValues(new Uint8Array(60_000))),
    ],
    ["a database of another program", "not-a-case", /another program/, foreign],
    [
      "a case from the future",
      "newer-case",
      /newer Faultline \(version 99/,
      () => caseChangedBy(sql("PRAGMA user_version = 99")),
    ],
    [
      "a case that was cut off",
      "damaged-case",
      /cut off|malformed/,
      () => caseChangedBy((file) => truncateSync(file, 40_000)),
    ],
    [
      "a case without a table",
      "damaged-case",
      /no table trace_service/,
      () => caseChangedBy(sql("DROP TABLE trace_service")),
    ],
    ["a case without its title", "damaged-case", /no title/, () => caseChangedBy(sql("DELETE FROM case_info"))],
    [
      "a case with a trigger of somebody else",
      "damaged-case",
      /"spy", which Faultline did not write/,
      () => caseChangedBy(sql("CREATE TRIGGER spy AFTER INSERT ON source BEGIN DELETE FROM event; END")),
    ],
    [
      "a case with overwritten pages",
      "damaged-case",
      /is damaged/,
      () =>
        caseChangedBy((file) => {
          const bytes = readFileSync(file);
          bytes.fill(0x5a, 8_192, 60_000);
          writeFileSync(file, bytes);
        }),
    ],
  ])("is refused by name and left untouched: %s", (_, reason, message, make) => {
    const file = make();
    const before = readFileSync(file);
    const failure = failureOf(() => openCaseWriter({ file, create: false, title: "" }));
    expect(failure).toMatchObject({ reason, message: expect.stringMatching(message) });
    expect(failure.message).toContain(file);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(existsSync(`${file}-lock`)).toBe(false);
  });

  it.each<[string, RegExp, () => string]>([
    ["a folder", /is a folder/, temporaryFolder],
    ["a file that is not there", /does not exist/, () => join(temporaryFolder(), "none.faultline")],
    ["a file in a folder that is not there", /does not exist/, () => join(temporaryFolder(), "a", "b.faultline")],
  ])("cannot be read: %s", (_, message, make) => {
    const file = make();
    const failure = failureOf(() => openCaseWriter({ file, create: false, title: "" }));
    expect(failure).toMatchObject({ reason: "unreadable", message: expect.stringMatching(message) });
    expect(failureOf(() => openCaseReader(file)).reason).toBe("unreadable");
  });

  it("is refused by a reader as by a writer", () => {
    expect(failureOf(() => openCaseReader(foreign())).reason).toBe("not-a-case");
    expect(failureOf(() => openCaseReader(fileOf(new Uint8Array())))).toMatchObject({
      reason: "not-a-case",
      message: expect.stringContaining("it is empty"),
    });
    const newer = caseChangedBy(sql("PRAGMA user_version = 99"));
    expect(failureOf(() => openCaseReader(newer)).reason).toBe("newer-case");
  });

  it("does not take a foreign file for a place to make a case", () => {
    const file = foreign();
    const before = readFileSync(file);
    expect(() => openCaseWriter({ file, create: true, title: "x" })).toThrow(/another program/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it.skipIf(!existsSync("/proc"))("says that a folder cannot be written", () => {
    const file = join("/proc", "outage.faultline");
    expect(() => openCaseWriter({ file, create: true, title: "x" })).toThrow(
      /cannot be opened .* permissions on its folder/,
    );
  });
});

describe("a case whose columns are damaged", () => {
  it("opens without a look at them, and names the damage when they are read", () => {
    const file = caseChangedBy((path) => {
      const db = new Database(path, { readonly: true });
      const { data } = db.prepare("SELECT data FROM segment_column WHERE name = 'offset'").get() as { data: Buffer };
      db.close();
      const bytes = readFileSync(path);
      const page = Math.floor(bytes.indexOf(data.subarray(-64)) / 8_192);
      writeFileSync(path, bytes.fill(0xff, page * 8_192, (page + 1) * 8_192));
    });
    using writer = openCaseWriter({ file, create: false, title: "" });
    expect(writer.sources()[0]?.records).toBe(20_000);
    using reader = openCaseReader(file);
    const failure = failureOf(() => reader.columns(1));
    expect(failure.reason).toBe("damaged-case");
    expect(failure.message).toContain(`${file} is damaged`);
  });
});

describe("migrations", () => {
  const next = [...CASE_MIGRATIONS, "ALTER TABLE case_info ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'"];

  it("back an older case up beside it before they change it", () => {
    const file = caseChangedBy(() => {});
    const before = readFileSync(file);
    {
      using writer = openCaseWriter({ file, create: false, title: "" }, next);
      expect(writer.backup).toBe(`${file}.v${CASE_MIGRATIONS.length}.bak`);
      expect(writer.db.prepare("SELECT mood FROM case_info").get()).toStrictEqual({ mood: "calm" });
    }
    using backup = openCaseReader(`${file}.v${CASE_MIGRATIONS.length}.bak`);
    expect([backup.title(), backup.sources()[0]?.records]).toStrictEqual(["checkout outage", 20_000]);
    expect(readFileSync(file).equals(before)).toBe(false);
    expect(() => openCaseReader(file)).toThrow(new RegExp(`newer Faultline \\(version ${next.length}`, "u"));
    using again = openCaseWriter({ file, create: false, title: "" }, next);
    expect(again.backup).toBeNull();
  });

  it("leave nothing of one that fails, and keep those before it", () => {
    const file = caseChangedBy(() => {});
    const failing = [...next, "CREATE TABLE half (a TEXT) STRICT; INSERT INTO nowhere VALUES (1)"];
    expect(() => openCaseWriter({ file, create: false, title: "" }, failing)).toThrow(/no such table/);
    using writer = openCaseWriter({ file, create: false, title: "" }, next);
    expect(writer.db.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
  });

  it("call a case damaged whose tables are not those of its version, and leave no copy of it behind", () => {
    const file = caseChangedBy(sql("PRAGMA user_version = 1"));
    const open = () => openCaseWriter({ file, create: false, title: "" });
    for (const failure of [failureOf(open), failureOf(open)]) {
      expect(failure.reason).toBe("damaged-case");
      expect(failure.message).toMatch(/is damaged: its tables are not those of version 1 \(.*duplicate column/u);
    }
    expect(readdirSync(dirname(file)).filter((name) => name.endsWith(".bak"))).toEqual([]);
    const left = new Database(file, { readonly: true });
    expect(left.pragma("user_version", { simple: true })).toBe(1);
    left.close();
  });

  it("are numbered without a gap", () => {
    expect(numberedMigrations({ "./m/0002-b.sql": "B", "./m/0001-a.sql": "A" })).toStrictEqual(["A", "B"]);
    expect(() => numberedMigrations({ "./m/0001-a.sql": "A", "./m/0003-c.sql": "C" })).toThrow(
      /0003-c.sql is not migration 2/,
    );
  });
});
