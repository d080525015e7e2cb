/** Some rows out of columns that several segments share, as the columns that a segment of these rows alone would have. */
import type { DictionaryColumn, SegmentColumns } from "../../../../shared/model/segment.ts";
import type { ColumnName } from "../protocol.ts";
import { indexFor } from "./dictionary.ts";

export type Column = SegmentColumns[ColumnName];

/** A column of `rows` rows from `from` on; null where none of them is filled and a column need not be there. */
export function rowsOf(name: ColumnName, column: Column, from: number, rows: number): Column {
  if (column === null) return null;
  if (!ArrayBuffer.isView(column)) return textsOf(column, from, rows);
  // Not a view: whoever is given a column may hand its memory on.
  const cut = column.slice(from, from + rows);
  if (name === "nanos" && cut.every((value) => value === 0)) return null;
  if ((name === "duration" || name === "value") && cut.every((value) => Number.isNaN(value))) return null;
  return cut;
}

/** With the entries of these rows alone, in the order in which they come. */
function textsOf({ index, packed, dictionary }: DictionaryColumn, from: number, rows: number): DictionaryColumn | null {
  const codes = new Map<number, number>();
  const entries: string[] = [];
  const own = new Uint32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const shared = index[from + row] ?? 0;
    if (shared === 0) continue;
    let code = codes.get(shared);
    if (code === undefined) {
      code = entries.push(packed === undefined ? (dictionary[shared - 1] ?? "") : packed.entry(shared - 1));
      codes.set(shared, code);
    }
    own[row] = code;
  }
  if (entries.length === 0) return null;
  const narrow = indexFor(entries.length, rows);
  narrow.set(own);
  return { dictionary: entries, index: narrow };
}
