import { expect, it } from "vitest";
import { notifyFailure, useNotices } from "../../../../src/renderer/state/notices.ts";
import { FailureError } from "../../../../src/shared/failure.ts";

it("tells a failure, and nothing of what somebody ended", () => {
  useNotices.setState({ notices: [] });
  notifyFailure(new FailureError("cancelled", "The case was closed."));
  notifyFailure(new FailureError("disk-full", "The disk is full."));
  expect(useNotices.getState().notices.map(({ message }) => message)).toEqual(["The disk is full."]);
});
