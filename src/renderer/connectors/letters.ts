/** The way from a connector to the dead letters of what it fetched. */
import { showDeadLetters } from "../dead-letters/filter.ts";
import { useCase } from "../state/case.ts";

/**
 * Those of the source that a target is, or of the only one of the connector that has any, else all: the list knows
 * sources, not connectors.
 * @param target null for all targets of the connector.
 */
export function showLettersOf(connector: string, target: string | null): void {
  const lossy = useCase.getState().sources.filter((source) => source.connector === connector && source.deadLetters > 0);
  const only = lossy.find(({ path }) => path === target) ?? (lossy.length === 1 ? lossy[0] : undefined);
  showDeadLetters(only?.id ?? null);
}
