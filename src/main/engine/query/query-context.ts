// What every question has at hand: the open case, its resident index, and the formats that read a record's bytes.
import type { IncidentEvent } from "../../../shared/model/event.ts";
import type { CaseReader } from "../store/protocol.ts";
import type { WholeCounts } from "./record-counts.ts";
import type { RecordIndex } from "./record-index.ts";
import type { RecordFormats } from "./record-text.ts";
import type { ScanCrew } from "./scan/scan-crew.ts";
import type { CaseTemplates } from "./case-templates.ts";
import type { ColumnCache } from "./segment-columns.ts";

export interface QueryContext extends RecordFormats {
  readonly reader: CaseReader;
  readonly index: RecordIndex;
  readonly wholeCounts: WholeCounts;
  readonly columns: ColumnCache;
  readonly crew: ScanCrew;
  readonly templates: CaseTemplates;
  readonly revision: number;
  /** Every event of the case in the order of time, then id. */
  readonly events: readonly IncidentEvent[];
}
