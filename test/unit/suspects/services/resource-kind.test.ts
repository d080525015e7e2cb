import { expect, it } from "vitest";
import { isOfMachine, kindOf } from "../../../../src/main/engine/suspects/services/resource-kind.ts";

it.each([
  ["latency_p99", "latency"],
  ["lat_50", "latency"],
  ["latency-90", "latency"],
  ["error_latency_ms", "latency"],
  ["request_duration_seconds", "latency"],
  ["availability_Average", "availability"],
  ["PodSuccessRate(%)", "availability"],
  ["http_5xx_per_sec", "errors"],
  ["tcp_retrans", "errors"],
  ["packet_loss", "errors"],
  ["db_pool_in_use", "saturation"],
  ["socket", "saturation"],
  ["connections_active", "saturation"],
  ["CpuUsageRate(%)", "cpu"],
  ["mem", "memory"],
  ["jvm_heap_bytes", "memory"],
  ["diskio", "disk"],
  ["SyscallWrite", "disk"],
  ["NetworkReceiveBytes", "network"],
  ["lod", "load"],
  ["workload", "load"],
  ["PodWorkload(Ops)", "load"],
  ["requests_Sum", "load"],
  ["search_result_avg", "other"],
  ["platform_flag", "other"],
] as const)("%s measures %s", (name, kind) => {
  expect(kindOf(name)).toBe(kind);
});

it("tells the machine's metrics from a service's", () => {
  expect([isOfMachine("NodeCpuUsageRate(%)"), isOfMachine("node_memory_used"), isOfMachine("cpu_node")]).toEqual([
    true,
    true,
    false,
  ]);
});
