/**
 * Cuts a stored case down to what suspects are found from: series, templates of logs, spans with their own time, who
 * calls whom, changes and alerts, under one name a service.
 */
import type { Signals } from "../suspects/signals.ts";
import type { CaseReader } from "../store/protocol.ts";
import { gatherDependencies } from "./gather-dependencies.ts";
import { gatherLogs } from "./gather-logs.ts";
import { gatherMetrics } from "./gather-metrics.ts";
import { gatherSpans } from "./gather-spans.ts";
import { ServiceNames } from "./service-names.ts";
import { SignalSegments } from "./signal-segments.ts";

/** Reads every segment once; `checkpoint` throws when the answer is not wanted any more. */
export function gatherSignals(reader: CaseReader, checkpoint: () => void): Signals {
  const segments = new SignalSegments(reader, checkpoint);
  const names = ServiceNames.of(segments);
  const { spans, index } = gatherSpans(segments, names);
  return {
    metrics: gatherMetrics(segments, names),
    logs: gatherLogs(segments, names, index),
    spans,
    changes: [],
    alerts: [],
    dependencies: gatherDependencies(segments, names, spans),
  };
}
