/** Copies what the list shows, for a chat, an issue or another tool: a line a row, or JSON. */
import type { CallOutput } from "../../shared/contract.ts";
import { levelName, Level } from "../../shared/model/level.ts";
import { call } from "../bridge.ts";
import { formatCount } from "../../shared/text/number.ts";
import { formatMoment } from "../../shared/text/time.ts";
import { useCase } from "../state/case.ts";
import { attempt, notify } from "../state/notices.ts";
import { listedRange, selectionOf, useSelection } from "../state/selection.ts";
import { useZone } from "../state/zone.ts";
import { useList } from "./store.ts";

type Row = CallOutput<"records.rows">["rows"][number];

/** What one question brings, and more than anybody pastes. */
const MOST_ROWS = 1_000;

/** "2026-06-20 14:03:11.207 UTC ERROR checkout Connection timed out", with tabs between; a message keeps to its line. */
export function rowAsText(row: Row, zone: string): string {
  const { time, service } = row.type === "record" ? row.record : row.event;
  const { level, said } =
    row.type === "record"
      ? { level: row.record.level === Level.none ? "" : levelName(row.record.level), said: row.record.message }
      : { level: row.event.kind, said: row.event.title };
  const digits = row.type === "record" ? Math.max(3, row.record.digits) : 3;
  const nanos = row.type === "record" ? row.record.nanos : 0;
  const moment = time === null ? "" : formatMoment(time, zone, digits, nanos);
  return [moment, level.toUpperCase(), service ?? "", said]
    .map((cell) => cell.replaceAll(/[\t\r\n]+/gu, " "))
    .join("\t");
}

/** Times in UTC as ISO 8601, and where each record stands. */
export function rowAsJson(row: Row, paths: ReadonlyMap<number, string>): unknown {
  const isoOf = (time: number): string => new Date(time / 1_000).toISOString();
  if (row.type === "event") {
    const { time, kind, severity, service, title, traceId } = row.event;
    return { time: isoOf(time), event: kind, severity, service, title, traceId };
  }
  const { time, kind, level, service, message, sourceId, line } = row.record;
  const source = paths.get(sourceId) ?? null;
  return { time: time === null ? null : isoOf(time), kind, level: levelName(level), service, message, source, line };
}

/** All rows of the list; of a longer one as many as can be copied, from the selected row on. */
export function copyRows(as: "text" | "json"): void {
  attempt(async () => {
    const state = useSelection.getState();
    const selection = selectionOf(state, listedRange(state));
    const { count } = await call("records.count", { selection });
    const start = count > MOST_ROWS ? Math.max(0, useList.getState().cursor) : 0;
    const { rows } = await call("records.rows", { selection, start, count: MOST_ROWS });
    const { zone } = useZone.getState();
    const paths = new Map(useCase.getState().sources.map(({ id, path }) => [id, path]));
    const text =
      as === "text"
        ? rows.map((row) => rowAsText(row, zone)).join("\n")
        : JSON.stringify(
            rows.map((row) => rowAsJson(row, paths)),
            null,
            2,
          );
    await navigator.clipboard.writeText(text);
    const which =
      rows.length === count
        ? `${formatCount(count)} rows`
        : `Rows ${formatCount(start + 1)} to ${formatCount(start + rows.length)} of ${formatCount(count)}`;
    notify("info", `${which} copied${as === "json" ? " as JSON" : ""}.`);
  });
}
