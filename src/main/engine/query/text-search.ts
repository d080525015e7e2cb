// What the text of one filter term means. Smart case: small letters mean either case. Where the bytes of a record can
// decide, a literal says which; where letters beyond ASCII may stand in either case, the decoded text decides, because
// their cases have bytes of other values and even another number of them.
import { isCaseSensitive } from "../../../shared/query/ast.ts";
import { eitherCase, exactly, type Literal } from "./scan/literal.ts";

export interface TextSearch {
  /** Stands in the bytes of every text that holds the term. Null: none is known to, or the term is empty. */
  readonly literal: Literal | null;
  /** Whether every text whose bytes hold the literal holds the term. */
  readonly decides: boolean;
  /** The same question of a decoded text. */
  readonly test: (text: string) => boolean;
}

const ASCII = /^[\0-\x7f]*$/;
/**
 * Pieces of a term whose cases are those of ASCII letters, or that have none: small "k" is also the Kelvin sign's, "i" a
 * part of what a capital I with a dot becomes.
 */
const PLAIN_PIECES = /(?:(?![ik])[\0-\x7f]|\p{Lo})+/gu;

export function textSearch(term: string): TextSearch {
  if (term === "") return { literal: null, decides: true, test: () => true };
  const isAscii = ASCII.test(term);
  if (isCaseSensitive(term) || (isAscii && !/[a-z]/.test(term)))
    return { literal: exactly(term), decides: true, test: (text) => text.includes(term) };
  if (isAscii) {
    const folded = new RegExp(term.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), "i");
    return { literal: eitherCase(term), decides: true, test: (text) => folded.test(text) };
  }
  const lower = term.toLowerCase();
  const longest = (lower.match(PLAIN_PIECES) ?? []).reduce((a, b) => (b.length > a.length ? b : a), "");
  return {
    literal: longest === "" ? null : eitherCase(longest),
    decides: longest === lower,
    test: (text) => text.toLowerCase().includes(lower),
  };
}
