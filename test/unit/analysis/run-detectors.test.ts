import { expect, it } from "vitest";
import { runDetectors } from "../../../src/main/engine/analysis/run-detectors.ts";
import type { Detector } from "../../../src/main/engine/detectors/detector.ts";
import { openCaseReader } from "../../../src/main/engine/store/case-reader.ts";
import type { TraceSummary } from "../../../src/shared/model/trace.ts";
import { DEFAULT_SETTINGS } from "../../../src/shared/settings.ts";
import { newCase } from "../store/support.ts";

const trace = { traceId: "t" } as TraceSummary;
const sound: Detector = { id: "sound", title: "Sound", run: () => ({ traces: [trace] }) };
const faulty: Detector = {
  id: "faulty",
  title: "Faulty",
  run: () => {
    throw new TypeError("of undefined");
  },
};

it("keeps what the other detectors find when one fails, and says which", () => {
  using reader = openCaseReader(newCase().file);
  const { found, failures } = runDetectors(reader, DEFAULT_SETTINGS, () => {}, [faulty, sound]);
  expect(found).toEqual({ events: [], anomalies: [], traces: [trace] });
  expect(failures).toMatchObject([{ reason: "detector-failed", message: expect.stringContaining("faulty failed") }]);
});

it("ends an abandoned pass instead of taking it for a failing detector", () => {
  using reader = openCaseReader(newCase().file);
  const abandoned = (): void => {
    throw new Error("abandoned");
  };
  expect(() => runDetectors(reader, DEFAULT_SETTINGS, abandoned, [faulty])).toThrow("abandoned");
});
