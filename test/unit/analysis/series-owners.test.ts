import { describe, expect, it } from "vitest";
import { SeriesOwners, type SeriesOwner } from "../../../src/main/engine/analysis/series-owners.ts";
import { ServiceNames } from "../../../src/main/engine/analysis/service-names.ts";

const ownersOf = (...series: readonly SeriesOwner[]): string[] => {
  const owners = new SeriesOwners(series, new ServiceNames([]));
  return series.map((one) => {
    const { service, name } = owners.of(one);
    return `${service} | ${name.replace(/\{.*$/u, "")}`;
  });
};
const named = (name: string, service: string | null = null): SeriesOwner => ({ service, name });

describe("whose a series is", () => {
  it.each([
    ["service_metric", (service: string, metric: string) => `${service}_${metric}`],
    ["service.metric", (service: string, metric: string) => `${service}.${metric}`],
    ["metric_service", (service: string, metric: string) => `${metric}_${service}`],
    ["metric:service", (service: string, metric: string) => `${metric}:${service}`],
  ])("is told from columns that are called %s", (_, column) => {
    const table = ["cart", "front-end", "queue-master"].flatMap((service) =>
      ["cpu", "mem", "latency_p99"].map((metric) => ({ service, metric, name: column(service, metric) })),
    );
    expect(ownersOf(...table.map(({ name }) => named(name)))).toStrictEqual(
      table.map(({ service, metric }) => `${service} | ${metric}`),
    );
  });

  it.each([
    ['cpu{service="cart"}', "cart"],
    ['container_cpu_usage_seconds_total{namespace="shop",pod="cart-7d9c5b8f4d-x2x9p",container="app"}', "cart"],
    ['istio_requests_total{reporter="destination",source_workload="web",destination_workload="cart"}', "cart"],
    [String.raw`cpu{labels="{\"service\": \"cart\"}"}`, "cart"],
    ['up{instance="10.0.0.1:80"}', "null"],
  ])("is told from the labels of %s", (name, owner) => {
    expect(ownersOf(named(name))[0]).toMatch(new RegExp(`^${owner} \\|`, "u"));
  });

  it("is not cut behind a word with which metrics begin", () => {
    const table = ["cart", "stock"].flatMap((service) =>
      ["cpu_usage", "memory_rss"].map((metric) => named(`${service}_container_${metric}`)),
    );
    expect(ownersOf(...table)).toStrictEqual([
      "cart | container_cpu_usage",
      "cart | container_memory_rss",
      "stock | container_cpu_usage",
      "stock | container_memory_rss",
    ]);
  });

  it.each([
    ['node_cpu_utilization{instance="10.0.3.7:9100",job="node-exporter"}', "node-exporter", null, "host 10.0.3.7:9100"],
    ['disk_io_util{host="db-3",device="sda"}', null, null, "host db-3"],
    ['kubelet_volume_used_ratio{persistentvolumeclaim="orders-data"}', null, null, "volume orders-data"],
    ['nodejs_heap_used{instance="10.0.3.7:80",job="web"}', "web", "web", null],
    ['node_cpu{service="web",node="n1"}', "web", "web", null],
  ])("is a machine's or a volume's where no service has it: %s", (name, service, owner, ground) => {
    const owners = new SeriesOwners([named(name, service)], new ServiceNames([]));
    expect(owners.of(named(name, service))).toMatchObject({ service: owner, ground });
  });

  it("is not the scraper's, where it gives its own name to what it measures of others", () => {
    const scraped = ["cart-7d9c5b8f4d-x2x9p", "stock-5b67c48447-fj8b7"].map((pod) =>
      named(`container_memory_rss{pod="${pod}",job="kubelet"}`, "kubelet"),
    );
    expect(ownersOf(...scraped)).toStrictEqual(["cart | container_memory_rss", "stock | container_memory_rss"]);
  });

  it("stays a service's own where all its series are of its own pods", () => {
    const own = ["cart-7d9c5b8f4d-x2x9p", "cart-7d9c5b8f4d-k8s2m"].map((pod) =>
      named(`requests_total{pod="${pod}"}`, "cart-api"),
    );
    expect(ownersOf(...own)).toStrictEqual(["cart-api | requests_total", "cart-api | requests_total"]);
  });
});
