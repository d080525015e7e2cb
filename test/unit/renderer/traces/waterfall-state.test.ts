import { beforeEach, describe, expect, it } from "vitest";
import { useFocus } from "../../../../src/renderer/state/focus.ts";
import { spanOf } from "../../../../src/renderer/traces/model.ts";
import {
  collapseAll,
  expandAll,
  point,
  rowOf,
  search,
  select,
  selectRow,
  setOpen,
  showModel,
  stepFailed,
  stepIn,
  stepMatch,
  stepOut,
  stepRow,
  useWaterfall,
} from "../../../../src/renderer/traces/waterfall-state.ts";
import { modelOf, span } from "./spans.ts";

const model = modelOf([
  span("root", null, 0, 100),
  span("a", "root", 1, 50),
  span("a1", "a", 2, 10, { failed: true }),
  span("a2", "a", 20, 10),
  span("b", "root", 60, 10, { failed: true }),
]);
const [ROOT, A, A1, A2, B] = [0, 1, 2, 3, 4] as const;
const state = () => useWaterfall.getState();
const rows = (): string[] => Array.from(state().rows, (index) => spanOf(model, index)?.spanId ?? "?");

beforeEach(() => {
  useFocus.setState({ focus: null, focusTime: null, hoverTime: null });
  showModel(model, null);
});

describe("an open trace", () => {
  it("begins with everything open and the wanted span selected", () => {
    showModel(model, "s1:3");
    expect(rows()).toEqual(["root", "a", "a1", "a2", "b"]);
    expect(state().selected).toBe(A2);
  });

  it("puts a selected span in focus by its record, for all views", () => {
    select(A1);
    expect(useFocus.getState()).toMatchObject({ focus: { type: "record", ref: "s1:2" }, focusTime: 1_000_002 });
  });

  it("tells the moment under the pointer as a time of the day", () => {
    point(A, 30);
    expect(useFocus.getState().hoverTime).toBe(1_000_030);
    point(null, null);
    expect(useFocus.getState().hoverTime).toBeNull();
  });
});

describe("the arrow keys", () => {
  it("go from row to row and stay at the ends", () => {
    stepRow(1);
    expect(state().selected).toBe(ROOT);
    stepRow(-1);
    expect(state().selected).toBe(ROOT);
    selectRow(99);
    expect(state().selected).toBe(B);
  });

  it("skip what is closed", () => {
    setOpen(A, false);
    select(A);
    stepRow(1);
    expect(state().selected).toBe(B);
    expect(rowOf(state(), B)).toBe(2);
    expect(rowOf(state(), A1)).toBe(-1);
  });

  it("open and close, then go in and out", () => {
    select(A);
    stepOut();
    expect(rows()).toEqual(["root", "a", "b"]);
    stepOut();
    expect(state().selected).toBe(ROOT);
    select(A);
    stepIn();
    expect(rows()).toHaveLength(5);
    stepIn();
    expect(state().selected).toBe(A1);
    stepIn();
    expect(state().selected).toBe(A1);
  });
});

describe("collapsing", () => {
  it("moves the selection to what hides it", () => {
    select(A2);
    setOpen(A, false);
    expect(state().selected).toBe(A);
  });

  it("is undone for a span that is selected from elsewhere", () => {
    collapseAll();
    expect(rows()).toEqual(["root"]);
    select(A1);
    expect(rows()).toContain("a1");
    expandAll();
    expect(rows()).toHaveLength(5);
  });
});

describe("going to", () => {
  it("the next failed span goes round", () => {
    stepFailed(1);
    expect(state().selected).toBe(A1);
    stepFailed(1);
    expect(state().selected).toBe(B);
    stepFailed(1);
    expect(state().selected).toBe(A1);
  });

  it("the next match opens what hides it", () => {
    setOpen(A, false);
    search("a2");
    stepMatch(1);
    expect(state().selected).toBe(A2);
    expect(rows()).toContain("a2");
  });

  it("no match stays", () => {
    select(B);
    search("nothing like this");
    stepMatch(1);
    expect(state().selected).toBe(B);
  });
});
