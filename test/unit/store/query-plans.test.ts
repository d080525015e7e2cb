import { describe, expect, it } from "vitest";
import { newCase } from "./support.ts";

/** A statement as the store asks it, and the index that it must use. */
const PLANS: readonly (readonly [sql: string, index: RegExp])[] = [
  [
    "SELECT * FROM event WHERE TRUE AND (time, id) > (?, ?) ORDER BY time ASC, id ASC LIMIT 9",
    /USING INDEX event_by_time/,
  ],
  ["SELECT * FROM event WHERE TRUE ORDER BY time DESC, id DESC LIMIT 9", /USING INDEX event_by_time/],
  ["SELECT * FROM event WHERE source = ? ORDER BY time ASC, id ASC LIMIT 9", /USING INDEX event_by_source/],
  ["SELECT * FROM event WHERE kind = ? AND time < ? ORDER BY time ASC, id ASC LIMIT 9", /USING INDEX event_by_kind/],
  ["SELECT * FROM event WHERE severity = ? ORDER BY time ASC, id ASC LIMIT 9", /USING INDEX event_by_severity/],
  ["SELECT * FROM event WHERE service = ? ORDER BY time ASC, id ASC LIMIT 9", /USING INDEX event_by_service/],
  ["SELECT * FROM event WHERE trace_id = ? ORDER BY time ASC, id ASC LIMIT 9", /USING INDEX event_by_trace/],
  ["SELECT COUNT(*) FROM event WHERE event.source_id = ?", /USING COVERING INDEX event_by_reference/],
  ["SELECT id FROM source WHERE path = ?", /USING COVERING INDEX sqlite_autoindex_source_1/],
  ["SELECT * FROM segment WHERE source_id = ? ORDER BY first_time", /USING INDEX segment_by_source/],
  ["SELECT * FROM segment WHERE first_time < ?", /USING INDEX segment_by_time/],
  [
    "SELECT data FROM segment_column WHERE segment_id = ? AND name = ?",
    /USING INDEX sqlite_autoindex_segment_column_1/,
  ],
  [
    "SELECT id FROM raw_block WHERE source_id = ? AND byte_offset >= ? ORDER BY byte_offset",
    /USING COVERING INDEX sqlite_autoindex_raw_block_1/,
  ],
  ["SELECT * FROM trace WHERE TRUE ORDER BY duration DESC, id DESC LIMIT 9", /USING INDEX trace_by_duration/],
  [
    "SELECT * FROM trace WHERE TRUE ORDER BY error_count DESC, duration DESC, id DESC LIMIT 9",
    /USING INDEX trace_by_errors/,
  ],
  [
    "SELECT * FROM trace WHERE start >= ? AND start < ? ORDER BY start ASC, id ASC LIMIT 9",
    /USING INDEX trace_by_start/,
  ],
  [
    "SELECT reason, COUNT(*) FROM dead_letter WHERE source_id = ? GROUP BY reason",
    /USING COVERING INDEX dead_letter_by_source/,
  ],
  ["SELECT reason, COUNT(*) FROM dead_letter WHERE TRUE GROUP BY reason", /USING COVERING INDEX dead_letter_by_reason/],
];

describe("query plans", () => {
  it.each(PLANS)("%s", (sql, index) => {
    const { writer } = newCase();
    const parameters = Array.from({ length: sql.split("?").length - 1 }, () => 1);
    const steps = writer.db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
    const plan = steps.map(({ detail }) => detail).join("; ");
    expect(plan).toMatch(index);
    expect(plan).not.toMatch(/TEMP B-TREE/);
  });
});
