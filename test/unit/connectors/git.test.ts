import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { bytesOf, contextOf, located, onlySource, temporaryFolder } from "./support.ts";

const git = (folder: string, ...args: string[]): string =>
  execFileSync(
    "git",
    ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main", ...args],
    {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        GIT_AUTHOR_DATE: "2026-03-01T10:00:00+02:00",
        GIT_COMMITTER_DATE: "2026-03-01T10:00:00+02:00",
      },
    },
  );

function repository(): string {
  const folder = temporaryFolder();
  git(folder, "init", "-q");
  writeFileSync(join(folder, "pool.ts"), "export const size = 5;\n");
  git(folder, "add", "pool.ts");
  git(folder, "commit", "-q", "-m", "Shrink the pool");
  return folder;
}

describe("the git connector", () => {
  it("offers the history of a folder that is a repository, beside the files that git does not track", async () => {
    const folder = repository();
    writeFileSync(join(folder, "dump.jsonl"), "{}\n");
    const found = await located([folder]);
    expect(found.map((item) => [item.connector, item.type === "source" && item.opening.format])).toEqual([
      ["git", "git-log"],
      ["file", null],
      ["folder", false],
    ]);
    const note = found.find((item) => item.type === "note");
    expect(note?.messages).toEqual([
      "1 file that git tracks was not read beside its history (open its folder to read it): pool.ts.",
    ]);
  });

  it("leaves out the folders that git ignores, and reads a log that it ignores", async () => {
    const folder = repository();
    writeFileSync(join(folder, ".gitignore"), "node_modules/\n*.log\n");
    mkdirSync(join(folder, "node_modules", "left-pad"), { recursive: true });
    writeFileSync(join(folder, "node_modules", "left-pad", "package.json"), "{}\n");
    writeFileSync(join(folder, "app.log"), "2026-03-17T13:00:00Z INFO ready\n");
    const found = await located([folder]);
    expect(found.flatMap((item) => (item.type === "source" ? [item.opening.path] : []))).toEqual([
      join(folder, ".git"),
      join(folder, "app.log"),
    ]);
    const note = found.find((item) => item.type === "note");
    expect(note?.messages.join("\n")).toContain(
      "1 folder that git ignores was not read beside the history (open it to read it): node_modules.",
    );
  });

  it("reads tracked files when their own folder is opened", async () => {
    const folder = repository();
    mkdirSync(join(folder, "dumps"));
    writeFileSync(join(folder, "dumps", "app.jsonl"), "{}\n");
    git(folder, "add", "dumps");
    expect((await located([join(folder, "dumps")])).map((item) => item.connector)).toEqual(["file"]);
  });

  it("gives commits with their time, author, message and files", async () => {
    const { opening } = await onlySource(join(repository(), ".git"));
    const log = (await bytesOf(opening.chunks(contextOf()))).toString();
    expect(log).toMatch(/^commit [0-9a-f]{40}\nAuthor: Ada <ada@example\.org>\nDate: +2026-03-01T10:00:00\+02:00\n/u);
    expect(log).toContain("    Shrink the pool\n");
    expect(log).toMatch(/^pool\.ts$/mu);
  });

  it("has the newest commit as its identity", async () => {
    const folder = repository();
    const before = (await onlySource(join(folder, ".git"))).opening.identity;
    git(folder, "commit", "-q", "--allow-empty", "-m", "Second");
    const { opening } = await onlySource(join(folder, ".git"));
    expect(opening.identity).toBe(`commit:${git(folder, "rev-parse", "HEAD").trim()}`);
    expect(opening.identity).not.toBe(before);
  });

  it("reads a repository without a work tree", async () => {
    const bare = join(temporaryFolder(), "shop.git");
    git(repository(), "clone", "-q", "--bare", ".", bare);
    const { connector, opening } = await onlySource(bare);
    expect(connector).toBe("git");
    expect((await bytesOf(opening.chunks(contextOf()))).toString()).toContain("Shrink the pool");
  });

  it("starts nothing that the repository's configuration names", async () => {
    const folder = repository();
    const mark = join(folder, "started");
    for (const key of ["core.fsmonitor", "core.pager", "diff.external", "core.sshCommand", "gpg.program"])
      git(folder, "config", key, `touch ${mark};`);
    git(folder, "config", "log.showSignature", "true");
    const { opening } = await onlySource(join(folder, ".git"));
    await bytesOf(opening.chunks(contextOf()));
    expect(existsSync(mark)).toBe(false);
  });

  it("says that a repository has no commits", async () => {
    const folder = temporaryFolder();
    git(folder, "init", "-q");
    const [first] = await located([join(folder, ".git")]);
    expect(first).toMatchObject({ type: "failure", connector: "git", failure: { reason: "no-commits" } });
  });

  it("says that git is missing", async () => {
    const folder = repository();
    const path = process.env["PATH"];
    onTestFinished(() => void (process.env["PATH"] = path));
    const empty = join(temporaryFolder(), "bin");
    mkdirSync(empty);
    process.env["PATH"] = empty;
    const [first] = await located([join(folder, ".git")]);
    expect(first).toMatchObject({ type: "failure", connector: "git", failure: { reason: "git-missing" } });
  });
});
