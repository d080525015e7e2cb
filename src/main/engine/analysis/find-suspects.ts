/** Finds what is to blame in a stored case: gathers the signals, ranks the services, weighs the changes. */
import type { CaseReader } from "../store/protocol.ts";
import { findBeginning, type GivenWindows } from "../suspects/onset.ts";
import { rankServices } from "../suspects/services/rank-services.ts";
import type { CaseSignals, ServiceBlame, Verdict, Windows } from "../suspects/signals.ts";
import { verdictOf } from "../suspects/verdict.ts";
import { gatherChanges } from "./gather-changes.ts";
import { gatherSignals } from "./gather-signals.ts";
import { checkedWindows } from "./given-windows.ts";
import { RecordTexts } from "./record-texts.ts";
import { ServiceNames } from "./service-names.ts";
import { StoredSegments } from "./stored-segments.ts";

/** Called before each part of the work; throws when the answer is not wanted any more. */
export type Progress = (done: number, what: string) => void;

export function findSuspects(
  reader: CaseReader,
  named: GivenWindows,
  progress: Progress,
  checkpoint: () => void,
): Verdict {
  const given = checkedWindows(reader.segments(), named);
  progress(0, "Reading signals");
  const segments = new StoredSegments(reader, checkpoint);
  const names = ServiceNames.of(segments);
  const texts = new RecordTexts(reader);
  const signals = gatherSignals(segments, names, texts);
  progress(0.5, "Reading changes");
  const all: CaseSignals = { ...signals, ...gatherChanges(segments, names, texts) };
  progress(0.7, "Finding the onset");
  const rank = (windows: Windows): readonly ServiceBlame[] => {
    progress(0.8, "Ranking services");
    return rankServices(all, windows, checkpoint);
  };
  const beginning = findBeginning(all, given, rank, checkpoint);
  progress(0.95, "Weighing changes");
  const verdict = verdictOf(all, beginning, checkpoint);
  // Without an onset nobody is blamed, and every service is ranked all the same.
  return beginning.blame.length > 0 ? verdict : { ...verdict, services: rankServices(all, null, checkpoint) };
}
