// Numbers for the texts of several segments, so that a text is looked at once a segment and not once a record.
import type { DictionaryColumn } from "../../../shared/model/segment.ts";
import { textTable, type TextTable } from "../../../shared/model/trace-columns.ts";

/** Codes from 1 on, in the order in which texts are first met; no text, and an empty one, is 0. */
export class TextCodes {
  readonly #codes = new Map<string, number>();

  of(text: string | null): number {
    if (text === null || text === "") return 0;
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    this.#codes.set(text, this.#codes.size + 1);
    return this.#codes.size;
  }

  /** The code of a row's text. Only texts of rows that are asked for get one. */
  ofRows(column: DictionaryColumn | null): (row: number) => number {
    if (column === null) return () => 0;
    const { dictionary, index } = column;
    const met = new Uint32Array(dictionary.length + 1);
    return (row) => {
      const here = index[row] ?? 0;
      if (here === 0) return 0;
      const known = met[here] ?? 0;
      if (known !== 0) return known;
      const code = this.of(dictionary[here - 1] ?? null);
      met[here] = code;
      return code;
    };
  }

  table(): TextTable {
    return textTable([...this.#codes.keys()]);
  }
}
