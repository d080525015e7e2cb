/** The way from a connector to the dead letters of what it fetched. */
import { showDeadLetters } from "../dead-letters/filter.ts";
import { useCase } from "../state/case.ts";

/** Those of its only source that has any, else all: the list knows sources, not connectors. */
export function showLettersOf(connector: string): void {
  const lossy = useCase.getState().sources.filter((source) => source.connector === connector && source.deadLetters > 0);
  showDeadLetters(lossy.length === 1 ? (lossy[0]?.id ?? null) : null);
}
