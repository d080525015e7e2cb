import { describe, expect, it } from "vitest";
import { checkDraft, draftOf, isFound, isSameDraft } from "../../../../src/renderer/settings/draft.ts";
import { settingAt, type Setting } from "../../../../src/shared/settings/catalogue.ts";

function setting(path: string): Setting {
  const found = settingAt(path);
  if (found === undefined) throw new Error(`no setting ${path}`);
  return found;
}

describe("what is typed into a field of the settings", () => {
  it.each([
    ["retry.maxAttempts", ["5"], 5],
    ["retry.maxAttempts", [" 5 "], 5],
    ["breaker.halfOpenProbability", [".5"], 0.5],
    ["detection.slowTraceMs", ["1", "2.5", "3"], [1, 2.5, 3]],
  ])("is a value of %s: %j", (path, texts, value) => {
    expect(checkDraft(setting(path), texts)).toStrictEqual({ ok: true, value });
  });

  it.each([
    ["retry.maxAttempts", [""]],
    ["retry.maxAttempts", ["5,1"]],
    ["retry.maxAttempts", ["five"]],
    ["retry.maxAttempts", ["11"]],
    ["retry.maxAttempts", ["1.5"]],
    ["detection.slowTraceMs", ["1", "", "3"]],
    ["detection.slowTraceMs", ["1,2", "2", "3"]],
    ["detection.slowTraceMs", ["1", "3", "2"]],
  ])("is refused for %s with its range: %j", (path, texts) => {
    expect(checkDraft(setting(path), texts)).toStrictEqual({ ok: false, why: `It must be ${setting(path).range}.` });
  });

  it("begins as what is saved, and is the same again when that is typed", () => {
    expect(draftOf([1, 1.5, 2])).toStrictEqual(["1", "1.5", "2"]);
    expect(draftOf("UTC")).toStrictEqual(["UTC"]);
    expect([isSameDraft(["1"], ["1"]), isSameDraft(["1"], ["2"]), isSameDraft(["1"], ["1", "2"])]).toStrictEqual([
      true,
      false,
      false,
    ]);
  });

  it("finds a setting by words of its title, its path or its variable, in any order", () => {
    const cooldown = setting("breaker.cooldownSeconds");
    expect(
      ["cooldown", "s CB_COOLDOWN", "resilience breaker", "retry cooldown"].map((typed) => isFound(cooldown, typed)),
    ).toStrictEqual([true, true, true, false]);
  });
});
