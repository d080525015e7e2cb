import { expect, it } from "vitest";
import type { DetectorSegment } from "../../../src/main/engine/detectors/detector.ts";
import { mapBySegment } from "../../../src/main/engine/detectors/support/by-segment.ts";

it("visits one segment after the other and answers in the order of the items", () => {
  const visited: number[] = [];
  const answers = mapBySegment(
    [3, 1, 3, 2, 1],
    (segmentId) => ({ segmentId }) as DetectorSegment,
    (segmentId) => {
      visited.push(segmentId);
      return `${segmentId}.${visited.length}`;
    },
  );
  expect(visited).toEqual([1, 1, 2, 3, 3]);
  expect(answers).toEqual(["3.4", "1.1", "3.5", "2.3", "1.2"]);
});
