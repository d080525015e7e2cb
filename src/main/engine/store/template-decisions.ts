/** The table of what people decided about templates. */
import type { DecisionKind, TemplateDecision } from "../../../shared/model/template.ts";
import { prepared, type Connection } from "./sqlite.ts";

interface DecisionRow {
  readonly kind: DecisionKind;
  readonly template_id: string;
  readonly template: string;
  readonly target_id: string | null;
  readonly target: string | null;
  readonly place: number | null;
}

/** In the order in which they were made. */
export function listDecisions(db: Connection): TemplateDecision[] {
  const rows = prepared<[], DecisionRow>(
    db,
    `SELECT kind, template_id, template, target_id, target, place
       FROM template_decision
      ORDER BY decided_at, kind, template_id`,
  ).all();
  return rows.map(decisionOf);
}

/** One of the same kind about the same template is replaced. */
export function saveDecision(db: Connection, decision: TemplateDecision, now: number): void {
  prepared<[string, string, string, string | null, string | null, number | null, number]>(
    db,
    `INSERT OR REPLACE INTO template_decision
            (kind, template_id, template, target_id, target, place, decided_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    decision.kind,
    decision.id,
    decision.text,
    decision.kind === "merge" ? decision.target : null,
    decision.kind === "merge" ? decision.targetText : null,
    decision.kind === "split" ? decision.place : null,
    now,
  );
}

export function takeBackDecision(db: Connection, kind: DecisionKind, id: string): void {
  prepared<[string, string]>(
    db,
    `DELETE FROM template_decision
      WHERE kind = ?
        AND template_id = ?`,
  ).run(kind, id);
}

function decisionOf({
  kind,
  template_id: id,
  template: text,
  target_id,
  target,
  place,
}: DecisionRow): TemplateDecision {
  if (kind === "merge") return { kind, id, text, target: target_id ?? "", targetText: target ?? "" };
  return kind === "split" ? { kind, id, text, place: place ?? -1 } : { kind, id, text };
}
