// Records of a case segment by segment, for questions that look at each once: the index holds every record at once, and
// a second reader would build one of its own only to leave it. Columns are not kept either, for all of a large case
// passes by before one is asked for again.
import { entriesOf, entryAt, type DictionaryColumn } from "../../../../shared/model/segment.ts";
import type { CaseReader, SegmentRow } from "../../store/protocol.ts";

export interface StoredRows {
  readonly segments: readonly SegmentRow[];
  readonly reader: Pick<CaseReader, "columns">;
}

/** Services by numbers that mean the same in every segment; 0 is none. */
export class ServiceNumbers {
  readonly #numbers = new Map<string, number>();

  /** One more than the largest so far. */
  get size(): number {
    return this.#numbers.size + 1;
  }

  /** By the row of a segment, whose column this is. */
  of(column: DictionaryColumn | null): (row: number) => number {
    if (column === null) return () => 0;
    const numbers = Uint32Array.of(0, ...column.dictionary.map((name) => this.#numberOf(name)));
    return (row) => numbers[column.index[row] ?? 0] ?? 0;
  }

  #numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(ownText(name), this.size);
    return this.#numbers.size;
  }
}

/** Of what is kept beyond its column: a piece of a text keeps all of that text. */
export const ownText = (text: string): string => Buffer.from(text, "utf16le").toString("utf16le");

/**
 * A sample of ids by their own text, so that every source shows the same ones: one of `step`. FNV-1a over the end, where
 * ids differ.
 */
export function isSampled(id: string, step: number): boolean {
  if (step === 1) return true;
  let hash = 0x811c9dc5;
  for (let at = Math.max(0, id.length - 12); at < id.length; at += 1)
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % step === 0;
}

/** By the codes of a column: 1 where its id is in the sample. One text after the other, so that none outlives its turn. */
export function sampledCodes(column: DictionaryColumn, step: number): Uint8Array {
  const sampled = new Uint8Array(entriesOf(column) + 1).fill(1, 1);
  if (step > 1)
    for (let code = 1; code < sampled.length; code += 1)
      sampled[code] = isSampled(entryAt(column, code - 1), step) ? 1 : 0;
  return sampled;
}
