/** Which log records tell of trouble: by their level, or by their wording where the level does not say so. */
import { Level } from "../../../../shared/model/level.ts";
import type { SegmentColumns } from "../../../../shared/model/segment.ts";

const TROUBLE = /dead ?lock|time[ds]?[ -]?out|out ?of ?memory|\boom\b|oom[-_ ]?kill/iu;

const tellsOfTrouble = (wording: string): boolean => TROUBLE.test(wording);

/** Tests rows of one segment; each template is looked at once. */
export function troubleOf({ level, template }: SegmentColumns): (row: number) => boolean {
  const index = template?.index;
  const worded = template?.dictionary.map(tellsOfTrouble) ?? [];
  return (row) => {
    const code = index?.[row] ?? 0;
    return code > 0 && ((level[row] ?? Level.none) >= Level.warn || worded[code - 1] === true);
  };
}
