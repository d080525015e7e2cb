/** Clicks change the filter: a value is added, excluded or taken away, and the rest of what was typed keeps its meaning. */
import { and, not, type Condition, type Filter } from "../../shared/query/ast.ts";
import { parseFilter } from "../../shared/query/parse.ts";
import { printFilter, printTerm } from "../../shared/query/print.ts";

export type TermState = "included" | "excluded" | null;

/** A condition that a list of values states. */
type Listing = Extract<Condition, { readonly values: readonly unknown[] }>;

/** The condition that `field:value` stands for; null where the language has no such term. */
function listing(field: string, value: string): Listing | null {
  const parsed = parseFilter(printTerm(field, value));
  if (!parsed.ok || !("values" in parsed.filter)) return null;
  return parsed.filter;
}

const slot = (one: Listing): string =>
  `${one.type}|${"operator" in one ? one.operator : ""}|${"field" in one ? one.field : "key" in one ? one.key : ""}`;

const holds = (one: Listing, value: Listing): boolean => {
  const wanted = JSON.stringify(value.values[0]);
  return slot(one) === slot(value) && one.values.some((known) => JSON.stringify(known) === wanted);
};

const partsOf = (filter: Filter): readonly Filter[] => (filter.type === "and" ? filter.parts : [filter]);
const isListing = (filter: Filter): filter is Listing => "values" in filter;

const withValues = (one: Listing, values: readonly unknown[]): Listing => ({ ...one, values }) as Listing;

/** What the filter says of a value at its top level. */
export function termState(text: string, field: string, value: string): TermState {
  const parsed = parseFilter(text);
  const term = listing(field, value);
  if (!parsed.ok || term === null) return null;
  for (const part of partsOf(parsed.filter)) {
    if (isListing(part) && holds(part, term)) return "included";
    if (part.type === "not" && isListing(part.part) && holds(part.part, term)) return "excluded";
  }
  return null;
}

/** Takes a value out of one part; null when nothing of the part is left. */
function without(part: Filter, term: Listing): Filter | null {
  if (part.type === "not") {
    const rest = without(part.part, term);
    return rest === null ? null : not(rest);
  }
  if (!isListing(part) || !holds(part, term)) return part;
  const wanted = JSON.stringify(term.values[0]);
  const rest = part.values.filter((known) => JSON.stringify(known) !== wanted);
  return rest.length === 0 ? null : withValues(part, rest);
}

/**
 * The filter's text with a value included, excluded or (null) no longer mentioned. Included values of one field widen
 * each other: `service:checkout,payment`.
 * @param alone drops the other included values of the field.
 */
export function setTerm(text: string, field: string, value: string, state: TermState, alone = false): string {
  const parsed = parseFilter(text);
  const term = listing(field, value);
  if (term === null) return text;
  // What cannot be read is kept as it is; the term is written behind it.
  if (!parsed.ok)
    return state === null ? text : `${text.trimEnd()} ${state === "excluded" ? "-" : ""}${printTerm(field, value)}`;
  const parts = partsOf(parsed.filter)
    .map((part) => without(part, term))
    .filter((part) => part !== null)
    .filter((part) => !(alone && isListing(part) && slot(part) === slot(term)));
  if (state === "excluded") return printFilter(and([...parts, not(term)]));
  if (state === "included") {
    const at = parts.findIndex((part) => isListing(part) && slot(part) === slot(term));
    const known = parts[at];
    if (known === undefined || !isListing(known)) return printFilter(and([...parts, term]));
    return printFilter(and(parts.with(at, withValues(known, [...known.values, ...term.values]))));
  }
  return printFilter(and(parts));
}

/** The filter's text that asks, besides all it asked, for a text somewhere in the record, or for records without it. */
export function withText(text: string, wanted: string, excluded: boolean): string {
  const term: Condition = { type: "text", text: wanted };
  const added = excluded ? not(term) : term;
  const parsed = parseFilter(text);
  if (!parsed.ok) return `${text.trimEnd()} ${printFilter(added)}`;
  return printFilter(and([...partsOf(parsed.filter), added]));
}
