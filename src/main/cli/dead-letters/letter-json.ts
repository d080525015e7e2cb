/** Dead letters as `faultline dlq` prints them as JSON. */
import type { CallOutput, DeadLetterInfo } from "../../../shared/contract.ts";
import { isoMicros } from "../iso-time.ts";

type Groups = CallOutput<"deadLetters.groups">;
type Shown = CallOutput<"deadLetters.get">;

export const letterJson = (letter: DeadLetterInfo): Record<string, unknown> => ({
  id: letter.id,
  source: letter.path,
  line: letter.line,
  offset: letter.offset,
  stage: letter.stage,
  reason: letter.reason,
  message: letter.message,
  attempts: letter.attempts,
  firstAt: isoMicros(letter.firstAt),
  lastAt: isoMicros(letter.lastAt),
  bytes: letter.length,
});

/** An example carries the beginning of its text. */
export const groupJson = ({ reason, path, count, bytes, firstAt, lastAt, examples }: Groups[number]): unknown => ({
  reason,
  ...(path === null ? {} : { source: path }),
  count,
  bytes,
  firstAt: isoMicros(firstAt),
  lastAt: isoMicros(lastAt),
  examples: examples.map((letter) => ({ ...letterJson(letter), text: textOf(letter.raw) })),
});

export const shownJson = ({ letter, edited, place, history }: Shown): unknown => ({
  ...letterJson(letter),
  edited: letter.edited,
  connector: letter.connector,
  format: letter.format,
  formatVersion: letter.formatVersion,
  key: letter.key,
  generation: letter.generation,
  /** The first 64 KiB; `rawBase64` has them as they are. */
  text: textOf(letter.raw),
  rawBase64: Buffer.from(letter.raw).toString("base64"),
  place,
  editedText: edited === null ? null : textOf(edited),
  history: history.map((step) => ({
    ...step,
    at: isoMicros(step.at),
    text: step.text === null ? null : textOf(step.text),
  })),
});

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");
