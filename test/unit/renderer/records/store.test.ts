import { afterEach, expect, it, vi } from "vitest";
import type { CaseInfo } from "../../../../src/shared/contract.ts";
import { followSelection, useList } from "../../../../src/renderer/records/store.ts";
import { useCase } from "../../../../src/renderer/state/case.ts";
import { focusOn } from "../../../../src/renderer/state/focus.ts";

afterEach(() => vi.unstubAllGlobals());

it("keeps the cursor on a row that is chosen while the list is counted again", async () => {
  const counted = { revision: 1, count: 9, records: 9, events: 0, hiddenSamples: 0, searched: 1 };
  const places: Readonly<Record<string, number>> = { "s1:4": 4, "s1:7": 7 };
  const answer = (value: unknown): unknown => ({ ok: true, value });
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  vi.stubGlobal("window", {
    faultline: {
      call: async (name: string, input: { readonly ref?: string }) => {
        if (name === "records.count") {
          await held;
          return answer(counted);
        }
        return answer(name === "records.locate" ? (places[input.ref ?? ""] ?? null) : { rows: [] });
      },
    },
  });
  useCase.setState({ info: { file: "a.faultline", revision: 1 } as CaseInfo });
  focusOn({ type: "record", ref: "s1:4" });
  const stop = followSelection();
  focusOn({ type: "record", ref: "s1:7" });
  release();
  await vi.waitFor(() => expect(useList.getState()).toMatchObject({ failure: null, counted }));
  expect(useList.getState().cursor).toBe(7);
  stop();
});
