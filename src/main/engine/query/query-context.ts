// What every question has at hand: the open case, its resident index, and the formats that read a record's bytes.
import type { IncidentEvent } from "../../../shared/model/event.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { Format } from "../formats/format.ts";
import type { CaseReader } from "../store/protocol.ts";
import type { WholeCounts } from "./record-counts.ts";
import type { RecordIndex } from "./record-index.ts";
import type { ScanCrew } from "./scan/scan-crew.ts";
import type { CaseTemplates } from "./case-templates.ts";
import type { ColumnCache } from "./segment-columns.ts";

export type FormatLookup = (id: string) => Format | undefined;

export interface QueryContext {
  readonly reader: CaseReader;
  readonly index: RecordIndex;
  readonly wholeCounts: WholeCounts;
  readonly columns: ColumnCache;
  readonly formatById: FormatLookup;
  readonly crew: ScanCrew;
  readonly templates: CaseTemplates;
  readonly revision: number;
  source(id: number): Source | undefined;
  /** Every event of the case in the order of time, then id. */
  readonly events: readonly IncidentEvent[];
}
