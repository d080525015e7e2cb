import { describe, expect, it } from "vitest";
import { unitOf } from "../../../../src/shared/model/metric-unit.ts";

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
    ["http_requests_total", "count"],
    ['http_requests_total{code="200",unit="ms"}', "count"],
    ["MemoryUsage(Mi)", "megabytes"],
    ["PodServerLatencyP99(s)", "seconds"],
    ['CPUUtilization{stat="Average",unit="Percent"}', "percent"],
    ['NetworkIn{unit="Bytes/Second",host="a"}', "bytes"],
    ['NetworkIn{unit="BytesPerSecond"}', "bytes"],
    ['kubernetes.io/container/memory/used{unit="By"}', "bytes"],
    ['node_systemd_unit_state{unit="ms.service"}', "none"],
    ["statuses", "none"],
    ["constructor", "none"],
    ["", "none"],
  ])("of %s is %s", (name, unit) => {
    expect(unitOf(name)).toBe(unit);
  });
});
