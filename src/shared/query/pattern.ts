// Whether a value fits one of those of a filter: whole values with wildcards in smart case, or regular expressions.
import { isCaseSensitive, isExpression, type FieldValue, type Pattern } from "./ast.ts";
import { regex } from "./regex.ts";

export type TextTest = (text: string) => boolean;

/** `part`: a pattern may stand anywhere in the text, as a file name stands in a path. */
export function anyValue(values: readonly FieldValue[], where: "whole" | "part" = "whole"): TextTest {
  const tests = values.map((value) =>
    isExpression(value)
      ? regex(value.pattern, value.flags).test
      : patternTest(where === "whole" ? value : ["", ...value, ""]),
  );
  const [only] = tests;
  return tests.length === 1 && only !== undefined ? only : (text) => tests.some((test) => test(text));
}

function patternTest(pattern: Pattern): TextTest {
  if (pattern.some(isCaseSensitive)) return (text) => fits(text, pattern);
  const lower = pattern.map((piece) => piece.toLowerCase());
  return (text) => fits(text.toLowerCase(), lower);
}

/** The first piece begins the text, the last ends it, those between follow each other in between. */
function fits(text: string, pieces: Pattern): boolean {
  const first = pieces[0] ?? "";
  if (pieces.length === 1) return text === first;
  const last = pieces.at(-1) ?? "";
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
