import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { treeHash } from "../../../scripts/build/stale.mjs";

describe("the hash of a tree of sources", () => {
  let root: string;
  const hash = (): string => treeHash(root, ["src", "package.json", "absent.json"]);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "faultline-hash-"));
    mkdirSync(join(root, "src", "deep"), { recursive: true });
    writeFileSync(join(root, "src", "deep", "a.ts"), "export const a = 1;\n");
    writeFileSync(join(root, "package.json"), "{}\n");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("stays when only times change, as after a fresh clone", () => {
    const before = hash();
    utimesSync(join(root, "src", "deep", "a.ts"), 1, 1);
    expect(hash()).toBe(before);
  });

  it("changes with a byte", () => {
    const before = hash();
    writeFileSync(join(root, "src", "deep", "a.ts"), "export const a = 2;\n");
    expect(hash()).not.toBe(before);
  });

  it("changes with a name", () => {
    const before = hash();
    renameSync(join(root, "src", "deep", "a.ts"), join(root, "src", "deep", "b.ts"));
    expect(hash()).not.toBe(before);
  });

  it("changes when an absent file appears", () => {
    const before = hash();
    writeFileSync(join(root, "absent.json"), "");
    expect(hash()).not.toBe(before);
  });
});
