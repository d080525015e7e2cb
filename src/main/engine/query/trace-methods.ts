// The reader's calls about traces: one trace with all that is told of it, and the questions over many.
import type { Selection } from "../../../shared/contract.ts";
import type { CallContext } from "../threads/rpc.ts";
import { criticalPathOf, writtenIds } from "./critical-path.ts";
import { tracesWith } from "./filtered-traces.ts";
import type { OpenCase } from "./open-case.ts";
import type { ReadCall, ReaderMethods } from "./protocol.ts";
import type { Selected } from "./selected.ts";
import { compareTwoTraces, compareTwoWindows } from "./trace-comparisons.ts";
import { findingsOf } from "./trace-findings.ts";
import { callGraph, operationTable } from "./trace-figures.ts";
import { traceProblems } from "./trace-problems.ts";
import { recordsOfTrace } from "./trace-records.ts";
import { spansOf, traceIds } from "./traces.ts";

type TraceMethods = Pick<ReaderMethods, Extract<ReadCall, `traces.${string}`> | "traceIds" | "writtenIds">;

export function traceMethods(
  current: (context: CallContext) => OpenCase,
  withoutIndex: (context: CallContext) => OpenCase,
  selectedOf: (selection: Selection, context: CallContext) => { open: OpenCase; selected: Selected },
): TraceMethods {
  return {
    "traces.list"({ filter = "", ...input }, context) {
      if (filter.trim() === "") return withoutIndex(context).tables.listTraces(input);
      const { open, selected } = selectedOf({ filter, from: null, to: null, samples: false }, context);
      return open.tables.listTraces({ ...input, among: tracesWith(open, selected, check(context)) });
    },
    "traces.get"({ traceId }, context) {
      const open = current(context);
      const found = spansOf(open, traceId, check(context));
      return { summary: open.tables.trace(traceId), spans: found.spans, problems: traceProblems(found.spans, found) };
    },
    "traces.criticalPath"({ traceId }, context) {
      const open = current(context);
      return criticalPathOf(open, spansOf(open, traceId, check(context)), check(context));
    },
    "traces.findings"({ traceId }, context) {
      const open = current(context);
      return findingsOf(open, spansOf(open, traceId, check(context)), check(context));
    },
    "traces.records"({ traceId, limit }, context) {
      const open = current(context);
      const { spans } = spansOf(open, traceId, check(context));
      return recordsOfTrace(open, { traceId, spans, limit }, check(context));
    },
    "traces.operations"({ selection }, context) {
      const { open, selected } = selectedOf(selection, context);
      return operationTable(open, selected, selection, check(context));
    },
    "traces.graph"({ selection }, context) {
      const { open, selected } = selectedOf(selection, context);
      return callGraph(open, selected, selection, check(context));
    },
    "traces.compare": ({ a, b }, context) => compareTwoTraces(current(context), [a, b], check(context)),
    "traces.compareWindows": ({ windows }, context) => compareTwoWindows(current(context), windows, check(context)),
    writtenIds({ traceId }, context) {
      const open = current(context);
      return writtenIds(open, spansOf(open, traceId, check(context)), check(context));
    },
    traceIds: ({ limit }, context) => traceIds(current(context), limit, check(context)),
  };
}

const check =
  (context: CallContext): (() => void) =>
  () =>
    context.checkpoint();
