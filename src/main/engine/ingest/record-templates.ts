/** What is stored of a record's message beside its place: the skeleton that its template is found from. */
import type { RecordView } from "../../../shared/model/record.ts";
import { Skeletons } from "../templates/skeletons.ts";

/** Of one source: the bound on different skeletons is a source's. */
export class RecordTemplates {
  readonly #skeletons = new Skeletons();

  /** Null for what is no message of a log. */
  of({ kind, message }: RecordView): string | null {
    if (kind !== "log" && kind !== "json" && kind !== "text") return null;
    const skeleton = this.#skeletons.of(message);
    return skeleton === "" ? null : skeleton;
  }
}
