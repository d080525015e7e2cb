import { describe, expect, it } from "vitest";
import { formatWithUnit, unitOf } from "../../../../src/renderer/anomalies/unit.ts";

describe("the unit of a series", () => {
  it.each([
    ["http_server_duration_p99_ms", "milliseconds"],
    ["http_request_duration_seconds", "seconds"],
    ["process_cpu_seconds_total", "seconds"],
    ["go_gc_pause_ns", "nanoseconds"],
    ["latency.us", "microseconds"],
    ["jvm_memory_used_bytes", "bytes"],
    ["network_receive_bytes_per_second", "bytes"],
    ["heapUsedBytes", "bytes"],
    ["cpu_percent", "percent"],
    ["disk used %", "percent"],
    ["error_ratio", "ratio"],
    ["requests_per_second", "none"],
    ["http_requests_total", "none"],
    ["statuses", "none"],
    ["constructor", "none"],
    ["", "none"],
  ])("of %s is %s", (name, unit) => {
    expect(unitOf(name)).toBe(unit);
  });
});

describe("a value with its unit", () => {
  it.each([
    [812, "milliseconds", "812 ms"],
    [1.24, "seconds", "1.24 s"],
    [1_400_000_000, "bytes", "1.4 GB"],
    [-512, "bytes", "−512 B"],
    [12.5, "percent", "12.5 %"],
    [0.0046, "ratio", "0.0046"],
    [4_812, "none", "4,812"],
    [Number.NaN, "seconds", "no value"],
  ] as const)("%d in %s reads %s", (value, unit, text) => {
    expect(formatWithUnit(value, unit)).toBe(text);
  });
});
