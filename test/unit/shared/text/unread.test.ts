import { expect, it } from "vitest";
import { unreadTexts } from "../../../../src/shared/text/unread.ts";

it("tells of every source that was not read to its end, gravest first, and of no other", () => {
  const states = ["done", "cancelled", "not-recognised", "failed", "cancelled", "empty", "waiting", "paused"] as const;
  expect(unreadTexts(states.map((state) => ({ state })))).toEqual([
    "1 source failed",
    "2 sources stopped",
    "1 source not recognised",
  ]);
  expect(unreadTexts([{ state: "done" }, { state: "reading" }])).toEqual([]);
});
