import { expect, it } from "vitest";
import type { DetectorSegment } from "../../../src/main/engine/detectors/detector.ts";
import { mapBySegment } from "../../../src/main/engine/detectors/support/by-segment.ts";

it("visits segments and their rows one after the other and answers in the order of the items", () => {
  const visited: string[] = [];
  const answers = mapBySegment(
    ["3:0", "1:7", "3:2", "2:0", "1:5"],
    (item) => {
      const [segmentId, row] = item.split(":").map(Number);
      return { segment: { segmentId } as DetectorSegment, row: row ?? 0 };
    },
    (item) => {
      visited.push(item);
      return `${item} as ${visited.length}`;
    },
  );
  expect(visited).toEqual(["1:5", "1:7", "2:0", "3:0", "3:2"]);
  expect(answers).toEqual(["3:0 as 4", "1:7 as 2", "3:2 as 5", "2:0 as 3", "1:5 as 1"]);
});
