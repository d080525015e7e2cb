import { describe, expect, it } from "vitest";
import { TemplateModel } from "../../../src/main/engine/templates/model.ts";
import { parametersOf, typeOf } from "../../../src/main/engine/templates/parameters.ts";
import { skeletonOf } from "../../../src/main/engine/templates/skeletons.ts";

/** The parameters of the first message, with the template that all of them have. */
function parameters(...messages: string[]) {
  const counts = messages.map((message) => ({ skeleton: skeletonOf(message), count: 1 }));
  const model = new TemplateModel(new Map([[1, counts]]));
  const [first = ""] = messages;
  const fit = model.fit(1, skeletonOf(first));
  return fit === undefined ? null : parametersOf(first, fit).map(({ name, value, type }) => [name, value, type]);
}

describe("the parameters of a record", () => {
  it("are the values of its message with the word before each, and their types", () => {
    expect(parameters("job 17 of /var/spool took 12 ms, peer=10.0.0.7:80 (uid=0)")).toEqual([
      ["job", "17", "number"],
      ["of", "/var/spool", "path"],
      ["took", "12 ms", "duration"],
      ["peer", "10.0.0.7:80", "address"],
      ["uid", "0", "number"],
    ]);
  });

  it("hold words that are values, and each of values in a row", () => {
    expect(parameters("user ann sent 3 4", "user bob sent 1 2", "user eve sent 7 7")).toEqual([
      ["user", "ann", "text"],
      ["sent", "3", "number"],
      ["sent", "4", "number"],
    ]);
  });

  it("hold a title of several words, and a list, as one value each", () => {
    const titles = ["Red Shoes", "Intro to Go", "Kids", "The Big Blue Box"];
    expect(parameters(...titles.map((title) => `Course "${title}" published by ann`))).toEqual([
      ["Course", "Red Shoes", "text"],
    ]);
    const names = ["ann", "bob", "eve", "kim"];
    const pairs = names.flatMap((a) => names.map((b) => `${a}, ${b}`));
    const groups = [...pairs, ...pairs.flatMap((pair) => names.map((c) => `${pair}, ${c}`))];
    expect(parameters(...groups.map((members, index) => `group g${index} has members ${members} now`))).toEqual([
      ["group", "g0", "id"],
      ["members", "ann, ann", "text"],
    ]);
  });

  it("leave out the head of the line", () => {
    const lines = ["disk 1 is full", "fan 2 stopped", "link 3 lost", "boot 4 ended"];
    expect(parameters(...lines.map((line, index) => `[worker-${index}] ${line}`))).toEqual([["disk", "1", "number"]]);
  });
});

describe("the type of a value", () => {
  it.each([
    ["17", "number"],
    ["-3.5%", "number"],
    ["0x7f", "number"],
    ["250ms", "duration"],
    ["1.5 GB", "size"],
    ["2026-03-01T10:00:00Z", "time"],
    ["Sat Jun 18 02:08:10 2005", "time"],
    ["10.1.2.3", "address"],
    ["::1", "address"],
    ["fe80:0:0:0:1:2:3:4", "address"],
    ["00:17:21", "time"],
    ["ann@example.org", "address"],
    ["db.internal:5432", "address"],
    ["/var/log/a.log", "path"],
    ["https://a.b/c", "path"],
    ["C:\\temp\\x", "path"],
    ["blk_-123", "id"],
    ["3f2504e0-4f89-11d3-9a0c-0305e82c3301", "id"],
    ["ann", "text"],
    ["", "text"],
  ])("of %j is %s", (value, type) => {
    expect(typeOf(value)).toBe(type);
  });
});
