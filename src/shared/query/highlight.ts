/** The places of a filter's text that are coloured as it is typed. */
import { tokens, type Span } from "./tokens.ts";

export interface Highlight extends Span {
  readonly style: "field" | "operator" | "value" | "regex" | "keyword" | "text" | "error";
}

export function highlight(text: string): readonly Highlight[] {
  const found: Highlight[] = [];
  const add = ({ from, to }: Span, style: Highlight["style"]): void => {
    found.push({ from, to, style });
  };
  for (const token of tokens(text)) {
    if (token.type === "text") add(token, "text");
    else if (token.type === "regex") add(token, "regex");
    else if (token.type === "bad") add(token, "error");
    else if (token.type === "field") {
      add({ from: token.from, to: token.operatorSpan.from }, "field");
      add(token.operatorSpan, "operator");
      for (const value of token.values) add(value, value.expression === null ? "value" : "regex");
    } else add(token, "keyword");
  }
  return found;
}
