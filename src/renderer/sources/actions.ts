/** What can be done with a source, from its row and from its detail alike. */
import { isBeingRead } from "../../shared/model/dead-letter.ts";
import { printTerm } from "../../shared/query/print.ts";
import { call } from "../bridge.ts";
import type { SourceInfo } from "../state/case.ts";
import { useFocus } from "../state/focus.ts";
import { attempt } from "../state/notices.ts";
import { goTo } from "../state/selection.ts";

/** The format that takes any text; it is chosen by people only. */
export const PLAIN_TEXT = "plain-text";

export const isActive = ({ state }: Pick<SourceInfo, "state">): boolean => isBeingRead(state);

/** @param format null recognises it anew; a null zone keeps the one it was read in. */
export function readAgain(source: Pick<SourceInfo, "id">, format: string | null, zone: string | null = null): void {
  attempt(() => call("import.readAs", { sourceId: source.id, format, zone }));
}

export function readAsPlainText(sources: readonly Pick<SourceInfo, "id">[]): void {
  for (const source of sources) readAgain(source, PLAIN_TEXT);
}

/** Shows what stands in one source, in every view. */
export function filterToSource(path: string): void {
  goTo({ view: "timeline", filter: printTerm("source", path) });
}

/** Shows a source among the others, with its detail. */
export function showSource(id: number): void {
  goTo({ view: "sources" });
  useFocus.setState({ focus: { type: "source", id }, focusTime: null });
}
