/** The log records of files as the numbers of their skeletons: all that templates are found from, in little memory. */
import type { RecordSink } from "../engine/formats/format.ts";
import { RecordTemplates } from "../engine/ingest/record-templates.ts";
import { Growable } from "../engine/query/growable.ts";
import type { SkeletonCount } from "../engine/templates/model.ts";

/** The records of one file; hand `sink` to its format's parser. */
export class TemplateRecords {
  readonly #templates = new RecordTemplates();
  readonly #codes = new Map<string, number>();
  readonly #counts: number[] = [];
  readonly #skeletonOf = new Growable((capacity) => new Uint32Array(capacity));
  readonly #lineOf = new Growable((capacity) => new Uint32Array(capacity));
  readonly warnings = new Map<string, string>();
  count = 0;
  /** Pieces that could not be read. */
  unread = 0;

  readonly sink: RecordSink = {
    read: () => {},
    skip: () => {},
    tests: () => {},
    deadLetter: () => void (this.unread += 1),
    warn: (key, message) => void this.warnings.set(key, this.warnings.get(key) ?? message),
    record: (input, _offset, _length, line) => {
      const skeleton = this.#templates.of(input);
      const row = this.count;
      this.count += 1;
      this.#lineOf.reserve(this.count)[row] = line;
      this.#skeletonOf.reserve(this.count)[row] = skeleton === null ? 0 : this.#codeOf(skeleton);
    },
  };

  /** Every skeleton that there is, the first met first. */
  skeletons(): SkeletonCount[] {
    return [...this.#codes].map(([skeleton, code]) => ({ skeleton, count: this.#counts[code - 1] ?? 0 }));
  }

  /** Calls with the line of each record and the place of its skeleton among {@link skeletons}, -1 for none. */
  forEach(visit: (line: number, skeleton: number) => void): void {
    for (let row = 0; row < this.count; row += 1)
      visit(this.#lineOf.values[row] ?? 0, (this.#skeletonOf.values[row] ?? 0) - 1);
  }

  #codeOf(skeleton: string): number {
    let code = this.#codes.get(skeleton);
    if (code === undefined) {
      code = this.#counts.push(0);
      this.#codes.set(skeleton, code);
    }
    this.#counts[code - 1] = (this.#counts[code - 1] ?? 0) + 1;
    return code;
  }
}
