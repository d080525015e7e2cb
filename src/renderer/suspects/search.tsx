/**
 * Searches for suspects whenever all of the case is read, so that the onset stands on the timeline of every case. The
 * search rests on records alone: it waits for no detector.
 */
import { useEffect, useRef, type ReactNode } from "react";
import { on } from "../bridge.ts";
import { useRegistered } from "../commands/registry.ts";
import { useCase } from "../state/case.ts";
import { incidentCommands } from "./commands.ts";
import { findSuspects, useSuspects } from "./store.ts";

/** The search takes a core of its own for seconds: the first screen of an opened case is drawn before. */
const REST_MS = 300;

export function SuspectSearch(): ReactNode {
  useRegistered(incidentCommands);
  const question = useCase(({ info }) => (info === null || info.reading > 0 ? null : `${info.file} ${info.revision}`));
  useEffect(
    () =>
      on("suspects.progress", (progress) => {
        if (useSuspects.getState().progress !== null) useSuspects.setState({ progress });
      }),
    [],
  );
  const isBusy = useCase(({ info }) => info !== null && info.reading > 0);
  const wasBusy = useRef(false);
  useEffect(() => {
    if (question === null) {
      wasBusy.current = isBusy;
      return undefined;
    }
    const timer = setTimeout(findSuspects, wasBusy.current ? 0 : REST_MS);
    return () => clearTimeout(timer);
  }, [question, isBusy]);
  return null;
}
