/** Sources of which not all was read, by what became of them: gravest first. */
import type { SourceState } from "../model/source.ts";
import { formatCountOf } from "./number.ts";

const SAID: readonly (readonly [state: SourceState, said: string])[] = [
  ["failed", "failed"],
  ["cancelled", "stopped"],
  ["not-recognised", "not recognised"],
];

/** "2 sources failed", "27 sources stopped"; none where all was read or is still being read. */
export const unreadTexts = (sources: readonly { readonly state: SourceState }[]): readonly string[] =>
  SAID.flatMap(([wanted, said]) => {
    const count = sources.filter(({ state }) => state === wanted).length;
    return count === 0 ? [] : [`${formatCountOf(count, "source")} ${said}`];
  });
