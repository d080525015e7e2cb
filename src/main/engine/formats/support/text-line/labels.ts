/** The labels of a stream, which Loki's logcli prints between the time and the line: https://grafana.com/docs/loki/latest/query/logcli/ */
import { Level } from "../../../../../shared/model/level.ts";
import { levelOfWord } from "../level.ts";
import { serviceOfLabels } from "../metrics/labels.ts";
import { matchAt } from "./head-patterns.ts";
import type { LineHead } from "./head.ts";

/** A stream without labels is told from a line that is an empty object by the blanks that align lines. */
const LABELS = / (?:\{\} {2,}|\{((?:[A-Za-z_]\w*="(?:[^"\\]|\\.)*"(?:, ?)?)+)\} +)/y;
const LABEL = /([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Where the line begins, or -1. `at` is the index after the time. */
export function readLabels(text: string, at: number, head: LineHead): number {
  const match = text.charCodeAt(at + 1) === 0x7b ? matchAt(LABELS, text, at) : null;
  if (match === null) return -1;
  const labels: Record<string, string> = {};
  for (const [, name = "", value = ""] of (match[1] ?? "").matchAll(LABEL)) {
    labels[name] = value;
    head.keep(name, value);
  }
  head.service = serviceOfLabels(labels);
  head.level = levelOfWord(labels["level"] ?? labels["detected_level"] ?? "") ?? Level.none;
  return at + match[0].length;
}
