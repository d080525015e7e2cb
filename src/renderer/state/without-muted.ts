/** A filter that leaves out what people muted. */
import { and, conditionsOf, not } from "../../shared/query/ast.ts";
import { parseFilter } from "../../shared/query/parse.ts";
import { printFilter } from "../../shared/query/print.ts";

/** Who asks for a template gets it, muted or not; a filter that cannot be read stays as it is. */
export function withoutMuted(filter: string, muted: readonly string[]): string {
  if (muted.length === 0) return filter;
  const parsed = parseFilter(filter);
  if (!parsed.ok) return filter;
  const asks = conditionsOf(parsed.filter).some((part) => part.type === "word" && part.field === "template");
  if (asks) return filter;
  const left = not({ type: "word", field: "template", values: muted.map((id) => [id]) });
  return printFilter(and([parsed.filter, left]));
}
