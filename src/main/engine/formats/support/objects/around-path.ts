/** The document down to an element at a path, with what is known of the objects that it stands in, for a dead letter. */
import type { Surroundings } from "../../../../../shared/model/dead-letter.ts";
import { jsonText } from "../fields.ts";
import { surroundings } from "../json/elements.ts";

const STEP = /\[\*\]|[^.[\]]+/g;

export interface Around {
  /** Members of the object at a path, by their paths. */
  parts(path: string): ReadonlyMap<string, unknown> | undefined;
  /** Elements that have to stand before those of the array at a path. */
  earlier?(path: string): readonly unknown[];
}

/** Undefined where all of it would be too long. */
export function aroundPath(path: string, known: Around): Surroundings | undefined {
  let before = "";
  let after = "";
  let at = "";
  for (const [step] of path.matchAll(STEP)) {
    if (step === "[*]") {
      before += `[${(known.earlier?.(at) ?? []).map((value) => `${jsonText(value)},`).join("")}`;
      after = `]${after}`;
      at += step;
      continue;
    }
    before += "{";
    for (const [part, value] of known.parts(at) ?? []) {
      if (value !== undefined) before += `${JSON.stringify(part.slice(part.lastIndexOf(".") + 1))}:${jsonText(value)},`;
    }
    before += `${JSON.stringify(step)}:`;
    after = `}${after}`;
    at = at === "" ? step : `${at}.${step}`;
  }
  return surroundings(before, after);
}
