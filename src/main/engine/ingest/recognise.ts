/** What a source is: by its first bytes, or by the format that somebody named. */
import { FailureError } from "../../../shared/failure.ts";
import type { FormatTrial } from "../../../shared/model/source.ts";
import type { Format, FoundObjectLines } from "../formats/format.ts";
import { choiceOfObjectLines, detectFormat, formatById } from "../formats/registry.ts";
import { makeSample } from "../formats/sample.ts";
import { binaryNote } from "./binary-kind.ts";
import type { ParserStart, Recognition } from "./protocol.ts";

export interface Recognised {
  readonly format: Format | null;
  readonly recognition: Recognition;
  /** What the bytes are that no format knows, where that can be told. */
  readonly note: string | null;
}

/** Null when none is named; fails with "unknown-format". */
export function namedFormat(id: string | null): Format | null {
  const known = id === null ? null : (formatById(id) ?? null);
  if (id === null || known !== null) return known;
  throw new FailureError("unknown-format", `There is no format "${id}"; "faultline formats" lists what is known.`);
}

/** `head` is the sample that formats look at; `complete` says whether the source ends with it. */
export function recognise(start: ParserStart, head: Uint8Array, complete: boolean): Recognised {
  const named = namedFormat(start.format);
  const choice = detectFormat(makeSample(start.name, head, complete));
  const wanted = start.format === null ? undefined : choice.tried.find((trial) => trial.format === start.format);
  const format = named ?? choice.best?.format ?? null;
  return {
    format,
    recognition: recognitionOf(format, wanted?.confidence ?? choice.best?.confidence ?? 0, choice.tried),
    note: format === null ? binaryNote(head) : null,
  };
}

/** What {@link recognise} says of a source that was read whole with `format`; null where what was read does not tell. */
export function recognitionOfRead(format: Format, read: FoundObjectLines | null): Recognition | null {
  const choice = read === null ? null : choiceOfObjectLines(format, read);
  return choice?.best?.format === format ? recognitionOf(format, choice.best.confidence, choice.tried) : null;
}

const recognitionOf = (format: Format | null, confidence: number, tried: readonly FormatTrial[]): Recognition => ({
  format: format?.id ?? null,
  formatVersion: format?.version ?? 0,
  confidence,
  tried,
  linesStandAlone: format?.linesStandAlone === true,
  timePlace: null,
});
