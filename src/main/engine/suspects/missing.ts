/** What would have to be known to be surer. */
import type { Candidate } from "./changes/candidate.ts";
import type { CaseSignals } from "./signals.ts";

export function whatIsMissingOf({ change, diff, isUndeployed, activation, files }: Candidate): string[] {
  const missing: string[] = [];
  if (change.kind === "commit" && diff === null)
    missing.push("Its diff: whether it can change behaviour is guessed from its message.");
  if (change.kind === "commit" && files.length === 0) missing.push("The files that it touches.");
  if (change.kind === "deploy") missing.push("The commits that this deploy brought.");
  if (activation === "flag" && diff === null) missing.push("The code that the flag switches.");
  if (isUndeployed) missing.push("A deploy that names it.");
  if (activation === "written") missing.push("When it came into use: no deploys are here.");
  return missing;
}

export function whatIsMissing({ metrics, logs, spans, changes, dependencies }: CaseSignals): string[] {
  const missing: string[] = [];
  if (spans.count === 0 && dependencies.length === 0)
    missing.push("Who calls whom: there are no traces and no list of dependencies.");
  if (metrics.length === 0) missing.push("Metrics.");
  if (logs.length === 0) missing.push("Logs.");
  if (changes.length === 0) missing.push("Commits, deploys and flags.");
  return missing;
}
