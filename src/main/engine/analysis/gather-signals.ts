/**
 * Cuts a stored case down to what suspects are found from: series, templates of logs, spans with their own time, who
 * calls whom, and what records say word for word, under one name a service.
 */
import type { LogSignal, Quote, Signals } from "../suspects/signals.ts";
import { gatherDependencies } from "./gather-dependencies.ts";
import { LogGathering } from "./gather-logs.ts";
import { gatherMetrics } from "./gather-metrics.ts";
import { QuoteGathering } from "./gather-quotes.ts";
import { gatherSpans } from "./gather-spans.ts";
import type { RecordTexts } from "./record-texts.ts";
import type { ServiceNames } from "./service-names.ts";
import type { StoredSegments } from "./stored-segments.ts";

export type GatheredSignals = Omit<Signals, "changes" | "alerts"> & { readonly quotes: readonly Quote[] };

/** Reads every segment once. */
export function gatherSignals(segments: StoredSegments, names: ServiceNames, texts: RecordTexts): GatheredSignals {
  const { spans, index } = gatherSpans(segments, names);
  const logs = new LogGathering(names, index, texts);
  const quotes = new QuoteGathering(names, texts);
  for (const segment of segments.of(["log", "json", "text", "span"])) {
    logs.add(segment);
    quotes.add(segment);
  }
  const said = quotes.quotes();
  return {
    metrics: gatherMetrics(segments, names),
    logs: withTexts(logs.signals(segments.templates), said),
    quotes: said,
    spans,
    dependencies: gatherDependencies(segments, names, spans),
  };
}

/** Signals and quotes that begin with the same record are of the same records, or of some of them. */
function withTexts(logs: readonly LogSignal[], quotes: readonly Quote[]): LogSignal[] {
  const texts = new Map(quotes.map((quote) => [quote.place.record, quote.texts]));
  return logs.map((log) => {
    const { service, level, templateId, template, times, spans, place } = log;
    const said = texts.get(place.record);
    return said === undefined ? log : { service, level, templateId, template, times, spans, texts: said, place };
  });
}
