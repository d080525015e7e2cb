import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  columnsFor,
  resetColumns,
  setColumnWidth,
  showColumn,
  toggleColumn,
  UNCHOSEN,
  useColumns,
} from "../../../../src/renderer/records/columns.ts";

describe("the columns of the list", () => {
  it.each([
    [1_200, "var(--time-column) 42px minmax(0, 148px) minmax(120px, 1fr) minmax(0, 150px)"],
    [600, "var(--time-column) 42px minmax(0, 116px) minmax(120px, 1fr)"],
    [480, "var(--time-column) 12px minmax(0, 116px) minmax(120px, 1fr)"],
    [300, "var(--time-column) 12px minmax(120px, 1fr)"],
  ])("leave the message its room where the list is %i pixels wide", (room, template) => {
    expect(columnsFor(room, UNCHOSEN).template).toBe(template);
  });

  it("are those that a person chose, however narrow the list is", () => {
    const choices = {
      level: { shown: false, width: null },
      service: { shown: null, width: 200 },
      source: { shown: true, width: null },
    };
    expect(columnsFor(300, choices).template).toBe("var(--time-column) minmax(120px, 1fr) minmax(0, 150px)");
    expect(columnsFor(1_200, choices).template).toBe(
      "var(--time-column) minmax(0, 200px) minmax(120px, 1fr) minmax(0, 150px)",
    );
  });
});

describe("a choice of columns", () => {
  const kept = new Map<string, string>();
  beforeEach(() => {
    vi.stubGlobal("localStorage", { setItem: (key: string, value: string) => kept.set(key, value) });
    resetColumns();
    useColumns.setState({ room: 600 });
  });
  afterEach(() => vi.unstubAllGlobals());

  const shown = (id: "level" | "service" | "source"): boolean =>
    columnsFor(useColumns.getState().room, useColumns.getState().choices).visible[id];

  it("turns around what is on screen, and is given back to the list", () => {
    toggleColumn("source");
    toggleColumn("service");
    expect([shown("source"), shown("service")]).toEqual([true, false]);
    toggleColumn("source");
    expect(shown("source")).toBe(false);
    resetColumns();
    useColumns.setState({ room: 1_200 });
    expect([shown("source"), shown("service")]).toEqual([true, true]);
  });

  it("is remembered, with widths that leave something of the column and of the others", () => {
    showColumn("level", false);
    setColumnWidth("service", 3);
    setColumnWidth("source", 9_999);
    expect(JSON.parse(kept.get("faultline.columns") ?? "")).toEqual({
      level: { shown: false, width: null },
      service: { shown: null, width: 40 },
      source: { shown: null, width: 640 },
    });
    setColumnWidth("source", null);
    expect(useColumns.getState().choices.source.width).toBeNull();
  });
});
