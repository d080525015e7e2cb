import { describe, expect, it } from "vitest";
import describeFormat from "../../../../src/main/engine/formats/events/kubectl-describe.ts";
import tables from "../../../../src/main/engine/formats/events/status-tables.ts";
import snapshot from "../../../../src/main/engine/formats/metrics/system-snapshot.ts";
import type { Format } from "../../../../src/main/engine/formats/format.ts";
import { micros } from "../../../../src/shared/units.ts";
import { parse } from "../harness.ts";

const PODS = `NAME     READY   STATUS    RESTARTS   AGE
pay-0    1/1     Running   0          41d
`;
const EVENTS = `Name:         pay-0
Namespace:    shop
Events:
  Type     Reason   Age                 From     Message
  ----     ------   ----                ----     -------
  Warning  BackOff  2m3s (x9 over 50m)  kubelet  Back-off restarting
`;

describe("what commands print", () => {
  const changed = { zone: "UTC", now: micros(Date.UTC(2026, 5, 30, 12) * 1_000), isModified: true };
  const timesOf = (format: Format, text: string): unknown[] =>
    parse(format, new TextEncoder().encode(text), changed, () => 7).lines.map(
      (line) => (line as { time: unknown }).time,
    );

  it("is of when the file was last changed, where it tells no time", () => {
    expect(timesOf(tables, PODS)).toEqual(["2026-06-30T12:00:00Z"]);
    expect(timesOf(snapshot, "Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/vda1 10 9 1 90% /\n")).toEqual([
      "2026-06-30T12:00:00Z",
    ]);
  });

  it("is as long ago as its age says", () => {
    expect(timesOf(describeFormat, EVENTS)).toEqual(["2026-06-30T11:57:57Z"]);
  });

  it("is of the last such clock before that, where it tells a clock and no day", () => {
    const [first] = timesOf(snapshot, "top - 14:02:11 up 3 min,  1 user,  load average: 0.91, 0.52, 0.20\n");
    expect(first).toBe("2026-06-29T14:02:11Z");
  });
});
