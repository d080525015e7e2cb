/** Severity said three ways, so that no one needs its colour: a shape, a letter or word, a colour. */
import type { ReactNode } from "react";
import { levelName } from "../../shared/model/level.ts";
import type { Severity } from "../../shared/model/severity.ts";
import { SEVERITY_OF_LEVEL } from "../../shared/model/level.ts";

/** Outlines in a square of 10, shared with the canvases. */
export const SEVERITY_SHAPE: Readonly<Record<Severity, string>> = {
  CRITICAL: "M5 0 10 5 5 10 0 5Z",
  HIGH: "M5 .6 10 9.4H0Z",
  MEDIUM: "M1 1h8v8h-8Z",
  LOW: "M5 1a4 4 0 1 0 .01 0Z",
  INFO: "M1 4h8v2h-8Z",
};

const SEVERITY_LETTER: Readonly<Record<Severity, string>> = {
  CRITICAL: "C",
  HIGH: "H",
  MEDIUM: "M",
  LOW: "L",
  INFO: "I",
};

export const SEVERITY_NAME: Readonly<Record<Severity, string>> = {
  CRITICAL: "Critical",
  HIGH: "High",
  MEDIUM: "Medium",
  LOW: "Low",
  INFO: "Info",
};

const LEVEL_WORD: Readonly<Record<ReturnType<typeof levelName>, string>> = {
  none: "–",
  trace: "TRC",
  debug: "DBG",
  info: "INF",
  warn: "WRN",
  error: "ERR",
  fatal: "FTL",
};

interface SeverityMarkProps {
  readonly severity: Severity;
  /** Beside the shape: its letter, its name, or another short word. */
  readonly label?: "letter" | "name" | { readonly word: string };
}

export function SeverityMark({ severity, label = "letter" }: SeverityMarkProps): ReactNode {
  const word = label === "letter" ? SEVERITY_LETTER[severity] : label === "name" ? SEVERITY_NAME[severity] : label.word;
  return (
    <span className="severity" data-severity={severity} title={SEVERITY_NAME[severity]}>
      <svg width={9} height={9} viewBox="0 0 10 10" aria-hidden>
        <path d={SEVERITY_SHAPE[severity]} />
      </svg>
      <span>{word}</span>
    </span>
  );
}

/** The level that a record states, in the colour of its severity. */
export function LevelMark({ level }: { readonly level: number }): ReactNode {
  return <SeverityMark severity={SEVERITY_OF_LEVEL[level] ?? "LOW"} label={{ word: LEVEL_WORD[levelName(level)] }} />;
}
