import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../../../src/shared/settings.ts";
import { SETTINGS, checkSetting, type Setting } from "../../../../src/shared/settings/catalogue.ts";
import { settingIn } from "../../../../src/shared/settings/resolve.ts";
import { settingFromText, settingToText, showSetting } from "../../../../src/shared/settings/text.ts";

const each = SETTINGS.map((setting): [string, Setting] => [setting.path, setting]);

describe("the catalogue of settings", () => {
  it.each(each)("holds %s with its default, its range and a sentence", (_, setting) => {
    expect(settingIn(DEFAULT_SETTINGS, setting)).toStrictEqual(setting.default);
    expect(checkSetting(setting, setting.default)).toStrictEqual({ ok: true, value: setting.default });
    expect(setting.note).toMatch(/^[A-Z].*\.$/u);
    expect(setting.range).not.toContain("Infinity");
  });

  it.each(each.filter(([, { kind }]) => kind === "number"))("lets %s be at its bounds and not beyond", (_, setting) => {
    const { min, max } = setting.bounds ?? { min: NaN, max: NaN };
    const accepted = [min, max, min - 1e-6, max + 1e-6, NaN, Infinity].map((value) => checkSetting(setting, value).ok);
    expect(accepted).toStrictEqual([true, true, false, false, false, false]);
  });

  it.each(each)("reads %s back from its text", (_, setting) => {
    expect(settingFromText(setting, settingToText(setting.default))).toStrictEqual(setting.default);
  });

  it.each(["", "1O", "0x10", "1 2", "Infinity", "1,5"])("leaves the text %j as it is, for it is no number", (text) => {
    expect(settingFromText({ kind: "number" }, text)).toBe(text);
  });

  it("is what the manual says", () => {
    const manual = readFileSync(join(import.meta.dirname, "../../../../docs/settings.md"), "utf8");
    const rows = manual
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(rows).toStrictEqual(
      SETTINGS.map(({ path, note, unit, range, environment, ...setting }) => [
        `\`${path}\``,
        note,
        showSetting(setting.default, unit),
        range,
        environment === undefined ? "–" : `\`${environment}\``,
      ]),
    );
  });
});
