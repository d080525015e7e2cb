/** Where the words that the filter searches for stand in a message. */
import { isCaseSensitive, type Condition, type Filter } from "./ast.ts";
import { parseFilter } from "./parse.ts";
import { regex, type Regex } from "./regex.ts";

export interface Searched {
  readonly texts: readonly string[];
  readonly expressions: readonly Regex[];
}

/** What rows must hold; what stands behind a NOT is not there to be marked. */
export function searchedIn(filter: string): Searched {
  const parsed = parseFilter(filter);
  const found = parsed.ok ? searchesOf(parsed.filter) : [];
  const texts = found.flatMap((one) => (one.type === "text" && one.text !== "" ? [one.text] : []));
  const expressions = found.flatMap((one) => (one.type === "regex" ? [regex(one.pattern, one.flags)] : []));
  return { texts: [...new Set(texts)], expressions };
}

type Search = Extract<Condition, { type: "text" | "regex" }>;

function searchesOf(filter: Filter): readonly Search[] {
  switch (filter.type) {
    case "and":
    case "or":
      return filter.parts.flatMap(searchesOf);
    case "text":
    case "regex":
      return [filter];
    default:
      return [];
  }
}

export interface Stretch {
  readonly from: number;
  readonly text: string;
  readonly marked: boolean;
}

/** Cuts a message at what was searched; the earliest and there the longest wins. */
export function marked(message: string, { texts, expressions }: Searched): readonly Stretch[] {
  const places = [
    ...texts.flatMap((text) => placesOf(message, text)),
    ...expressions.flatMap((one) => one.matches(message)),
  ];
  const found: Stretch[] = [];
  let done = 0;
  for (const { from, to } of places.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (from < done) continue;
    if (from > done) found.push({ from: done, text: message.slice(done, from), marked: false });
    found.push({ from, text: message.slice(from, to), marked: true });
    done = to;
  }
  if (done < message.length || found.length === 0) found.push({ from: done, text: message.slice(done), marked: false });
  return found;
}

interface Place {
  readonly from: number;
  readonly to: number;
}

function placesOf(message: string, text: string): readonly Place[] {
  const folded = message.toLowerCase();
  // Folding can change a text's length (İ); marks would stand beside their words.
  const searched = isCaseSensitive(text) || folded.length !== message.length ? message : folded;
  const places: Place[] = [];
  for (let at = searched.indexOf(text); at >= 0; at = searched.indexOf(text, at + text.length))
    places.push({ from: at, to: at + text.length });
  return places;
}
