/** Templates that are left out of lists and counts: read from the case whenever it changes, and part of every selection. */
import { create } from "zustand";
import type { CallOutput } from "../../shared/contract.ts";
import { call } from "../bridge.ts";
import { useCase } from "../state/case.ts";
import { latest } from "../state/latest.ts";
import { notifyFailure } from "../state/notices.ts";
import { setMuted } from "../state/selection.ts";

export type MutedTemplate = CallOutput<"templates.muted">[number];

export const useMuted = create<{ readonly muted: readonly MutedTemplate[] }>(() => ({ muted: [] }));

const REST_MS = 250;

const read = latest(async () => {
  const { info } = useCase.getState();
  try {
    const muted = info === null ? [] : await call("templates.muted", undefined);
    if (useCase.getState().info?.file !== info?.file) return;
    useMuted.setState({ muted });
    setMuted(muted.map(({ id }) => id));
  } catch (thrown) {
    notifyFailure(thrown);
  }
}, REST_MS);

/** For as long as the window lives. */
export function followMuted(): void {
  useCase.subscribe(({ info }, before) => {
    if (info?.file === before.info?.file && info?.revision === before.info?.revision) return;
    // The engine is asked once there is something to ask about.
    if (info !== null || useMuted.getState().muted.length > 0) read();
  });
}
