// Traces, summed over their spans, in pages.
import { SEVERITIES, severityRank } from "../../../shared/model/severity.ts";
import type { TraceSummary } from "../../../shared/model/trace.ts";
import { durationMicros, micros, type DurationMicros } from "../../../shared/units.ts";
import { decodeCursor, pageOf, type Key, type Page, type PageRequest } from "./cursor.ts";
import type { Connection } from "./sqlite.ts";

interface TraceRow {
  id: number;
  trace_id: string;
  service: string | null;
  name: string;
  start: number;
  duration: number;
  span_count: number;
  error_count: number;
  services: string;
  slowest_span_id: string | null;
  slowest_span_name: string | null;
  slowest_span_service: string | null;
  severity: number | null;
}

export interface TraceFilter {
  readonly from: number | null;
  readonly to: number | null;
  /** One that took part in the trace, not only its root. */
  readonly service: string | null;
  /** Ids of the only traces in question; null for all. */
  readonly among: readonly string[] | null;
  readonly only: "all" | "slow" | "failed";
  /** From which duration on a trace is slow: a setting. */
  readonly slowFrom: DurationMicros;
  readonly order: "duration" | "errors" | "start";
}

type Parameter = string | number;

const ORDERS = {
  duration: { key: "duration, id", direction: "DESC", of: (row: TraceRow): Key => [row.duration, row.id] },
  errors: {
    key: "error_count, duration, id",
    direction: "DESC",
    of: (row: TraceRow): Key => [row.error_count, row.duration, row.id],
  },
  start: { key: "start, id", direction: "ASC", of: (row: TraceRow): Key => [row.start, row.id] },
} as const;

/** Longest, most failed, or earliest first. The range is that of the start, its end is exclusive. */
export function listTraces(db: Connection, filter: TraceFilter, page: PageRequest): Page<TraceSummary> {
  const { conditions, parameters } = traceConditions(filter);
  const { key, direction, of } = ORDERS[filter.order];
  const columns = key.split(", ");
  const total = db
    .prepare<Parameter[], { total: number }>(`SELECT COUNT(*) AS total FROM trace WHERE ${conditions.join(" AND ")}`)
    .get(...parameters);
  if (page.after !== null) {
    conditions.push(`(${key}) ${direction === "ASC" ? ">" : "<"} (${columns.map(() => "?").join(", ")})`);
    parameters.push(...decodeCursor(page.after, columns.length));
  }
  const rows = db
    .prepare<Parameter[], TraceRow>(
      `SELECT *
         FROM trace
        WHERE ${conditions.join(" AND ")}
        ORDER BY ${columns.map((column) => `${column} ${direction}`).join(", ")}
        LIMIT ?`,
    )
    .all(...parameters, page.limit + 1);
  return pageOf(rows, page.limit, total?.total ?? 0, of, traceOf);
}

export function getTrace(db: Connection, traceId: string): TraceSummary | null {
  const row = db.prepare<[string], TraceRow>(`SELECT * FROM trace WHERE trace_id = ?`).get(traceId);
  return row === undefined ? null : traceOf(row);
}

export function countTraces(db: Connection, slowFrom: DurationMicros): { count: number; slow: number; failed: number } {
  const row = db
    .prepare<[number], { count: number; slow: number; failed: number }>(
      `SELECT COUNT(*) AS count,
              COUNT(*) FILTER (WHERE duration >= ?) AS slow,
              COUNT(*) FILTER (WHERE error_count > 0) AS failed
         FROM trace`,
    )
    .get(slowFrom);
  return row ?? { count: 0, slow: 0, failed: 0 };
}

function traceConditions(filter: TraceFilter): { conditions: string[]; parameters: Parameter[] } {
  const conditions = ["TRUE"];
  const parameters: Parameter[] = [];
  const add = (condition: string, ...values: Parameter[]): void => {
    conditions.push(condition);
    parameters.push(...values);
  };
  if (filter.from !== null) add("start >= ?", filter.from);
  if (filter.to !== null) add("start < ?", filter.to);
  if (filter.service !== null) add("id IN (SELECT trace FROM trace_service WHERE service = ?)", filter.service);
  if (filter.among !== null) add("trace_id IN (SELECT value FROM json_each(?))", JSON.stringify(filter.among));
  if (filter.only === "slow") add("duration >= ?", filter.slowFrom);
  if (filter.only === "failed") add("error_count > 0");
  return { conditions, parameters };
}

function traceOf(row: TraceRow): TraceSummary {
  return {
    traceId: row.trace_id,
    service: row.service,
    name: row.name,
    start: micros(row.start),
    duration: durationMicros(row.duration),
    spanCount: row.span_count,
    errorCount: row.error_count,
    services: JSON.parse(row.services) as string[],
    slowestSpanId: row.slowest_span_id,
    slowestSpanName: row.slowest_span_name,
    slowestSpanService: row.slowest_span_service,
    severity: row.severity === null ? null : (SEVERITIES[row.severity] ?? "INFO"),
  };
}

/** A trace id that stands twice is one trace: the last summary counts. */
export function replaceTraces(db: Connection, traces: readonly TraceSummary[]): void {
  // Before its traces, which would ask for the services of each.
  db.prepare(`DELETE FROM trace_service`).run();
  db.prepare(`DELETE FROM trace`).run();
  const put = db.prepare(
    `INSERT OR REPLACE INTO trace (trace_id, service, name, start, duration, span_count, error_count, services,
                                   slowest_span_id, slowest_span_name, slowest_span_service, severity)
     VALUES (:trace_id, :service, :name, :start, :duration, :span_count, :error_count, :services,
             :slowest_span_id, :slowest_span_name, :slowest_span_service, :severity)`,
  );
  const idsOf = new Map<string, (number | bigint)[]>();
  for (const trace of traces) {
    const { lastInsertRowid } = put.run({
      trace_id: trace.traceId,
      service: trace.service,
      name: trace.name,
      start: Math.round(trace.start),
      duration: trace.duration,
      span_count: trace.spanCount,
      error_count: trace.errorCount,
      services: JSON.stringify(trace.services),
      slowest_span_id: trace.slowestSpanId,
      slowest_span_name: trace.slowestSpanName,
      slowest_span_service: trace.slowestSpanService,
      severity: trace.severity === null ? null : severityRank(trace.severity),
    });
    for (const service of trace.services) {
      const ids = idsOf.get(service);
      if (ids === undefined) idsOf.set(service, [lastInsertRowid]);
      else ids.push(lastInsertRowid);
    }
  }
  putServices(db, idsOf);
}

/** One statement a service, not one for each service of each trace; an id that was replaced is gone. */
function putServices(db: Connection, idsOf: ReadonlyMap<string, readonly (number | bigint)[]>): void {
  const takesPart = db.prepare<[string, string]>(
    `INSERT OR IGNORE INTO trace_service (service, trace)
     SELECT ?, id
       FROM trace
      WHERE id IN (SELECT value FROM json_each(?))`,
  );
  for (const [service, ids] of idsOf) takesPart.run(service, `[${ids.join(",")}]`);
}
