// Follows docs/adding-a-format.md word by word: the format, the fixture and the result on that page must work as they stand.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build } from "vite";
import type * as Registry from "../../src/main/engine/formats/registry.ts";
import type * as SampleModule from "../../src/main/engine/formats/sample.ts";
import type * as ParsedJson from "../../src/main/cli/parsed-json.ts";
import { LATEST } from "../../src/shared/units.ts";

const ROOT = join(import.meta.dirname, "../..");
const GUIDE = readFileSync(join(ROOT, "docs/adding-a-format.md"), "utf8");

type Built = typeof Registry & typeof SampleModule & typeof ParsedJson;

/** The one code block of a language. */
function block(language: string): string {
  const found = [...GUIDE.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))];
  expect(found, `code blocks of ${language}`).toHaveLength(1);
  return found[0]?.[1] ?? "";
}

describe("the guide to adding a format", () => {
  const folder = mkdtempSync(join(tmpdir(), "faultline-format-"));
  let built: Built;

  beforeAll(async () => {
    const file = /`(src\/main\/engine\/formats\/[a-z/-]+\.ts)`:/.exec(GUIDE)?.[1] ?? "";
    cpSync(join(ROOT, "src/main"), join(folder, "src/main"), { recursive: true });
    cpSync(join(ROOT, "src/shared"), join(folder, "src/shared"), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
    writeFileSync(join(folder, file), block("ts"));
    writeFileSync(
      join(folder, "entry.ts"),
      ["engine/formats/registry", "engine/formats/sample", "cli/parsed-json"]
        .map((name) => `export * from "./src/main/${name}.ts";`)
        .join("\n"),
    );
    await build({
      root: folder,
      configFile: false,
      logLevel: "error",
      build: {
        ssr: join(folder, "entry.ts"),
        outDir: join(folder, "out"),
        rolldownOptions: { output: { format: "es", entryFileNames: "entry.mjs" } },
      },
    });
    built = (await import(pathToFileURL(join(folder, "out/entry.mjs")).href)) as Built;
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("adds a format that is found and recognised without any other change", () => {
    const choice = built.detectFormat(built.makeSample("unnamed", new TextEncoder().encode(block("text")), true));
    expect(choice.best?.format.id).toBe("pipe-log");
    expect(built.formats.length).toBeGreaterThan(1);
  });

  it("gives the records and dead letters that the page shows", () => {
    const bytes = new TextEncoder().encode(block("text"));
    const format = built.formatById("pipe-log");
    const found: unknown[] = [];
    const counts = { read: 0, skipped: 0 };
    const parser = format?.parser(
      { zone: "UTC", now: LATEST },
      {
        read: (units = 1) => (counts.read += units),
        record: (input, offset, length, line) => {
          const decoded = format.decode(bytes.slice(offset, offset + length), input.context ?? null);
          found.push(built.parsedJson(input, { line, offset, length }, decoded));
        },
        deadLetter: (letter) => found.push(built.deadLetterJson(letter)),
        skip: (_reason, units = 1) => (counts.skipped += units),
        warn: () => undefined,
        tests: () => undefined,
      },
    );
    parser?.push(bytes);
    parser?.end();
    const expected = block("jsonl").trim().split("\n");
    expect(found.map((line) => JSON.parse(JSON.stringify(line)) as unknown)).toEqual(
      expected.map((line) => JSON.parse(line) as unknown),
    );
    expect(found.length + counts.skipped).toBe(counts.read);
  });

  it("needs one line of test", () => {
    expect(block("js").trim()).toBe('testFormat("pipe-log");');
  });
});
