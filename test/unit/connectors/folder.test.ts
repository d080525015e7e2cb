import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { located, temporaryFolder } from "./support.ts";

const write = (folder: string, ...names: string[]): void => {
  for (const name of names) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), `${name}\n`);
  }
};

async function walked(folder: string): Promise<{ files: string[]; messages: string[] }> {
  const found = await located([folder]);
  return {
    files: found.flatMap((item) => (item.type === "source" ? [relative(folder, item.opening.path)] : [])),
    messages: found.flatMap((item) => (item.type === "note" ? item.messages : [])),
  };
}

describe("the folder connector", () => {
  it("lists files of all depths in the same order each time, and has nothing to say of a plain folder", async () => {
    const folder = temporaryFolder();
    write(folder, "b.log", "a/z.log", "a/y/deep.log", "B.log", "ä.log");
    expect(await walked(folder)).toEqual({
      files: ["B.log", "a/y/deep.log", "a/z.log", "b.log", "ä.log"],
      messages: [],
    });
  });

  it("skips hidden files and folders, and says which", async () => {
    const folder = temporaryFolder();
    write(folder, "a.log", ".DS_Store", ".cache/b.log", "sub/.hidden");
    expect(await walked(folder)).toEqual({
      files: ["a.log"],
      messages: ["3 hidden entries were skipped: .DS_Store, .cache, sub/.hidden."],
    });
  });

  it("does not follow a link back to a folder above it, and says so", async () => {
    const folder = temporaryFolder();
    write(folder, "sub/a.log");
    symlinkSync("..", join(folder, "sub", "up"));
    symlinkSync(".", join(folder, "here"));
    symlinkSync("self", join(folder, "self"));
    expect(await walked(folder)).toEqual({
      files: ["sub/a.log"],
      messages: ["3 links that lead back to a folder above them were not followed: here, self, sub/up."],
    });
  });

  it("ends when two folders link to each other", async () => {
    const folder = temporaryFolder();
    write(folder, "a/1.log", "b/2.log");
    symlinkSync("../b", join(folder, "a", "to-b"));
    symlinkSync("../a", join(folder, "b", "to-a"));
    const { files, messages } = await walked(folder);
    expect(files).toEqual(["a/1.log", "b/2.log"]);
    expect(messages).toEqual(["2 links to what is read under its own name were not followed: a/to-b, b/to-a."]);
  });

  it("does not leave the folder through a link", async () => {
    const outside = temporaryFolder();
    write(outside, "passwd", "more/x.log");
    const folder = temporaryFolder();
    write(folder, "a.log");
    symlinkSync(join(outside, "passwd"), join(folder, "file"));
    symlinkSync(join(outside, "more"), join(folder, "more"));
    symlinkSync(join(outside, "none"), join(folder, "none"));
    expect(await walked(folder)).toEqual({
      files: ["a.log"],
      messages: [
        "2 links that lead outside of the folder were skipped: file, more.",
        "1 link that leads nowhere was skipped: none.",
      ],
    });
  });

  it("reads what only a link makes visible, as in a mounted Kubernetes volume, once", async () => {
    const folder = temporaryFolder();
    write(folder, "..2026_03_01/app.log");
    symlinkSync("..2026_03_01", join(folder, "..data"));
    symlinkSync("..data/app.log", join(folder, "app.log"));
    symlinkSync("..data/app.log", join(folder, "same.log"));
    const { files, messages } = await walked(folder);
    expect(files).toEqual(["app.log"]);
    expect(messages).toContain("1 link to what is read under its own name was not followed: same.log.");
  });

  it("names ten of many skipped entries", async () => {
    const folder = temporaryFolder();
    write(folder, "a.log", ...Array.from({ length: 12 }, (_, index) => `.h${String(index).padStart(2, "0")}`));
    expect((await walked(folder)).messages[0]).toMatch(/^12 hidden entries .*\.h09 and 2 more\.$/u);
  });

  it("says that a folder is empty", async () => {
    expect(await walked(temporaryFolder())).toEqual({
      files: [],
      messages: ["The folder holds no file that could be read."],
    });
  });

  it("reads everything where git cannot tell what is its own, and says so", async () => {
    const folder = temporaryFolder();
    write(folder, "app.log", ".git/what is no repository");
    const { files, messages } = await walked(folder);
    expect(files).toEqual(["app.log"]);
    expect(messages).toEqual([
      expect.stringMatching(/^Git could not tell which files of faultline-test-\S+ are its own: all are read\.$/u),
    ]);
  });
});
