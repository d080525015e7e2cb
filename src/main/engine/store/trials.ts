/**
 * What recognition tried, as a source's row holds it: JSON, an object a trial, and of a format that did not match nothing
 * but its id. Written out, two dozen of these are a third of what the case holds of a small file.
 */
import { type FormatTrial, NO_MATCH } from "../../../shared/model/source.ts";

/** Files of one folder are mostly recognised alike: the last list is neither written nor read anew. */
let written: StoredTrials | null = null;
let read: StoredTrials | null = null;

interface StoredTrials {
  readonly trials: readonly FormatTrial[];
  readonly text: string;
}

export function encodeTrials(trials: readonly FormatTrial[]): string {
  if (written?.trials !== trials) written = { trials, text: JSON.stringify(trials.map(shortened)) };
  return written.text;
}

/** Cases of older versions hold an object of every trial. */
export function decodeTrials(text: string): readonly FormatTrial[] {
  if (read?.text !== text) {
    const trials = JSON.parse(text) as (FormatTrial | string)[];
    read = { trials: trials.map(lengthened), text };
  }
  return read.trials;
}

const shortened = (trial: FormatTrial): FormatTrial | string =>
  trial.confidence === 0 && trial.reason === NO_MATCH ? trial.format : trial;

const lengthened = (trial: FormatTrial | string): FormatTrial =>
  typeof trial === "string" ? { format: trial, confidence: 0, reason: NO_MATCH } : trial;
