/**
 * Reads the text of a filter: terms joined by AND, `OR`, parentheses, `-` or `NOT`, text, and fields with operators.
 * NOT binds strongest, then AND, then OR. A filter that cannot be read is a value: where, and a sentence.
 */
import { and, EVERYTHING, not, or, type Filter } from "./ast.ts";
import { condition } from "./condition.ts";
import { regexTrouble } from "./regex.ts";
import { tokens, type FilterError, type Span, type Token } from "./tokens.ts";

export type ParsedFilter =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly error: FilterError };

/** Parentheses and NOTs inside each other beyond this are refused, because whoever walks the tree recurses. */
const DEEPEST = 100;
const LONGEST = 10_000;

export function parseFilter(text: string): ParsedFilter {
  if (text.length > LONGEST)
    return {
      ok: false,
      error: { from: LONGEST, to: text.length, message: `The filter is longer than ${LONGEST} characters.` },
    };
  try {
    return { ok: true, filter: new Parser(text).whole() };
  } catch (thrown) {
    if (thrown instanceof Refused) return { ok: false, error: thrown.error };
    throw thrown;
  }
}

class Refused extends Error {
  readonly error: FilterError;
  constructor(span: Span, message: string) {
    super(message);
    this.error = { from: span.from, to: span.to, message };
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: Span;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokens(text);
    this.#end = { from: text.length, to: text.length };
  }

  whole(): Filter {
    if (this.#tokens.length === 0) return EVERYTHING;
    const filter = this.#or();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw new Refused(rest, "This parenthesis closes nothing.");
    return filter;
  }

  #or(): Filter {
    const parts = [this.#and()];
    while (this.#take("or") !== undefined) parts.push(this.#and());
    return or(parts);
  }

  #and(): Filter {
    const parts = [this.#not()];
    for (;;) {
      const next = this.#tokens[this.#at]?.type;
      if (next === "and") this.#at++;
      else if (next === undefined || next === "or" || next === "close") return and(parts);
      parts.push(this.#not());
    }
  }

  #not(): Filter {
    const sign = this.#take("not");
    if (sign === undefined) return this.#term();
    return this.#deeper(sign, () => not(this.#not()));
  }

  #term(): Filter {
    const token = this.#tokens[this.#at++];
    if (token === undefined)
      throw new Refused(this.#end, this.#at === 1 ? "A term is missing." : "A term is missing at the end.");
    switch (token.type) {
      case "text":
        return { type: "text", text: token.text };
      case "regex": {
        const { pattern, flags } = token;
        const trouble = regexTrouble(pattern, flags);
        if (trouble !== null) throw new Refused(token, trouble);
        return { type: "regex", pattern, flags };
      }
      case "field": {
        const read = condition(token);
        if ("message" in read) throw new Refused(read, read.message);
        return read;
      }
      case "bad":
        throw new Refused(token, token.message);
      case "open": {
        const inner = this.#deeper(token, () => this.#or());
        if (this.#take("close") === undefined)
          throw new Refused(token, "The parenthesis that opens here is not closed.");
        return inner;
      }
      case "close":
        throw new Refused(token, "A term is missing before this parenthesis.");
      default:
        throw new Refused(
          token,
          `A term is missing before ${token.type.toUpperCase()}; put the word in quotes to search for it.`,
        );
    }
  }

  #deeper(span: Span, read: () => Filter): Filter {
    if (++this.#depth > DEEPEST) throw new Refused(span, `Terms are nested more than ${DEEPEST} deep.`);
    const filter = read();
    this.#depth--;
    return filter;
  }

  #take(type: Token["type"]): Token | undefined {
    const token = this.#tokens[this.#at];
    if (token?.type !== type) return undefined;
    this.#at++;
    return token;
  }
}
