/**
 * What the columns of logs exported as CSV mean: Kibana, Splunk, Datadog, CloudWatch Insights, Loki, Application Insights, the Windows Event
 * Viewer and PowerShell's Get-WinEvent, and spreadsheets. Postgres' `csvlog` has no header; its columns are fixed,
 * https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-LOGGING-CSVLOG.
 */
import { type Delimiter, delimiterOf, splitRow } from "./cells.ts";
import type { JsonObject } from "../json/value.ts";

const NAMES: Readonly<Record<string, string>> = {
  time:
    "@timestamp timestamp time ts datetime date_time date_and_time _time time_stamp timecreated time_created timegenerated time_generated " +
    "eventtime event_time log_time logtime _messagetime created_at createdat created_on received_at occurred_at start_time started_at timestamp_utc query_start",
  level:
    "leveldisplayname level severity severitylevel loglevel log_level log.level lvl entrytype entry_type error_severity severity_text priority level_name levelname status",
  message:
    "message msg event_message log_message text description details detail body content summary short_message syslogmessage logmessage logentry rendereddescription query",
  /** Lines as programs wrote them, with heads of their own. */
  log: "@message _raw raw line log log_line event",
  service:
    "service service_name service.name servicename cloud_rolename cloudrolename approlename app application app_name application_name component providername provider source_name " +
    "source container container_name kubernetes.container_name logger program",
  trace_id: "trace_id traceid trace.id dd.trace_id otel.trace_id operation_id operationid",
  span_id: "span_id spanid span.id dd.span_id",
  request_id: "request_id requestid @requestid request.id",
};

const POSTGRES =
  "log_time,user_name,database_name,process_id,connection_from,session_id,session_line_num,command_tag,session_start_time," +
  "virtual_transaction_id,transaction_id,error_severity,sql_state_code,message,detail,hint,internal_query,internal_query_pos,context,query," +
  "query_pos,location,application_name,backend_type,leader_pid,query_id";
const POSTGRES_SEVERITY = 11;
/** Version 9.0 wrote 23 columns, later ones more. */
const FEWEST_POSTGRES = 23;
const POSTGRES_SEVERITIES = /^(?:DEBUG[1-5]|INFO|NOTICE|WARNING|ERROR|LOG|FATAL|PANIC)$/;

/** What Azure writes behind the name of a time: `timestamp [UTC]`. */
const ZONE = / \[[^\]]*\]$/;

/** Application Insights counts levels, https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete#trace-telemetry */
const AZURE_LEVEL = /^severityLevel$/i;
const AZURE_LEVELS = ["Verbose", "Information", "Warning", "Error", "Critical"];

/** Lines before the header: PowerShell names a type, Excel a delimiter. */
export const isBeforeHeader = (line: string): boolean => /^(?:#TYPE |sep=.$)/.test(line);

export interface LogColumns {
  readonly header: string;
  readonly delimiter: Delimiter;
  readonly names: readonly string[];
  /** Which column is what, by the keys of {@link NAMES}. */
  readonly roles: ReadonlyMap<string, number>;
  /** A column of clocks beside one of days. */
  readonly clock: number;
  /** Whether the first line is a row already. */
  readonly isImplied: boolean;
}

/** Null when the line names no time, or nothing that a log has beside it. */
export function logColumnsOf(line: string): LogColumns | null {
  const own = columnsUnder(line, false);
  if (own !== null) return own;
  const cells = splitRow(line, ",");
  return POSTGRES_SEVERITIES.test(cells[POSTGRES_SEVERITY] ?? "") ? columnsUnder(POSTGRES, true) : null;
}

/** Whether a row has as many cells as its header, or the one more that the Event Viewer writes. */
export function fitsColumns({ names, isImplied }: LogColumns, cells: readonly string[]): boolean {
  if (isImplied) return cells.length >= FEWEST_POSTGRES && cells.length <= names.length;
  return cells.length === names.length || cells.length === names.length + 1;
}

function columnsUnder(header: string, isImplied: boolean): LogColumns | null {
  const delimiter = delimiterOf(header);
  const names = splitRow(header, delimiter).map((name) => name.trim());
  const plain = names.map((name) =>
    name
      .toLowerCase()
      .replace(ZONE, "")
      .replaceAll(/[\s-]+/g, "_"),
  );
  const roles = new Map<string, number>();
  for (const [role, wanted] of Object.entries(NAMES)) {
    const found = wanted
      .split(" ")
      .map((name) => plain.indexOf(name))
      .find((index) => index >= 0);
    if (found !== undefined) roles.set(role, found);
  }
  const day = plain.indexOf("date");
  const time = roles.get("time");
  const hasDay = day >= 0 && (time === undefined || plain[time] === "time");
  if (hasDay) roles.set("time", day);
  if (!roles.has("time") || names.length < 2) return null;
  return { header, delimiter, names, roles, clock: hasDay ? (time ?? -1) : -1, isImplied };
}

/** What a row says, in the keys of usual loggers. The Event Viewer writes the message behind the last named column. */
export function rowObject({ roles, clock, names }: LogColumns, cells: readonly string[]): JsonObject {
  const object: Record<string, string> = {};
  for (const [role, index] of roles) {
    const cell = cells[index] ?? "";
    if (cell !== "") object[role] = cell;
  }
  if (clock >= 0 && (cells[clock] ?? "") !== "") object["time"] = `${object["time"] ?? ""} ${cells[clock]}`;
  const level = names[roles.get("level") ?? -1];
  if (level !== undefined && AZURE_LEVEL.test(level)) object["level"] = AZURE_LEVELS[Number(object["level"])] ?? "";
  const extra = cells[names.length];
  if (extra !== undefined && extra !== "") object["message"] ??= extra;
  return object;
}
