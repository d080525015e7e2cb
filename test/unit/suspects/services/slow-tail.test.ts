import { describe, expect, it } from "vitest";
import { rankServices } from "../../../../src/main/engine/suspects/services/rank-services.ts";
import { slowTail } from "../../../../src/main/engine/suspects/services/slow-tail.ts";
import { MS, System, windows, type Work } from "./support.ts";

const wobble = (index: number): number => 1 + ((index * 7) % 5) / 20;

describe("a few calls that became far slower", () => {
  /** edge → shop → stock; of the calls of stock, some wait for a packet that is sent again. */
  const order = (index: number, isLost: boolean): Work => {
    const wait = isLost ? 200 * MS : 0;
    return {
      service: "edge",
      operation: "POST /order",
      lasts: 40 * MS * wobble(index) + wait,
      calls: [
        {
          service: "shop",
          operation: "POST /order",
          at: 2 * MS,
          lasts: 30 * MS * wobble(index) + wait,
          calls: [
            {
              service: "shop",
              operation: "HTTP GET",
              at: 5 * MS,
              lasts: 9 * MS * wobble(index) + wait,
              calls: [{ service: "stock", operation: "GET /stock", at: MS, lasts: 6 * MS * wobble(index) }],
            },
          ],
        },
      ],
    };
  };

  it("blame the way to the service, though most calls are as quick as ever", () => {
    const system = new System()
      .requests(0, 20, 200, (index) => order(index, false))
      .requests(20, 25, 80, (index) => order(index, index % 6 === 0));
    const [first] = rankServices(system.signals(), windows);
    expect(["shop", "stock"]).toContain(first?.service);
    expect(first?.evidence[0]?.text).toMatch(/was far longer than usual in 14 of 80 spans, 0 of 200 before$/);
  });

  it("blame nobody where as many were slow before", () => {
    const system = new System()
      .requests(0, 20, 200, (index) => order(index, index % 6 === 0))
      .requests(20, 25, 80, (index) => order(index, index % 6 === 0));
    expect(rankServices(system.signals(), windows).map(({ score }) => score)).toStrictEqual([0, 0, 0]);
  });
});

describe("the tail of times", () => {
  const alike = (count: number, value: number): number[] => Array.from({ length: count }, () => value);
  const reference = alike(60, 1);
  const referenceTraces = reference.map((_, at) => at);

  it("says less where all that is slow is of few requests", () => {
    const incident = [...alike(40, 1), ...alike(12, 4)];
    const apart = incident.map((_, at) => 100 + at);
    const together = incident.map((_, at) => (at < 40 ? 100 + at : 200 + (at % 2)));
    const z = (incidentTraces: readonly number[]): number =>
      slowTail({ reference, referenceTraces, incident, incidentTraces, recent: 0 })?.z ?? 0;
    expect(z(apart)).toBeGreaterThan(4);
    expect(z(together)).toBeCloseTo(z(apart) / Math.sqrt(6), 6);
  });

  it("says nothing of one slow request, of a little more time, of more than half, or of too few to know a bound", () => {
    const tail = (incident: readonly number[], known = reference): unknown =>
      slowTail({
        reference: known,
        referenceTraces: known.map((_, at) => at),
        incident,
        incidentTraces: incident.map(() => 100),
        recent: 0,
      });
    expect(tail([...alike(9, 1), 4])).toBeNull();
    expect(tail(alike(10, 2))).toBeNull();
    expect(tail(alike(10, 4))).toBeNull();
    expect(tail([...alike(8, 1), ...alike(2, 4)], [1, 1, 1])).toBeNull();
  });

  it("takes off what was as slow just before", () => {
    const slow = [...alike(55, 1), ...alike(5, 4)];
    const incident = [...alike(15, 1), ...alike(5, 4)];
    const z = (recent: number): number =>
      slowTail({
        reference: slow,
        referenceTraces,
        incident,
        incidentTraces: incident.map((_, at) => 100 + at),
        recent,
      })?.z ?? 0;
    expect(z(0)).toBeGreaterThan(1.5);
    expect(z(20)).toBe(0);
  });
});
