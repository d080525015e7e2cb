import { Flag } from "lucide-react";
import { expect, it } from "vitest";
import { ordered } from "../../../../src/renderer/views/registry.ts";
import { defineView, type View } from "../../../../src/renderer/views/view.ts";

const view = (id: string, place: number): View =>
  defineView({ id, title: id, icon: Flag, place, component: () => null });

it("orders views by their place", () => {
  expect(ordered([view("notes", 6), view("start", 0), view("timeline", 1)]).map(({ id }) => id)).toEqual([
    "start",
    "timeline",
    "notes",
  ]);
});

it("refuses two views of one name or place", () => {
  expect(() => ordered([view("notes", 1), view("notes", 2)])).toThrow("notes");
  expect(() => ordered([view("notes", 1), view("traces", 1)])).toThrow("place 1");
});
