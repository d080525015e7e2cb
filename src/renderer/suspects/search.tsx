/** Searches for suspects whenever the case has come to rest, so that the onset stands on the timeline of every case. */
import { useEffect, type ReactNode } from "react";
import { on } from "../bridge.ts";
import { useCase } from "../state/case.ts";
import { findSuspects, useSuspects } from "./store.ts";

export function SuspectSearch(): ReactNode {
  const question = useCase(({ info }) =>
    info === null || info.reading > 0 || info.analysing ? null : `${info.file} ${info.revision}`,
  );
  useEffect(
    () =>
      on("suspects.progress", (progress) => {
        if (useSuspects.getState().progress !== null) useSuspects.setState({ progress });
      }),
    [],
  );
  useEffect(() => {
    if (question !== null) findSuspects();
  }, [question]);
  return null;
}
