import { describe, expect, it } from "vitest";
import {
  levelOfHundreds,
  levelOfOtel,
  levelOfPino,
  levelOfPython,
  levelOfSyslog,
  levelOfWord,
} from "../../../../src/main/engine/formats/support/level.ts";
import { LEVELS, levelName } from "../../../../src/shared/model/level.ts";

const named = (level: number | undefined): string | undefined => (level === undefined ? undefined : levelName(level));

describe("levels", () => {
  it.each([
    ["WARNING", "warn"],
    ["err", "error"],
    ["CRIT", "fatal"],
    ["Emerg", "fatal"],
    ["PANIC", "fatal"],
    ["SEVERE", "error"],
    ["FINE", "debug"],
    ["notice", "info"],
    ["Information", "info"],
    ["DEBUG5", "debug"],
    ["iNfO", "info"],
    ["checkout", undefined],
    ["", undefined],
  ])("reads %j as %s", (word, level) => expect(named(levelOfWord(word))).toBe(level));

  it("reads numbers by their dialect", () => {
    expect([10, 20, 30, 40, 50, 60, 35].map((level) => named(levelOfPino(level)))).toEqual([
      ...LEVELS.slice(1),
      "info",
    ]);
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map((level) => named(levelOfSyslog(level)))).toEqual([
      "fatal",
      "fatal",
      "fatal",
      "error",
      "warn",
      "info",
      "info",
      "debug",
      undefined,
    ]);
    expect([0, 1, 5, 9, 13, 17, 21, 24, 25].map((level) => named(levelOfOtel(level)))).toEqual([
      undefined,
      ...LEVELS.slice(1),
      "fatal",
      undefined,
    ]);
    expect([10, 20, 30, 40, 50].map((level) => named(levelOfPython(level)))).toEqual(LEVELS.slice(2));
    expect([named(levelOfHundreds(400, "monolog")), named(levelOfHundreds(400, "google"))]).toEqual(["error", "warn"]);
  });
});
