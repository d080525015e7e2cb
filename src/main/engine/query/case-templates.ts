// The templates of the open case: made when somebody asks, from the skeletons that each segment holds, and again when
// records came or people decided.
import type { DictionaryColumn } from "../../../shared/model/segment.ts";
import type { TemplateDecision } from "../../../shared/model/template.ts";
import { TemplateModel, type Fit, type SkeletonCount, type Template } from "../templates/model.ts";
import type { IndexedSegment, RecordIndex } from "./record-index.ts";
import type { ColumnCache } from "./segment-columns.ts";

interface Parts {
  readonly index: RecordIndex;
  readonly columns: ColumnCache;
  readonly decisions: () => readonly TemplateDecision[];
}

/** Which template each record of a segment has. */
export interface SegmentTemplates {
  /** Index into {@link CaseTemplates.templates} by the code of the row, -1 for none; the first is that of "none". */
  readonly numbers: Int32Array;
  readonly codes: Uint8Array | Uint16Array | Uint32Array;
}

export class CaseTemplates {
  readonly #parts: Parts;
  /** Skeletons of segments with their counts; segments never change. */
  readonly #counts = new Map<number, readonly SkeletonCount[]>();
  #model = new TemplateModel(new Map());
  #numberOf = new Map<string, number>();
  #numbers = new Map<number, Int32Array>();
  #epoch = -1;
  #made = "";

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Changes whenever a record may have another template than before. */
  version(checkpoint: () => void): string {
    this.#refresh(checkpoint);
    return this.#made;
  }

  templates(checkpoint: () => void): readonly Template[] {
    this.#refresh(checkpoint);
    return this.#model.templates;
  }

  number(id: string): number | undefined {
    return this.#numberOf.get(id);
  }

  /** Null for a segment without log messages. */
  ofSegment(segment: IndexedSegment): SegmentTemplates | null {
    const column = this.#parts.columns.get(segment.id, "template");
    if (column === null) return null;
    let numbers = this.#numbers.get(segment.id);
    if (numbers === undefined) {
      numbers = Int32Array.of(
        -1,
        ...column.dictionary.map((skeleton) => {
          const fit = this.#model.fit(segment.sourceId, skeleton);
          return fit === undefined ? -1 : (this.#numberOf.get(fit.template.id) ?? -1);
        }),
      );
      this.#numbers.set(segment.id, numbers);
    }
    return { numbers, codes: column.index };
  }

  fit(segment: IndexedSegment, row: number, checkpoint: () => void): Fit | undefined {
    this.#refresh(checkpoint);
    const column = this.#parts.columns.get(segment.id, "template");
    const code = column?.index[row] ?? 0;
    const skeleton = code === 0 ? undefined : column?.dictionary[code - 1];
    return skeleton === undefined ? undefined : this.#model.fit(segment.sourceId, skeleton);
  }

  #refresh(checkpoint: () => void): void {
    const { index, decisions } = this.#parts;
    const decided = decisions();
    const wanted = `${index.epoch}:${index.version}:${JSON.stringify(decided)}`;
    if (wanted === this.#made) return;
    if (index.epoch !== this.#epoch) this.#counts.clear();
    this.#epoch = index.epoch;
    const sources = new Map<number, Map<string, number>>();
    for (const segment of index.segments) {
      checkpoint();
      const counts = this.#countsOf(segment);
      if (counts.length === 0) continue;
      const known = sources.get(segment.sourceId) ?? new Map<string, number>();
      sources.set(segment.sourceId, known);
      for (const { skeleton, count } of counts) known.set(skeleton, (known.get(skeleton) ?? 0) + count);
    }
    const lists = new Map(
      [...sources].map(([source, counts]) => [source, [...counts].map(([skeleton, count]) => ({ skeleton, count }))]),
    );
    this.#model = new TemplateModel(lists, decided);
    this.#numberOf = new Map(this.#model.templates.map(({ id }, number) => [id, number]));
    this.#numbers = new Map();
    this.#made = wanted;
  }

  #countsOf({ id }: IndexedSegment): readonly SkeletonCount[] {
    const known = this.#counts.get(id);
    if (known !== undefined) return known;
    const counts = countSkeletons(this.#parts.columns.get(id, "template"));
    this.#counts.set(id, counts);
    return counts;
  }
}

/** How many records of a segment have each of its skeletons. */
export function countSkeletons(column: DictionaryColumn | null): SkeletonCount[] {
  if (column === null) return [];
  const tally = new Uint32Array(column.dictionary.length + 1);
  for (const code of column.index) tally[code] = (tally[code] ?? 0) + 1;
  return column.dictionary.map((skeleton, at) => ({ skeleton, count: tally[at + 1] ?? 0 }));
}
