/**
 * Which anomalies the filter of all views means. An anomaly has a service, a series, a severity and a time; words that
 * stand in log lines, ids and fields say nothing of it, and what says nothing does not narrow.
 */
import type { Condition, Filter } from "../../shared/query/ast.ts";
import { parseFilter } from "../../shared/query/parse.ts";
import { anyValue } from "../../shared/query/pattern.ts";
import { severityRank } from "../../shared/model/severity.ts";
import type { Anomaly } from "./ranking.ts";

/** Null: the filter says nothing of it. */
type Answer = boolean | null;
type Question = (anomaly: Pick<Anomaly, "service" | "series" | "severity">) => Answer;

export interface Scope {
  readonly fits: (anomaly: Pick<Anomaly, "service" | "series" | "severity">) => boolean;
  /** Whether any part of the filter is about anomalies. */
  readonly narrows: boolean;
}

const EVERYWHERE: Scope = { fits: () => true, narrows: false };

/** A filter that cannot be read narrows nothing. */
export function scopeOf(text: string): Scope {
  const parsed = parseFilter(text);
  if (!parsed.ok) return EVERYWHERE;
  const question = questionOf(parsed.filter);
  return question === null ? EVERYWHERE : { fits: (anomaly) => question(anomaly) !== false, narrows: true };
}

/** Null for what says nothing of any anomaly. */
function questionOf(filter: Filter): Question | null {
  switch (filter.type) {
    case "and":
    case "or": {
      const parts = filter.parts.map(questionOf);
      const asked = parts.filter((part) => part !== null);
      if (asked.length === 0) return null;
      // A part that says nothing may hold or not: unless the others decide, neither is known.
      const decides = filter.type === "or";
      const unsure = parts.length > asked.length;
      return (anomaly) => {
        const answers = asked.map((ask) => ask(anomaly));
        if (answers.some((answer) => answer === decides)) return decides;
        return unsure || answers.some((answer) => answer === null) ? null : !decides;
      };
    }
    case "not": {
      const ask = questionOf(filter.part);
      if (ask === null) return null;
      return (anomaly) => {
        const answer = ask(anomaly);
        return answer === null ? null : !answer;
      };
    }
    default:
      return conditionOf(filter);
  }
}

function conditionOf(condition: Condition): Question | null {
  if (condition.type === "severity") {
    const ranks = condition.values.map(severityRank);
    const { operator } = condition;
    // Rank 0 is the gravest: what is graver has the lower rank.
    return ({ severity }) =>
      ranks.some((rank) => {
        const above = rank - severityRank(severity);
        if (operator === "=") return above === 0;
        if (operator === ">") return above > 0;
        if (operator === ">=") return above >= 0;
        return operator === "<" ? above < 0 : above <= 0;
      });
  }
  if (condition.type !== "word") return null;
  const fits = anyValue(condition.values);
  if (condition.field === "service") return ({ service }) => service !== null && fits(service);
  return condition.field === "name" ? ({ series }) => fits(series) : null;
}
