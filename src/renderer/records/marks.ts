/** Where the words that the filter searches for stand in a message. */
import { isCaseSensitive, type Filter } from "../../shared/query/ast.ts";
import { parseFilter } from "../../shared/query/parse.ts";

/** Texts that rows must hold; those behind a NOT are not there to be marked. */
export function searchedTexts(text: string): readonly string[] {
  const parsed = parseFilter(text);
  return parsed.ok ? [...new Set(textsOf(parsed.filter))].filter((one) => one !== "") : [];
}

function textsOf(filter: Filter): readonly string[] {
  switch (filter.type) {
    case "and":
    case "or":
      return filter.parts.flatMap(textsOf);
    case "text":
      return [filter.text];
    default:
      return [];
  }
}

export interface Stretch {
  readonly from: number;
  readonly text: string;
  readonly marked: boolean;
}

/** Cuts a message at the searched texts; the earliest and there the longest wins. */
export function marked(message: string, texts: readonly string[]): readonly Stretch[] {
  if (texts.length === 0) return [{ from: 0, text: message, marked: false }];
  const folded = message.toLowerCase();
  // Folding can change a text's length (İ); marks would stand beside their words.
  const canFold = folded.length === message.length;
  const found: Stretch[] = [];
  let done = 0;
  while (done < message.length) {
    let at = -1;
    let length = 0;
    for (const text of texts) {
      const sensitive = isCaseSensitive(text) || !canFold;
      const place = (sensitive ? message : folded).indexOf(text, done);
      if (place < 0) continue;
      if (at < 0 || place < at || (place === at && text.length > length)) {
        at = place;
        length = text.length;
      }
    }
    if (at < 0) break;
    if (at > done) found.push({ from: done, text: message.slice(done, at), marked: false });
    found.push({ from: at, text: message.slice(at, at + length), marked: true });
    done = at + length;
  }
  if (done < message.length) found.push({ from: done, text: message.slice(done), marked: false });
  return found;
}
