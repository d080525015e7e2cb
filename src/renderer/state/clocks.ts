/** What is known of the clocks of the sources, for those who show times of several sources side by side. */
import { create } from "zustand";
import type { ClockRow } from "../../shared/contract/correlation.ts";
import { call } from "../bridge.ts";
import { useCase } from "./case.ts";
import { latest } from "./latest.ts";
import { notifyFailure } from "./notices.ts";

export const useClocks = create<{ readonly clocks: readonly ClockRow[] }>(() => ({ clocks: [] }));

/** Looks at the ids of all records: asked once everything is read. */
export const readClocks = latest(async () => {
  const file = useCase.getState().info?.file;
  if (file === undefined) return;
  try {
    const { clocks } = await call("clocks.list", null);
    if (useCase.getState().info?.file === file) useClocks.setState({ clocks });
  } catch (thrown) {
    notifyFailure(thrown);
  }
});

export const forgetClocks = (): void => useClocks.setState({ clocks: [] });
