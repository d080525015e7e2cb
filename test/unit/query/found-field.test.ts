import { expect, it } from "vitest";
import { foundField } from "../../../src/main/engine/query/found-field.ts";
import type { FieldValue } from "../../../src/shared/model/record.ts";
import { searchedIn } from "../../../src/shared/query/searched.ts";

const found = (filter: string, message: string, ...fields: (readonly [string, FieldValue])[]) =>
  foundField({ message, fields }, message, searchedIn(filter));

it("names the field that holds what was searched where the message does not", () => {
  expect(found("4f2a", "order taken", ["sku", "b-7"], ["order", "x-4F2A-9"])).toEqual({
    field: "order",
    text: "x-4F2A-9",
  });
  expect(found("503", "done", ["status", 503])).toEqual({ field: "status", text: "503" });
  expect(found("/id-[0-9]+/", "done", ["request", "id-77"])).toEqual({ field: "request", text: "id-77" });
});

it("says nothing where the message shows it, nothing was searched, or no field holds it alone", () => {
  expect(found("order", "order taken", ["order", "4f2a"])).toBeUndefined();
  expect(found("level>=error -order", "done", ["order", "4f2a"])).toBeUndefined();
  expect(found('"status:503"', "done", ["status", 503])).toBeUndefined();
});

it("shows a long value around its hit, in whole letters", () => {
  const text = found("needle", "done", ["body", `${"🔥".repeat(50)}needle${"🔥".repeat(100)}`])?.text ?? "";
  expect(text).toMatch(/^….*needle.*…$/u);
  expect(text.length).toBeLessThan(170);
  expect(text.isWellFormed()).toBe(true);
});
