import { describe, expect, it } from "vitest";
import { isIn, layoutChart } from "../../../../src/renderer/timeline/layout.ts";

const bottom = ({ top, height }: { top: number; height: number }): number => top + height;

describe("the chart's layout", () => {
  it.each([200, 260, 340, 500, 900])("stacks its bands without gaps in %d pixels", (height) => {
    const layout = layoutChart(900, height, true);
    expect(layout.axis.top).toBe(bottom(layout.histogram));
    let top = bottom(layout.axis);
    for (const lane of layout.lanes) {
      expect(lane.top).toBe(top);
      top = bottom(lane);
    }
    const strip = layout.strip ?? { top, height: 0 };
    expect(strip.top).toBe(top);
    top = bottom(strip);
    expect(top).toBeLessThanOrEqual(height);
  });

  it("gives up the strip before it narrows the lanes", () => {
    expect(layoutChart(900, 500, true).strip).not.toBeNull();
    const low = layoutChart(900, 240, true);
    expect(low.strip).toBeNull();
    expect(low.lanes[0]?.height).toBe(22);
    expect(layoutChart(900, 210, true).lanes[0]?.height).toBeLessThan(22);
  });

  it("shows no strip that is not wanted", () => expect(layoutChart(900, 500, false).strip).toBeNull());

  it("has a plot even in a sliver", () => {
    const { left, right } = layoutChart(40, 200, true);
    expect(right).toBeGreaterThan(left);
  });

  it("knows which band a height lies in", () => {
    expect(isIn(10, { top: 10, height: 5 })).toBe(true);
    expect(isIn(15, { top: 10, height: 5 })).toBe(false);
    expect(isIn(1, null)).toBe(false);
  });
});
