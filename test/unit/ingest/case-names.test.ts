import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isCaseFile, newCaseFile, titleOf } from "../../../src/main/engine/case-names.ts";
import { temporaryFolder } from "../connectors/support.ts";

describe("a case made by dropping", () => {
  it.each([
    [["/dumps/checkout-outage"], "checkout-outage"],
    [["/dumps/app.jsonl.gz"], "app"],
    [["/dumps/checkout-outage.tar.gz"], "checkout-outage"],
    [["/dumps/v1.2.zip"], "v1.2"],
    [["/dumps/v1.2/app.log", "/dumps/v1.2/metrics.csv"], "v1.2"],
    [["/dumps/a/app.log", "/dumps/b/app.log"], "dumps"],
    [["/a.log", "/b.log"], "case"],
    [["/"], "case"],
  ])("of %j is called %s", (paths, title) => {
    expect(titleOf(paths)).toBe(title);
  });

  it("lies in a file of its own, named so that every system takes it", () => {
    const folder = temporaryFolder();
    const now = new Date("2026-03-01T10:00:00Z");
    const first = newCaseFile(folder, "a/b: ünïcode?*", now);
    expect(first).toBe(join(folder, "a-b-ünïcode--2026-03-01T100000.faultline"));
    writeFileSync(first, "");
    expect(newCaseFile(folder, "a/b: ünïcode?*", now)).toBe(join(folder, "a-b-ünïcode--2026-03-01T100000-2.faultline"));
    expect(isCaseFile(first)).toBe(true);
  });
});
