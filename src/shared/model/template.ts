/** What people decide about templates, as a case keeps it. Ids are of templates as they were then, texts tell of which. */

export const DECISION_KINDS = ["mute", "merge", "split"] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

export type TemplateDecision =
  /** Its records are not listed. */
  | { readonly kind: "mute"; readonly id: string; readonly text: string }
  /** It is told as another. */
  | {
      readonly kind: "merge";
      readonly id: string;
      readonly text: string;
      readonly target: string;
      readonly targetText: string;
    }
  /** The words at a place are no values. */
  | { readonly kind: "split"; readonly id: string; readonly text: string; readonly place: number };

export const PARAMETER_TYPES = ["number", "duration", "size", "time", "address", "path", "id", "text"] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];
