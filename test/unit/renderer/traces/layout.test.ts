import { describe, expect, it } from "vitest";
import {
  barOf,
  clampViewport,
  FAILED_PIXEL,
  labelOf,
  LEAST_BAR,
  minimap,
  panBy,
  ticks,
  viewportOfSpan,
  viewportWithSpan,
  wholeTrace,
  zoomAround,
} from "../../../../src/renderer/traces/layout.ts";
import { modelOf, span } from "./spans.ts";

const model = modelOf([span("root", null, 0, 1_000), span("a", "root", 250, 500), span("dot", "root", 1_000, 0)]);
const whole = wholeTrace(model);

describe("the viewport", () => {
  it("zooms around the pointer", () => {
    const view = zoomAround(whole, 0.25, 0.5, whole);
    expect(view).toEqual({ from: 125, to: 625 });
    expect(view.from + (view.to - view.from) * 0.25).toBe(250);
  });

  it("stays inside the trace", () => {
    expect(panBy({ from: 0, to: 100 }, -50, whole)).toEqual({ from: 0, to: 100 });
    expect(panBy({ from: 900, to: 1_000 }, 50, whole)).toEqual({ from: 900, to: 1_000 });
    expect(zoomAround(whole, 0.5, 10, whole)).toEqual(whole);
  });

  it("is never empty, not even in a trace without duration", () => {
    const nothing = wholeTrace({ duration: 0 });
    expect(nothing.to).toBeGreaterThan(nothing.from);
    expect(clampViewport({ from: 5, to: 5 }, whole).to).toBeGreaterThan(5);
  });

  it("shows a span with room at both sides", () => {
    expect(viewportOfSpan(model, 1)).toEqual({ from: 200, to: 800 });
  });
});

describe("a span that is selected", () => {
  it("moves the viewport only when it is out of sight", () => {
    expect(viewportWithSpan(model, 1, { from: 700, to: 900 })).toEqual({ from: 700, to: 900 });
  });

  it("is centred where it fits, and shown from its start where it does not", () => {
    const three = modelOf([
      span("root", null, 0, 1_000),
      span("short", "root", 500, 20),
      span("long", "root", 600, 300),
    ]);
    expect(viewportWithSpan(three, 1, { from: 0, to: 100 })).toEqual({ from: 460, to: 560 });
    expect(viewportWithSpan(three, 2, { from: 0, to: 100 })).toEqual({ from: 580, to: 680 });
  });
});

describe("bars", () => {
  it("lie where their time is", () => {
    expect(barOf(model, 1, whole, 800)).toEqual({ x: 200, width: 400 });
  });

  it("are wide enough to be seen, also at the right edge", () => {
    expect(barOf(model, 2, whole, 800)).toEqual({ x: 800 - LEAST_BAR, width: LEAST_BAR });
  });

  it("are left out beside the viewport", () => {
    expect(barOf(model, 1, { from: 0, to: 100 }, 800)).toBeNull();
    expect(barOf(model, 1, { from: 800, to: 900 }, 800)).toBeNull();
  });

  it("end near the canvas however deep the zoom", () => {
    const bar = barOf(model, 0, { from: 500, to: 500.01 }, 800);
    expect(bar?.x).toBeGreaterThan(-100);
    expect(bar?.width).toBeLessThan(1_000);
  });

  it("have their label right of them, else left, else on them", () => {
    expect(labelOf({ x: 10, width: 20 }, 50, 200)).toMatchObject({ align: "left", inside: false });
    expect(labelOf({ x: 150, width: 40 }, 50, 200)).toMatchObject({ align: "right", inside: false, x: 144 });
    expect(labelOf({ x: 0, width: 200 }, 50, 200)).toMatchObject({ align: "right", inside: true });
  });
});

describe("ticks", () => {
  it("are round and far enough apart", () => {
    expect(ticks(whole, 800, 100)).toEqual([0, 200, 400, 600, 800, 1_000]);
    expect(ticks({ from: 3, to: 9 }, 300, 100)).toEqual([4, 6, 8]);
  });

  it("are none without room", () => {
    expect(ticks(whole, 0, 100)).toEqual([]);
    expect(ticks({ from: 5, to: 5 }, 100, 100)).toEqual([]);
  });
});

describe("the minimap", () => {
  const row = (pixels: Uint16Array, width: number, y: number): number[] =>
    Array.from(pixels.slice(y * width, (y + 1) * width));

  it("draws each span where it is, by its service", () => {
    const two = modelOf([span("a", null, 0, 10, { service: "b" }), span("b", "a", 5, 5, { service: "a" })]);
    const pixels = minimap(two, 10, 6);
    expect(row(pixels, 10, 0)).toEqual([3, 3, 3, 3, 3, 3, 3, 3, 3, 3]);
    expect(row(pixels, 10, 3)).toEqual([0, 0, 0, 0, 0, 2, 2, 2, 2, 2]);
  });

  it("shows what failed although 1,000 spans share its pixel", () => {
    const spans = Array.from({ length: 1_000 }, (_, at) => span(`${at}`, null, at, 1, { failed: at === 400 }));
    const pixels = minimap(modelOf(spans), 100, 10);
    expect(pixels.filter((code) => code === FAILED_PIXEL)).toHaveLength(2);
    expect(pixels[4 * 100 + 40]).toBe(FAILED_PIXEL);
  });

  it("does not let one failed span hide the hundred that share its row", () => {
    const spans = Array.from({ length: 1_000 }, (_, at) => span(`${at}`, null, at, 5_000, { failed: at % 100 === 0 }));
    const pixels = minimap(modelOf(spans), 100, 10);
    expect(pixels.filter((code) => code === FAILED_PIXEL).length).toBeLessThanOrEqual(20);
  });
});
