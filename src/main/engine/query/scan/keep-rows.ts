// The one loop over a segment's records that every scan of text goes through.
import type { CaseReader } from "../../store/protocol.ts";
import type { ColumnCache } from "../segment-columns.ts";
import { rowsByOffset } from "../segment-text.ts";
import { Occurrences } from "./occurrences.ts";
import { lengthOf, type Target, type TextMemory } from "./text-memory.ts";
import { TextWindow } from "./text-window.ts";

/** What a thread scans with. */
export interface ScanTools {
  readonly reader: CaseReader;
  readonly columns: ColumnCache;
  readonly memory: TextMemory;
}

export interface RowTest {
  /** A row that holds none of these does not fit. Without any, every row may. None is empty. */
  readonly anyOf: readonly Target[];
  /**
   * Decides where the literals do not. The record lies between two offsets of the window; it is cut short where the
   * stored text ends before.
   */
  readonly fits: ((row: number, text: TextWindow, start: number, end: number) => boolean) | null;
}

/** Clears the rows of `mask` (one byte a row, 0 or 1) that do not fit; `checkpoint` may throw between two blocks. */
export function keepRows(
  { reader, columns, memory }: ScanTools,
  segment: { readonly id: number; readonly sourceId: number },
  mask: Uint8Array,
  checkpoint: () => void,
  { anyOf, fits }: RowTest,
): void {
  const offsets = columns.get(segment.id, "offset");
  const lengths = columns.get(segment.id, "length");
  const rows = rowsByOffset(mask, offsets);
  let textEnd = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? 0;
    textEnd = Math.max(textEnd, (offsets[row] ?? 0) + (lengths[row] ?? 0));
  }
  const places = reader.rawPlaces(segment.sourceId, offsets[rows[0] ?? 0] ?? 0, textEnd);
  memory.look(anyOf);
  const window = new TextWindow(reader, places, memory, checkpoint);
  const [first, ...others] = anyOf.map((target, i) => new Occurrences(window, i, lengthOf(target)));
  // Where nobody looks at a record as a whole, a huge one need not be held as a whole.
  const keepsWhole = fits !== null || others.length > 0;
  // Most records end before the next place where the only literal stands: a comparison each.
  let firstEnd = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? 0;
    const start = offsets[row] ?? 0;
    const end = start + (lengths[row] ?? 0);
    if (end < firstEnd) {
      mask[row] = 0;
      continue;
    }
    const keep = keepsWhole ? start : undefined;
    const mayFit =
      first === undefined || first.stands(start, end, keep) || others.some((target) => target.stands(start, end, keep));
    if (!mayFit) mask[row] = 0;
    else if (fits !== null && !fits(row, window, start, Math.min(end, window.reach(start, end)))) mask[row] = 0;
    if (first !== undefined && others.length === 0) ({ firstEnd } = first);
  }
}
