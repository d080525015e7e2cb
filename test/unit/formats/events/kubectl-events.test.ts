import { describe, expect, it } from "vitest";
import format from "../../../../src/main/engine/formats/events/kubectl-events.ts";
import { micros } from "../../../../src/shared/units.ts";
import { parse } from "../harness.ts";

const TABLE = `LAST SEEN             TYPE      REASON    OBJECT      MESSAGE
2m13s                 Warning   BackOff   pod/pay-0   Back-off
3d4h (x5 over 10d)    Normal    Pulled    pod/pay-0   Pulled
<unknown>             Normal    Pulled    pod/pay-0   Pulled
`;

describe("events as kubectl lists them", () => {
  it("have times that are counted back from when the file was written", () => {
    const options = { zone: "UTC", now: micros(Date.UTC(2026, 5, 30, 12) * 1_000), isModified: true };
    const { lines } = parse(format, new TextEncoder().encode(TABLE), options, () => 7);
    expect(lines).toMatchObject([{ time: "2026-06-30T11:57:47Z" }, { time: "2026-06-27T08:00:00Z" }, { time: null }]);
  });
});
