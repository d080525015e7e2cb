import { describe, expect, it } from "vitest";
import { NamedFiles } from "../../../src/main/ipc/named-files.ts";

const all = { which: "all", sourceId: null } as const;

function guarded(): { named: NamedFiles; calls: ReturnType<NamedFiles["guard"]>; written: string[] } {
  const named = new NamedFiles();
  const written: string[] = [];
  const calls = named.guard({
    "case.copyTo": ({ file }) => Promise.resolve(null).then(() => (written.push(file), null)),
    "deadLetters.export": ({ file }) => Promise.resolve({ letters: written.push(file) }),
  });
  return { named, calls, written };
}

describe("a file that the window wants written", () => {
  it("is written when the person named it, once", async () => {
    const { named, calls, written } = guarded();
    named.add("/home/ada/copy.faultline");
    named.add("/home/ada/letters.jsonl");
    await calls["case.copyTo"]({ file: "/home/ada/copy.faultline" });
    await calls["deadLetters.export"]({ choice: all, file: "/home/ada/letters.jsonl" });
    expect(written).toEqual(["/home/ada/copy.faultline", "/home/ada/letters.jsonl"]);
    await expect(calls["case.copyTo"]({ file: "/home/ada/copy.faultline" })).rejects.toMatchObject({
      failure: { reason: "forbidden" },
    });
  });

  it("is not written when nobody named it", async () => {
    const { named, calls, written } = guarded();
    named.add("/home/ada/letters.jsonl");
    for (const file of ["/home/ada/.bashrc", "/home/ada/letters.jsonl/../.bashrc", ""]) {
      await expect(calls["deadLetters.export"]({ choice: all, file })).rejects.toMatchObject({
        failure: { reason: "forbidden" },
      });
    }
    expect(written).toEqual([]);
  });
});
