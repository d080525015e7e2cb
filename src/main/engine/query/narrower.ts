// Whether what fits one filter is among what fits another, as far as it can be told from how they are written. Somebody
// who types a search asks it letter by letter, and each time only what fitted before needs to be looked at.
import { conditionsOf, isCaseSensitive, type Filter } from "../../../shared/query/ast.ts";
import { printFilter } from "../../../shared/query/print.ts";

/** False also where it cannot be told. */
export function isNarrower(filter: Filter, than: Filter): boolean {
  // What fits a template changes as others come.
  if ([filter, than].some((one) => conditionsOf(one).some((part) => part.type === "word" && part.field === "template")))
    return false;
  const parts = partsOf(filter);
  return partsOf(than).every((wide) => parts.some((narrow) => implies(narrow, wide)));
}

const partsOf = (filter: Filter): readonly Filter[] => (filter.type === "and" ? filter.parts : [filter]);

function implies(narrow: Filter, wide: Filter): boolean {
  if (narrow.type === "text" && wide.type === "text" && holds(narrow.text, wide.text)) return true;
  return narrow.type === wide.type && printFilter(narrow) === printFilter(wide);
}

const ASCII = /^[\0-\x7f]*$/;
const small = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Whether every text with the long term has the short one. Letters beyond ASCII in either case are left out. */
function holds(long: string, short: string): boolean {
  if (isCaseSensitive(short)) return long.includes(short);
  return ASCII.test(short) && (ASCII.test(long) || isCaseSensitive(long)) && small(long).includes(small(short));
}
