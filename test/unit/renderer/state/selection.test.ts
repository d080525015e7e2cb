import { beforeEach, describe, expect, it } from "vitest";
import { focusOn, useFocus } from "../../../../src/renderer/state/focus.ts";
import { showView, useLayout } from "../../../../src/renderer/state/layout.ts";
import {
  fit,
  goTo,
  listedRange,
  look,
  lookBack,
  rememberLook,
  resetSelection,
  selectionKey,
  selectionOf,
  setFilter,
  useSelection,
  zoomToBrush,
} from "../../../../src/renderer/state/selection.ts";

const state = () => useSelection.getState();
const narrow = { from: 10, to: 20 };

beforeEach(resetSelection);

describe("the range of time", () => {
  it("is the brush where there is one, else the window", () => {
    look({ window: { from: 0, to: 100 } });
    expect(listedRange(state())).toEqual({ from: 0, to: 100 });
    look({ brush: narrow });
    expect(listedRange(state())).toEqual(narrow);
  });

  it("becomes the window when it is zoomed to", () => {
    look({ brush: narrow });
    zoomToBrush();
    expect(state().window).toEqual(narrow);
    expect(state().brush).toBeNull();
  });

  it("goes back step by step to the beginning", () => {
    look({ window: { from: 0, to: 100 } });
    look({ brush: narrow });
    fit();
    lookBack();
    expect(state().brush).toEqual(narrow);
    lookBack();
    expect(state().brush).toBeNull();
    lookBack();
    expect(state().window).toBeNull();
    lookBack();
    expect(state().history).toEqual([]);
  });

  it("remembers a gesture once, however many steps it had", () => {
    rememberLook();
    for (let to = 90; to > 50; to -= 1) look({ window: { from: 0, to } }, false);
    lookBack();
    expect(state().window).toBeNull();
  });

  it("remembers nothing when nothing changed", () => {
    look({ window: null, brush: null });
    expect(state().history).toEqual([]);
  });
});

describe("the way back", () => {
  beforeEach(() => {
    showView("suspects");
    focusOn({ type: "record", ref: "s1:1" }, 5);
  });

  it("leads from evidence to the view, filter and selection it was asked for in, in one step", () => {
    goTo({ view: "timeline", filter: "service:pay", window: narrow });
    focusOn({ type: "record", ref: "s1:9" }, 15);
    lookBack();
    expect([useLayout.getState().view, state().filter, state().window]).toEqual(["suspects", "", null]);
    expect(useFocus.getState()).toMatchObject({ focus: { ref: "s1:1" }, focusTime: 5, wanted: { ref: "s1:1" } });
    expect(state().history).toEqual([]);
  });

  it("brings a filter back that a click replaced", () => {
    setFilter('level>=error "connection refused"');
    goTo({ filter: "", window: null });
    lookBack();
    expect(state().filter).toBe('level>=error "connection refused"');
  });

  it("counts what is typed in one go as one step", () => {
    setFilter("t");
    setFilter("ti", false);
    setFilter("timeout", false);
    lookBack();
    expect(state().filter).toBe("");
  });

  it("leaves the selection alone when only a zoom is taken back", () => {
    look({ window: narrow });
    focusOn({ type: "record", ref: "s1:9" }, 15);
    lookBack();
    expect(useFocus.getState().focus).toEqual({ type: "record", ref: "s1:9" });
  });
});

it("makes one selection of filter and range", () => {
  setFilter("timeout");
  const selection = selectionOf(state(), narrow);
  expect(selection).toEqual({ filter: "timeout", from: 10, to: 20, samples: false });
  expect(selectionKey(selection)).not.toBe(selectionKey({ ...selection, to: null }));
});
