import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { createServer } from "node:net";
import { join, relative } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { FailureError } from "../../../src/shared/failure.ts";
import { NO_ACCESS } from "../../../src/shared/run.ts";
import { bytesOf, contextOf, gathered, located, onlySource, temporaryFolder } from "./support.ts";

const failureOf = async (path: string): Promise<string> => {
  const [first] = await located([path]);
  return first?.type === "failure" ? `${first.failure.reason}: ${first.failure.message}` : "no failure";
};

describe("the file connector", () => {
  it("gives the bytes of a file in chunks, and how far it has read", async () => {
    const path = join(temporaryFolder(), "app.log");
    const content = Buffer.alloc(3_000_000, "one line of a log\n");
    writeFileSync(path, content);
    const { connector, opening } = await onlySource(path);
    const chunks = await gathered(opening.chunks(contextOf()));
    expect(connector).toBe("file");
    expect(opening.bytes).toBe(3_000_000);
    expect(Buffer.concat(chunks.map((chunk) => chunk.bytes)).equals(content)).toBe(true);
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.at(-1)?.bytesRead).toBe(3_000_000);
  });

  it("closes a file that was opened in the moment in which the call was given up", async () => {
    const path = join(temporaryFolder(), "app.log");
    writeFileSync(path, "a\n");
    const { opening } = await onlySource(path);
    const handles: FileHandle[] = [];
    const givenUp = contextOf(async (_call, action, signal) => {
      const answer: unknown = await action(signal, NO_ACCESS);
      handles.push((answer as { readonly handle: FileHandle }).handle);
      throw new FailureError("cancelled", "The import was cancelled.");
    });
    await expect(gathered(opening.chunks(givenUp))).rejects.toThrow("cancelled");
    expect(handles).toHaveLength(1);
    await vi.waitFor(() => expect(handles.map(({ fd }) => fd)).toEqual([-1]));
  });

  it("has another identity once the file was changed", async () => {
    const path = join(temporaryFolder(), "app.log");
    writeFileSync(path, "a\n");
    const before = (await onlySource(path)).opening.identity;
    expect((await onlySource(path)).opening.identity).toBe(before);
    appendFileSync(path, "b\n");
    expect((await onlySource(path)).opening.identity).not.toBe(before);
  });

  it("reads a file that grows as it was when it was opened, and says so", async () => {
    const path = join(temporaryFolder(), "app.log");
    writeFileSync(path, Buffer.alloc(300_000, "a"));
    const context = contextOf();
    let bytes = 0;
    for await (const chunk of (await onlySource(path)).opening.chunks(context)) {
      if (bytes === 0) appendFileSync(path, "more\n");
      bytes += chunk.bytes.byteLength;
    }
    expect(bytes).toBe(300_000);
    expect(context.said).toEqual(["The file grew by 5 bytes while it was read; add it again to read the rest."]);
  });

  it("keeps what was there of a file that is truncated while it is read, and says so", async () => {
    const path = join(temporaryFolder(), "app.log");
    writeFileSync(path, Buffer.alloc(3_000_000, "a"));
    const context = contextOf();
    let bytes = 0;
    for await (const chunk of (await onlySource(path)).opening.chunks(context)) {
      if (bytes === 0) truncateSync(path, 10);
      bytes += chunk.bytes.byteLength;
    }
    expect(bytes).toBe(262_144);
    expect(context.said).toEqual([
      "The file was cut to 262144 of 3000000 bytes while it was read; what was there is kept.",
    ]);
  });

  it("says that a file is not there, or has vanished since it was found", async () => {
    const path = join(temporaryFolder(), "gone.log");
    expect(await failureOf(path)).toMatch(/^not-found: .*gone\.log: there is no such file/u);
    writeFileSync(path, "a\n");
    const { opening } = await onlySource(path);
    unlinkSync(path);
    await expect(bytesOf(opening.chunks(contextOf()))).rejects.toThrow(/gone\.log: there is no such file/u);
  });

  it.skipIf(process.getuid?.() === 0)("says that a file may not be read", async () => {
    const path = join(temporaryFolder(), "secret.log");
    writeFileSync(path, "a\n");
    chmodSync(path, 0);
    expect(await failureOf(path)).toMatch(/^unreadable: .*secret\.log: you may not read it/u);
  });

  it.skipIf(process.platform === "win32")(
    "refuses a pipe, a socket and a device instead of waiting for them",
    async () => {
      const folder = temporaryFolder();
      execFileSync("mkfifo", [join(folder, "pipe")]);
      const server = createServer().listen(join(folder, "socket"));
      onTestFinished(() => void server.close());
      await new Promise((resolve) => server.once("listening", resolve));
      expect(await failureOf(join(folder, "pipe"))).toMatch(/^not-a-file: .* is a named pipe/u);
      expect(await failureOf(join(folder, "socket"))).toMatch(/^not-a-file: .* is a socket/u);
      expect(await failureOf("/dev/zero")).toMatch(/^not-a-file: .* is a device/u);
    },
  );

  it("stops when it is cancelled", async () => {
    const path = join(temporaryFolder(), "app.log");
    writeFileSync(path, Buffer.alloc(3_000_000, "a"));
    const context = contextOf();
    const reading = (async () => {
      for await (const _ of (await onlySource(path)).opening.chunks(context)) context.cancel();
    })();
    await expect(reading).rejects.toThrow("cancelled");
  });
});

describe("paths", () => {
  it("are read once, however often and by whichever name they are given", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "dumps"));
    writeFileSync(join(folder, "dumps", "a.log"), "a\n");
    symlinkSync(join(folder, "dumps", "a.log"), join(folder, "link.log"));
    linkSync(join(folder, "dumps", "a.log"), join(folder, "hard.log"));
    const found = await located([
      join(folder, "dumps"),
      join(folder, "dumps", "a.log"),
      join(folder, "dumps"),
      join(folder, "link.log"),
      join(folder, "hard.log"),
      relative(process.cwd(), join(folder, "dumps", "a.log")),
    ]);
    const messages = [`This is ${join(folder, "dumps", "a.log")} under another name; it is read once.`];
    expect(found).toMatchObject([
      { type: "source" },
      { type: "note", path: join(folder, "link.log"), messages },
      { type: "note", path: join(folder, "hard.log"), messages },
    ]);
  });

  it("go on after one that cannot be read", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.log"), "a\n");
    const found = await located([join(folder, "none"), join(folder, "a.log")]);
    expect(found.map((item) => item.type)).toEqual(["failure", "source"]);
  });
});
