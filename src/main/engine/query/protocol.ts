// What the reader thread of a case answers: the read calls of the contract, with just its inputs and outputs, and what
// the command line needs beside them.
import type { CallInput, CallName, CallOutput, CaseInfo, RecordDetail, Selection } from "../../../shared/contract.ts";
import type { IncidentEvent } from "../../../shared/model/event.ts";
import type { DeadLetterChoice } from "../../../shared/model/dead-letter.ts";
import type { EncodedOverview } from "../store/overview.ts";
import type { ChoiceSize } from "../store/dead-letters/choice.ts";
import type { LetterPage, LetterPageRequest } from "../store/dead-letters/page.ts";
import type { CallContext } from "../threads/rpc.ts";
import type { TraceRequest } from "./case-tables.ts";

/** Calls of the contract that only read the open case. */
export const READ_CALLS = [
  "sources.list",
  "timeline.histogram",
  "timeline.lanes",
  "records.count",
  "records.rows",
  "records.locate",
  "records.nextError",
  "records.detail",
  "facets.list",
  "filter.values",
  "events.list",
  "events.get",
  "anomalies.list",
  "series.list",
  "series.read",
  "compare.find",
  "related.find",
  "related.ofId",
  "clocks.list",
  "traces.list",
  "traces.get",
  "traces.criticalPath",
  "traces.findings",
  "traces.records",
  "traces.operations",
  "traces.graph",
  "traces.compare",
  "traces.compareWindows",
  "templates.list",
  "templates.values",
  "templates.ofRecord",
  "templates.muted",
  "deadLetters.list",
  "deadLetters.groups",
  "deadLetters.get",
] as const satisfies readonly CallName[];
export type ReadCall = (typeof READ_CALLS)[number];

/** Those of them that look at all of a case for seconds, where it is large. */
export const LONG_CALLS = ["compare.find", "traces.compareWindows"] as const satisfies readonly ReadCall[];

type ReadInput<N extends ReadCall> = N extends "traces.list" ? TraceRequest : CallInput<N>;
type ReadMethods = { [N in ReadCall]: (input: ReadInput<N>, context: CallContext) => CallOutput<N> };

/** A row with everything that is known of it. */
export type ExportRow =
  | { readonly type: "record"; readonly record: RecordDetail }
  | { readonly type: "event"; readonly event: IncidentEvent };

export interface ExportBatch {
  readonly revision: number;
  /** Rows that fit in all. */
  readonly total: number;
  readonly rows: readonly ExportRow[];
  /** Hand it back as `cursor`; null after the last row. */
  readonly next: number | null;
}

/** Served by `reader.worker.ts`. Every call sees all that was committed before it. */
export type ReaderMethods = ReadMethods & {
  /** Fails with the failures of `openCaseReader`. Opening another case closes the first. */
  open(input: { file: string }, context: CallContext): CaseInfo;
  /** Takes in what was committed since, so that the next question finds it done. */
  refresh(input: null, context: CallContext): CaseInfo;
  /** Whether the detectors are at work is known to the engine alone: false here. */
  caseInfo(input: null, context: CallContext): CaseInfo;
  /** Counts of all records for the writer to keep; null where it has them, or they cannot be told at once. */
  overview(input: null, context: CallContext): EncodedOverview | null;
  /** Null for a template that the case does not have. */
  templateText(input: { id: string }, context: CallContext): string | null;
  /** Ids of traces that have spans, in the order of the sources; at most `limit`. */
  traceIds(input: { limit: number }, context: CallContext): readonly string[];
  /** Id of each span of a trace as its source writes it; records carry ids in lower case. */
  writtenIds(input: { traceId: string }, context: CallContext): readonly string[];
  export(input: { selection: Selection; cursor: number; limit: number }, context: CallContext): ExportBatch;
  /** Fails with "not-found" for an id that never was one. */
  deadLetterSize(input: { choice: DeadLetterChoice }, context: CallContext): ChoiceSize;
  deadLetterPage(input: LetterPageRequest, context: CallContext): LetterPage;
  /** Lines of an export, docs/dead-letters.md. */
  deadLetterLines(
    input: LetterPageRequest,
    context: CallContext,
  ): { readonly lines: readonly string[]; readonly next: LetterPage["next"] };
  close(input: null, context: CallContext): null;
};
