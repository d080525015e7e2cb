import { describe, expect, it } from "vitest";
import type { LaneEvent } from "../../../../src/shared/contract.ts";
import { burstWeight, countIn, cut, hitMark, layoutMarks } from "../../../../src/renderer/timeline/marks.ts";

const scale = { window: { from: 0, to: 1_000 }, left: 0, right: 1_000 };
/** Six pixels a letter. */
const measure = (text: string): number => text.length * 6;

let nextId = 1;
const event = (time: number, over: Partial<LaneEvent> = {}): LaneEvent => ({
  id: nextId++,
  time,
  endTime: null,
  kind: "commit",
  severity: "INFO",
  service: null,
  title: "fix: retry the charge",
  count: null,
  ...over,
});

describe("the count of a lane", () => {
  const events = [event(100), event(300, { endTime: 900 }), event(1_500)];

  it("is that of the window, also where more around it was asked for", () => {
    const lane = { lane: "changes", total: 3, events } as const;
    expect(countIn(lane, { from: 200, to: 1_000 })).toEqual({ count: 1, isLeast: false });
    expect(countIn(lane, { from: 0, to: 300 })).toEqual({ count: 1, isLeast: false });
    expect(countIn(lane, { from: 900, to: 2_000 })).toEqual({ count: 2, isLeast: false });
  });

  it("says that it is the least where not all events came", () => {
    expect(countIn({ lane: "changes", total: 4, events }, { from: 0, to: 2_000 })).toEqual({ count: 3, isLeast: true });
  });
});

describe("marks of a lane", () => {
  it("stand in time order and only in the window", () => {
    const marks = layoutMarks([event(900), event(100), event(5_000), event(-400, { endTime: 50 })], scale, measure);
    expect(marks.map(({ x0 }) => x0)).toEqual([-400, 100, 900]);
  });

  it("bear their titles where there is room", () => {
    const [first, second, third] = layoutMarks([event(100), event(115), event(400)], scale, measure);
    expect(first?.label).toBeNull();
    expect(second?.label).toEqual({ x: 125, room: 126 });
    expect(third?.label).not.toBeNull();
  });

  it("let the title of a deploy cover commits, and not another deploy", () => {
    const deploy = { kind: "deploy", title: "deploy checkout 4f2a1c" } as const;
    const [covering] = layoutMarks([event(100, deploy), event(130)], scale, measure);
    expect(covering?.label?.room).toBe(132);
    const [, covered] = layoutMarks([event(100, deploy), event(130)], scale, measure);
    expect(covered?.label).toBeNull();
    const [narrow] = layoutMarks([event(100, deploy), event(180, deploy)], scale, measure);
    expect(narrow?.label?.room).toBe(60);
  });

  it("never write beyond the plot", () => {
    const [mark] = layoutMarks([event(950)], scale, measure);
    expect((mark?.label?.x ?? 0) + (mark?.label?.room ?? 0)).toBeLessThanOrEqual(1_000);
  });

  it("are hit within reach, the nearest first", () => {
    const marks = layoutMarks([event(100), event(106)], scale, measure);
    expect(hitMark(marks, 105)?.x0).toBe(106);
    expect(hitMark(marks, 99)?.x0).toBe(100);
    expect(hitMark(marks, 60)).toBeNull();
  });

  it("are hit by their titles too", () => {
    const marks = layoutMarks([event(100)], scale, measure);
    expect(hitMark(marks, 180)?.x0).toBe(100);
  });

  it("prefer the moment over the stretch that lies under it", () => {
    const marks = layoutMarks(
      [event(0, { endTime: 1_000, kind: "alert" }), event(500, { kind: "note" })],
      scale,
      measure,
    );
    expect(hitMark(marks, 501)?.event.kind).toBe("note");
    expect(hitMark(marks, 300)?.event.kind).toBe("alert");
  });
});

it("cuts a title to its room", () => {
  expect(cut("deploy checkout", 200, measure)).toBe("deploy checkout");
  expect(cut("deploy checkout", 50, measure)).toBe("deploy…");
  expect(cut("deploy checkout", 3, measure)).toBe("");
});

it("weighs a burst by its count, but not without end", () => {
  const weight = (count: number): number => burstWeight(event(0, { kind: "error-burst", count }));
  expect(weight(1)).toBeLessThan(weight(40));
  expect(weight(40)).toBeLessThan(weight(1_240));
  expect(weight(1e12)).toBe(1);
});
