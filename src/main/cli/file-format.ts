/** Which format a file is read as, for the commands that need no case. */
import { FailureError } from "../../shared/failure.ts";
import { micros, MICROS_PER_MILLISECOND, type Micros } from "../../shared/units.ts";
import type { Format } from "../engine/formats/format.ts";
import { detectFormat, formatById } from "../engine/formats/registry.ts";
import { makeSample } from "../engine/formats/sample.ts";
import { SAMPLE_BYTES } from "../engine/ingest/source-format.ts";
import { UsageError } from "./failure-exit.ts";

export function knownFormat(id: string): Format {
  const format = formatById(id);
  if (format === undefined)
    throw new UsageError(`There is no format "${id}"; "faultline formats" lists what is known.`);
  return format;
}

/** Null when no format fits. `head` is the beginning of the file, or all of it. */
export const recognisedFormat = (path: string, head: Uint8Array, complete: boolean): Format | null =>
  detectFormat(makeSample(path, head.subarray(0, SAMPLE_BYTES), complete)).best?.format ?? null;

export function notRecognised(path: string): never {
  throw new FailureError(
    "not-recognised",
    `${path}: no known format fits. Name one with --format; "faultline formats" lists them.`,
  );
}

export const modifiedTime = (modified: number | null): Micros =>
  micros((modified ?? Date.now()) * MICROS_PER_MILLISECOND);
