/** How the list of templates is looked at, and what is done to one of them. */
import { create } from "zustand";
import type { CallInput, CallOutput } from "../../shared/contract.ts";
import type { TemplateRow } from "../../shared/contract/templates.ts";
import type { DecisionKind } from "../../shared/model/template.ts";
import { call } from "../bridge.ts";
import { setTerm } from "../filter/terms.ts";
import { useRevision } from "../state/case.ts";
import { focusOn, useFocus } from "../state/focus.ts";
import { inThisCase } from "../state/in-this-case.ts";
import { attempt, notify, undoing } from "../state/notices.ts";
import { useQuery, type Query } from "../state/query.ts";
import { goTo, listedRange, selectionKey, selectionOf, useSelection } from "../state/selection.ts";
import type { Ranking } from "./ranking.ts";

export type TemplateList = CallOutput<"templates.list">;

interface TemplatesState extends Ranking {
  /** Another is being chosen that this one is told as. */
  readonly merging: { readonly id: string; readonly text: string } | null;
}

export const useTemplates = create<TemplatesState>(() => ({ order: "count", search: "", muted: false, merging: null }));

/** Of what is looked at, muted ones among them: the list of templates says itself which it shows. */
export function useTemplateSelection(): {
  readonly selection: CallInput<"templates.list">["selection"];
  readonly key: string | null;
} {
  const state = useSelection();
  const revision = useRevision();
  const selection = selectionOf({ ...state, muted: [] }, listedRange(state));
  return { selection, key: revision === null ? null : `${revision} ${selectionKey(selection)}` };
}

export function useTemplateList(): Query<TemplateList> {
  const { selection, key } = useTemplateSelection();
  return useQuery(key, () => call("templates.list", { selection }));
}

export function focusedTemplate(): string | null {
  const { focus } = useFocus.getState();
  return focus?.type === "template" ? focus.id : null;
}

/** Lists the records of a template alone. */
export function showLines(id: string): void {
  goTo({
    view: "timeline",
    filter: setTerm(useSelection.getState().filter, "template", id, "included", true),
  });
}

export function openTemplate(id: string): void {
  goTo({ view: "templates" });
  focusOn({ type: "template", id });
}

export function showMuted(): void {
  useTemplates.setState({ muted: true, search: "" });
  goTo({ view: "templates" });
}

export async function mute(id: string): Promise<void> {
  await call("templates.decide", { kind: "mute", id });
  offerUndo("The template is muted in all views.", "mute", id);
}

export async function split(id: string, place: number): Promise<void> {
  await call("templates.decide", { kind: "split", id, place });
  offerUndo("The template was split.", "split", id);
}

/** A key pressed by mistake changes what every view shows. */
function offerUndo(message: string, kind: DecisionKind, id: string): void {
  notify("info", message, undoing(inThisCase(() => attempt(() => takeBack(kind, id)))));
}

export async function takeBack(kind: DecisionKind, id: string): Promise<void> {
  await call("templates.takeBack", { kind, id });
}

export function startMerge({ id, text }: Pick<TemplateRow, "id" | "text">): void {
  useTemplates.setState({ merging: { id, text } });
  goTo({ view: "templates" });
}

export const stopMerge = (): void => useTemplates.setState({ merging: null });

/** Tells the one that is being merged as this one. */
export async function mergeInto(target: string): Promise<void> {
  const { merging } = useTemplates.getState();
  if (merging === null || merging.id === target) return;
  await call("templates.decide", { kind: "merge", id: merging.id, target });
  stopMerge();
  focusOn({ type: "template", id: target });
  offerUndo("The two templates are told as one.", "merge", merging.id);
}
