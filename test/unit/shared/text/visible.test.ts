import { expect, it } from "vitest";
import { fileName } from "../../../../src/shared/text/path.ts";
import { visibleLine, visibleText } from "../../../../src/shared/text/visible.ts";

it("writes out what would reorder or hide its neighbours", () => {
  expect(visibleLine("user\u202egnp.exe")).toBe("user‹U+202E›gnp.exe");
  expect(visibleLine("a\u200bb\ufeffc")).toBe("a‹U+200B›b‹U+FEFF›c");
});

it("pictures control characters", () => {
  expect(visibleLine("\u0000\u001b[31mred")).toBe("␀␛[31mred");
  expect(visibleLine("bell\u0007\u007f")).toBe("bell␇␡");
});

it("keeps one line on one line", () => expect(visibleLine("at a\r\n\tat b")).toBe("at a↵ ⇥ at b"));

it("keeps the lines of a text, and shows a lone carriage return", () =>
  expect(visibleText("a\r\n\tb\rc")).toBe("a\r\n\tb␍c"));

it("leaves scripts alone that are written from right to left", () => expect(visibleLine("שגיאה 42")).toBe("שגיאה 42"));

it("finds the file in paths of either kind", () => {
  expect(fileName("/srv/dumps/app.jsonl")).toBe("app.jsonl");
  expect(fileName("C:\\dumps\\app.jsonl")).toBe("app.jsonl");
  expect(fileName("/srv/repo/")).toBe("repo");
});
