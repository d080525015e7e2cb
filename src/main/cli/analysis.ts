/** What `analyze` prints: the accounting of a case and what stands out in it. */
import { resolve, sep } from "node:path";
import { EVENT_SOURCES, type EventSource } from "../../shared/model/event.ts";
import { SEVERITIES, type Severity } from "../../shared/model/severity.ts";
import type { Source, SourceState, TestTotals } from "../../shared/model/source.ts";
import type { Settings } from "../../shared/settings.ts";
import { durationMicros, MICROS_PER_MILLISECOND } from "../../shared/units.ts";
import type { EventFilter } from "../../shared/contract.ts";
import { isEntryOf } from "../engine/connectors/support/entry-path.ts";
import type { ReaderMethods } from "../engine/query/protocol.ts";
import type { Askable } from "../engine/threads/rpc.ts";
import { isoMicros, isoMicrosOrNull } from "./iso-time.ts";

export interface AnalysedSource {
  readonly path: string;
  readonly connector: string;
  readonly format: string | null;
  readonly confidence: number;
  readonly state: SourceState;
  readonly messages: readonly string[];
  readonly bytes: number;
  readonly read: number;
  readonly records: number;
  readonly events: number;
  readonly deadLetters: number;
  /** Of these, counted and not kept. */
  readonly deadLettersDropped: number;
  readonly skipped: number;
  readonly skippedWhy: Readonly<Record<string, number>>;
  readonly from: string | null;
  readonly to: string | null;
  readonly tests?: TestTotals;
}

export interface Analysis {
  /** Null when the case was a temporary one. */
  readonly case: string | null;
  readonly durationMs: number;
  /** From the start of the process to the first records in the case; null when none came. */
  readonly firstRecordsMs: number | null;
  /** From the start of the process until all was read, saved and searchable; what is found in it comes after. */
  readonly readMs: number | null;
  readonly sources: readonly AnalysedSource[];
  readonly totals: {
    readonly sources: number;
    readonly bytes: number;
    readonly read: number;
    readonly records: number;
    readonly events: number;
    readonly deadLetters: number;
    readonly skipped: number;
  };
  readonly events: {
    readonly bySource: Readonly<Record<EventSource, number>>;
    readonly bySeverity: Readonly<Record<Severity, number>>;
  };
  readonly anomalies: readonly {
    readonly id: number;
    readonly time: string;
    readonly endTime: string;
    readonly service: string | null;
    readonly series: string;
    readonly method: string;
    readonly score: number;
    readonly severity: Severity;
  }[];
  readonly traces: { readonly count: number; readonly slow: number; readonly failed: number };
}

type Reader = Askable<ReaderMethods>;

export async function analysisOf(
  reader: Reader,
  { caseFile, paths, settings }: { caseFile: string | null; paths: readonly string[]; settings: Settings },
): Promise<Omit<Analysis, "durationMs" | "firstRecordsMs" | "readMs">> {
  // Nothing that is told here asks for the index of records, which would outgrow all else of a large case.
  const info = await reader.call("caseInfo", null);
  const sources = (await reader.call("sources.list", undefined)) as readonly Source[];
  const anomalies = await reader.call("anomalies.list", { from: null, to: null });
  return {
    case: caseFile,
    sources: sources.map((source) => shownSource(source, paths)),
    totals: {
      sources: sources.length,
      bytes: sources.reduce((sum, source) => sum + source.bytes, 0),
      read: info.read,
      records: info.records,
      events: info.events,
      deadLetters: info.deadLetters,
      skipped: info.skipped,
    },
    events: {
      bySource: await counts(EVENT_SOURCES, (source) => eventCount(reader, { source })),
      bySeverity: await counts(SEVERITIES, (severity) => eventCount(reader, { severity })),
    },
    anomalies: anomalies.map(({ id, time, endTime, service, series, method, score, severity }) => ({
      id,
      time: isoMicros(time),
      endTime: isoMicros(endTime),
      service,
      series,
      method,
      score,
      severity,
    })),
    traces: {
      count: await traceCount(reader, "all", settings),
      slow: await traceCount(reader, "slow", settings),
      failed: await traceCount(reader, "failed", settings),
    },
  };
}

function shownSource(source: Source, paths: readonly string[]): AnalysedSource {
  const { connector, format, confidence, state, messages, bytes, read, records, events, deadLetters, skipped } = source;
  return {
    path: asWritten(source.path, paths),
    connector,
    format,
    confidence,
    state,
    messages,
    bytes,
    read,
    records,
    events,
    deadLetters,
    deadLettersDropped: source.deadLettersDropped,
    skipped,
    skippedWhy: source.skippedWhy,
    from: isoMicrosOrNull(source.from),
    to: isoMicrosOrNull(source.to),
    ...(source.tests === null ? {} : { tests: source.tests }),
  };
}

/** The case knows absolute paths; a person sees them begin as typed. */
function asWritten(path: string, given: readonly string[]): string {
  for (const typed of given) {
    const absolute = resolve(typed);
    if (path === absolute) return typed;
    if (isEntryOf(path, absolute)) return `${typed}${path.slice(absolute.length)}`;
    if (path.startsWith(absolute + sep))
      return `${typed.endsWith(sep) ? typed : typed + sep}${path.slice(absolute.length + 1)}`;
  }
  return path;
}

async function counts<K extends string>(
  keys: readonly K[],
  count: (key: K) => Promise<number>,
): Promise<Record<K, number>> {
  const pairs: [K, number][] = [];
  for (const key of keys) pairs.push([key, await count(key)]);
  return Object.fromEntries(pairs) as Record<K, number>;
}

const eventCount = async (reader: Reader, filter: EventFilter): Promise<number> =>
  (await reader.call("events.list", { filter, limit: 1, after: null })).total;

async function traceCount(reader: Reader, only: "all" | "slow" | "failed", settings: Settings): Promise<number> {
  const slowFrom = durationMicros(settings.detection.slowTraceMs[0] * MICROS_PER_MILLISECOND);
  const request = {
    from: null,
    to: null,
    service: null,
    only,
    order: "start",
    limit: 1,
    after: null,
    slowFrom,
  } as const;
  return (await reader.call("traces.list", request)).total;
}
