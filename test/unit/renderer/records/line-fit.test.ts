import { describe, expect, it } from "vitest";
import { aroundMark, wrappedLines } from "../../../../src/renderer/records/line-fit.ts";
import { marked } from "../../../../src/shared/query/searched.ts";

describe("a wrapped message", () => {
  it("breaks at any letter, and where it breaks itself", () => {
    expect(wrappedLines("", 10, 8)).toBe(1);
    expect(wrappedLines("x".repeat(10), 10, 8)).toBe(1);
    expect(wrappedLines("x".repeat(11), 10, 8)).toBe(2);
    expect(wrappedLines("no stock\n  at a\n\n  at b", 10, 8)).toBe(4);
  });

  it("counts wide letters as two columns, which do not part", () => {
    expect(wrappedLines("数据库连接", 10, 8)).toBe(1);
    expect(wrappedLines("x数据库连接", 10, 8)).toBe(2);
    expect(wrappedLines("e\u0301".repeat(10), 10, 8)).toBe(1);
  });

  it("ends at as many lines as a row has", () => {
    expect(wrappedLines("x".repeat(1_000_000), 10, 8)).toBe(8);
    expect(wrappedLines("\n".repeat(1_000), 10, 8)).toBe(8);
    expect(wrappedLines("x", 0, 8)).toBe(1);
  });
});

describe("what was searched beyond the edge of a row", () => {
  const shown = (message: string, text: string, columns: number): string =>
    aroundMark(marked(message, { texts: [text], expressions: [] }), columns)
      .map((part) => (part.marked ? `[${part.text}]` : part.text))
      .join("");
  const far = `${"before ".repeat(10)}needle${" after".repeat(10)}`;

  it("is shown with what stands around it", () => {
    expect(shown(far, "needle", 30)).toBe(`…re before [needle]${" after".repeat(10)}`);
    expect(shown(`${"before ".repeat(10)}needle`, "needle", 30)).toBe("…e before before before [needle]");
  });

  it("leaves alone what is seen anyway", () => {
    expect(shown("a needle", "needle", 30)).toBe("a [needle]");
    expect(shown(`a needle${" after".repeat(10)}`, "needle", 30)).toBe(`a [needle]${" after".repeat(10)}`);
    expect(shown(far, "nothing", 30)).toBe(far);
    expect(shown(far, "needle", 200)).toContain("before before before before before before before before");
  });

  it("shows the beginning of one that is longer than the row", () => {
    expect(shown(`${"x".repeat(50)}${"y".repeat(50)}zz`, "y".repeat(50), 30)).toBe(`…xx[${"y".repeat(50)}]zz`);
  });

  it("cuts no letter in half", () => {
    for (const before of ["", "x"]) {
      const text = shown(`${before}${"🔥".repeat(40)}needle`, "needle", 40);
      expect(text.isWellFormed()).toBe(true);
      expect(text).toContain("[needle]");
    }
  });

  it("keeps a second hit marked", () => {
    expect(shown(`${"x".repeat(50)}ab${"x".repeat(5)}ab`, "ab", 30)).toBe("…xxxxxxxxxxxxxxxxxxxx[ab]xxxxx[ab]");
  });
});
