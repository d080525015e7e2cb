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
  const records = { rows, offsets, lengths };
  const places = reader.rawPlaces(segment.sourceId, offsets[rows[0] ?? 0] ?? 0, endOf(records));
  memory.look(anyOf);
  const text = new TextWindow(reader, places, memory, checkpoint);
  const targets = anyOf.map((target, i) => new Occurrences(text, i, lengthOf(target)));
  const [only] = targets;
  if (fits === null && targets.length === 1 && only !== undefined) keepHolding(records, mask, only);
  else keepFitting(records, mask, text, targets, fits);
}

interface Records {
  /** In the order of their offsets. */
  readonly rows: Uint32Array;
  readonly offsets: Float64Array;
  readonly lengths: Uint32Array;
}

function endOf({ rows, offsets, lengths }: Records): number {
  let end = 0;
  for (let i = 0; i < rows.length; i += 1)
    end = Math.max(end, (offsets[rows[i] ?? 0] ?? 0) + (lengths[rows[i] ?? 0] ?? 0));
  return end;
}

/**
 * Where nothing but one literal decides. Apart from what follows, and most rows in a small loop that is called for each
 * place: the compiler inlined all that reads text into one large loop, again and again with what it had learnt, and a
 * first search waited for it.
 */
function keepHolding(records: Records, mask: Uint8Array, literal: Occurrences): void {
  const { rows, offsets, lengths } = records;
  for (let i = 0; ; i += 1) {
    i = clearBefore(records, mask, i, literal.firstEnd);
    const row = rows[i];
    if (row === undefined) return;
    const start = offsets[row] ?? 0;
    // Nobody looks at a record as a whole: a huge one need not be held as a whole.
    if (!literal.stands(start, start + (lengths[row] ?? 0))) mask[row] = 0;
  }
}

/** Clears the rows that end before `firstEnd`, from one of them on; gives the next row. */
function clearBefore({ rows, offsets, lengths }: Records, mask: Uint8Array, from: number, firstEnd: number): number {
  let i = from;
  for (; i < rows.length; i += 1) {
    const row = rows[i] ?? 0;
    if ((offsets[row] ?? 0) + (lengths[row] ?? 0) >= firstEnd) break;
    mask[row] = 0;
  }
  return i;
}

function keepFitting(
  { rows, offsets, lengths }: Records,
  mask: Uint8Array,
  text: TextWindow,
  targets: readonly Occurrences[],
  fits: RowTest["fits"],
): void {
  const [first, ...others] = targets;
  let firstEnd = -Infinity;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? 0;
    const start = offsets[row] ?? 0;
    const end = start + (lengths[row] ?? 0);
    const mayFit =
      first === undefined ||
      (end >= firstEnd && first.stands(start, end, start)) ||
      others.some((target) => target.stands(start, end, start));
    if (!mayFit || (fits !== null && !fits(row, text, start, Math.min(end, text.reach(start, end))))) mask[row] = 0;
    if (first !== undefined) ({ firstEnd } = first);
  }
}
