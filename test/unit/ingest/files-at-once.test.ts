/** Many files in one call: whatever is not as it should be is left to be asked for by itself. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { lookAtFiles, readFiles } from "../../../src/main/engine/ingest/files/small-files.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "faultline-files-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  writeFileSync(join(path, "a.log"), "first\n");
  writeFileSync(join(path, "b.log"), "x".repeat(2_000));
  mkdirSync(join(path, "c.log"));
  symlinkSync("a.log", join(path, "d.log"));
  return path;
}

describe("many files at once", () => {
  it("are looked at as one by one, and what is no file is left out", () => {
    const path = folder();
    const { files } = lookAtFiles(["a.log", "b.log", "c.log", "d.log", "gone"].map((name) => join(path, name)));
    expect(files.map((file) => file && [file.size, Buffer.from(file.head).toString()])).toEqual([
      [6n, "first\n"],
      [2_000n, "x".repeat(512)],
      null,
      [6n, "first\n"],
      null,
    ]);
  });

  it("are read as long as they were, each in a place of its own", () => {
    const path = folder();
    const wanted = [
      { path: join(path, "a.log"), bytes: 6 },
      { path: join(path, "gone"), bytes: 30 },
      { path: join(path, "b.log"), bytes: 2_000 },
      { path: join(path, "c.log"), bytes: 5 },
      { path: join(path, "d.log"), bytes: 6 },
    ];
    const read = () => readFiles(wanted).files.map((bytes) => bytes && Buffer.from(bytes).toString());
    expect(read()).toEqual(["first\n", null, "x".repeat(2_000), null, "first\n"]);
    appendFileSync(join(path, "a.log"), "more\n");
    expect(read()).toEqual([null, null, "x".repeat(2_000), null, null]);
    writeFileSync(join(path, "b.log"), "cut");
    expect(read()[2]).toBe(null);
  });
});
