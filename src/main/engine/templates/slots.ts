/**
 * The places of a template as people see them: words one by one, and values that only spaces and commas part as one, so
 * that a list has one place whatever its length. Groups of lines that have different numbers of words share these places.
 */
import type { Cluster, Member } from "./member.ts";
import { WILDCARD } from "./skeleton-items.ts";
import { asValue, textOf, type Token } from "./tokens.ts";

export interface Slot {
  /** As the template shows it. */
  readonly token: Token;
  /** Tokens of each member that stand there. */
  readonly start: number;
  readonly end: number;
  /** Whether other words than these stand there in some member. */
  readonly varies: boolean;
}

export function slotsOf({ members, values }: Cluster<Member>): Slot[] {
  const shown = (members[0]?.tokens ?? []).map((token, at) => (values.has(at) ? asValue(token) : token));
  const isValue = (at: number): boolean => shown[at]?.text === WILDCARD;
  const slots: Slot[] = [];
  for (const [at, token] of shown.entries()) {
    const isComma = token.text === ",";
    const last = slots.at(-1);
    const goesOn = isComma
      ? isValue(at - 1) && isValue(at + 1)
      : isValue(at) && isValue(shown[at - 1]?.text === "," ? at - 2 : at - 1);
    if (last === undefined || !goesOn) slots.push({ token, start: at, end: at + 1, varies: values.has(at) });
    else slots[slots.length - 1] = { ...last, end: at + 1, varies: last.varies || values.has(at) };
  }
  return slots;
}

/** What a member says at a place. */
export const wordsAt = ({ tokens }: Member, { start, end }: Slot): string => textOf(tokens.slice(start, end));
