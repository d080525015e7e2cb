// `level` and `severity` conditions as the sets of levels and severities that satisfy them. A level speaks for the
// severity it is coloured in, so that one filter means the same for records and for events.
import { LEVELS, SEVERITY_OF_LEVEL } from "../../../shared/model/level.ts";
import { SEVERITIES, severityRank, type Severity } from "../../../shared/model/severity.ts";
import type { Comparison, Condition } from "../../../shared/query/ast.ts";

export interface Gravity {
  /** Bit i is set when records of level i fit. */
  readonly levels: number;
  readonly severities: ReadonlySet<Severity>;
}

type GravityCondition = Extract<Condition, { type: "level" | "severity" }>;

export function gravityOf(condition: GravityCondition): Gravity {
  const fitting = condition.values.map((value) => {
    const level = LEVELS.findIndex((name) => name === value);
    return level === -1
      ? ofSeverity(value.toUpperCase() as Severity, condition.operator)
      : ofLevel(level, condition.operator);
  });
  return {
    levels: fitting.reduce((bits, { levels }) => bits | levels, 0),
    severities: fitting.reduce((all, { severities }) => all.union(severities), new Set<Severity>()),
  };
}

function ofSeverity(severity: Severity, operator: Comparison): Gravity {
  // Rank 0 is the gravest, so graver is less.
  const severities = new Set(
    SEVERITIES.filter((other) => holds(severityRank(severity) - severityRank(other), operator)),
  );
  const levels = SEVERITY_OF_LEVEL.reduce((bits, of, level) => (severities.has(of) ? bits | (1 << level) : bits), 0);
  return { levels, severities };
}

/** A record that says no level (0) is neither above nor below one. */
function ofLevel(level: number, operator: Comparison): Gravity {
  const fitting = LEVELS.map((_, other) => other).filter(
    (other) => holds(other - level, operator) && (other > 0 || level === 0),
  );
  const severities = new Set(fitting.filter((other) => other > 0).map((other) => SEVERITY_OF_LEVEL[other] ?? "LOW"));
  return { levels: fitting.reduce((bits, other) => bits | (1 << other), 0), severities };
}

/** Whether `left operator right` holds for `difference = left - right`. */
export function holds(difference: number, operator: Comparison): boolean {
  switch (operator) {
    case "=":
      return difference === 0;
    case ">":
      return difference > 0;
    case ">=":
      return difference >= 0;
    case "<":
      return difference < 0;
    default:
      return difference <= 0;
  }
}

/** Times that satisfy a `time` condition: `from` inclusive, `to` exclusive. */
export function timeRange({ operator, time, width }: Extract<Condition, { type: "time" }>): {
  from: number;
  to: number;
} {
  switch (operator) {
    case "=":
      return { from: time, to: time + width };
    case ">":
      return { from: time + 1, to: Infinity };
    case ">=":
      return { from: time, to: Infinity };
    case "<":
      return { from: -Infinity, to: time };
    default:
      return { from: -Infinity, to: time + 1 };
  }
}
