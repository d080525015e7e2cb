/**
 * The templates of a case in place of the skeletons that its segments hold, so that detectors and suspects speak of the
 * same templates as the window: found from all sources together, without the heads of lines.
 */
import type { DictionaryColumn } from "../../../shared/model/segment.ts";
import { countSkeletons } from "../query/case-templates.ts";
import type { SegmentRow } from "../store/protocol.ts";
import { TemplateModel } from "../templates/model.ts";

type ColumnOf = (segmentId: number) => DictionaryColumn | null;

export class TemplateTexts {
  readonly #rows: readonly SegmentRow[];
  readonly #columnOf: ColumnOf;
  readonly #checkpoint: () => void;
  #model: TemplateModel | null = null;
  #ids: ReadonlyMap<string, string> | null = null;
  /** Asked for several times in a row. */
  #last: { readonly id: number; readonly column: DictionaryColumn | null } | null = null;

  /** Nothing is read until the first column is asked for. */
  constructor(rows: readonly SegmentRow[], columnOf: ColumnOf, checkpoint: () => void) {
    this.#rows = rows;
    this.#columnOf = columnOf;
    this.#checkpoint = checkpoint;
  }

  /** The segment's column with texts of templates as its entries; several entries may have one text. */
  column(row: SegmentRow): DictionaryColumn | null {
    if (this.#last?.id !== row.id) this.#last = { id: row.id, column: this.#told(row) };
    return this.#last.column;
  }

  #told({ id, sourceId }: SegmentRow): DictionaryColumn | null {
    const column = this.#columnOf(id);
    if (column === null) return null;
    const model = (this.#model ??= this.#found());
    const dictionary = column.dictionary.map((skeleton) => model.fit(sourceId, skeleton)?.template.text ?? skeleton);
    return { dictionary, index: column.index };
  }

  /** The id by which the window and the filter know a template; null for a text that is none. */
  idOf(text: string): string | null {
    this.#ids ??= new Map((this.#model ??= this.#found()).templates.map((template) => [template.text, template.id]));
    return this.#ids.get(text) ?? null;
  }

  #found(): TemplateModel {
    const sources = new Map<number, Map<string, number>>();
    for (const { id, sourceId } of this.#rows) {
      this.#checkpoint();
      const counts = sources.get(sourceId) ?? new Map<string, number>();
      sources.set(sourceId, counts);
      for (const { skeleton, count } of countSkeletons(this.#columnOf(id)))
        counts.set(skeleton, (counts.get(skeleton) ?? 0) + count);
    }
    return new TemplateModel(
      new Map(
        [...sources].map(([source, counts]) => [source, [...counts].map(([skeleton, count]) => ({ skeleton, count }))]),
      ),
    );
  }
}
