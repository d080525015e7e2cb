/** What could stand at the cursor: the language's own words and values that the case holds. */
import { complete, type Completion } from "../../shared/query/complete.ts";
import { printTerm } from "../../shared/query/print.ts";

export interface Offer {
  readonly insert: string;
  readonly about: string;
}

export interface Place {
  readonly from: number;
  readonly to: number;
}

/** Most lines of the list. */
export const MOST_OFFERS = 12;

export interface CaseValue {
  readonly value: string;
  readonly count: number;
}

/** A value as the filter writes it, in quotes where it needs them. */
const written = (field: string, value: string): string => printTerm(field, value).slice(field.length + 1);

export function offers(
  completion: Completion,
  values: readonly CaseValue[],
  count: (value: number) => string,
): readonly Offer[] {
  const own = completion.suggestions.map(({ insert, about }) => ({ insert, about }));
  const found = values.map((one) => ({ insert: written(completion.field, one.value), about: count(one.count) }));
  return (
    [...own, ...found]
      // What stands there already needs no offer.
      .filter(({ insert }) => insert !== completion.prefix)
      .slice(0, MOST_OFFERS)
  );
}

/** The text after an offer was taken, and where the cursor stands then. */
export function take(
  text: string,
  place: Place,
  insert: string,
  ends: boolean,
): { readonly text: string; readonly cursor: number } {
  const after = text.slice(place.to);
  const space = ends && !after.startsWith(" ") ? " " : "";
  const before = text.slice(0, place.from) + insert + space;
  return { text: before + after, cursor: before.length };
}

export const completeAt = (text: string, cursor: number): Completion => complete(text, cursor);
