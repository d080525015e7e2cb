/** The same, that no change in the data explains. */
import type { Incident } from "./incident.ts";

export const HELD_OUT_OUTSIDE: readonly Incident[] = [
  {
    title: "a database that fails over by itself",
    calls: ["api>orders", "orders>pg"],
    metrics: [
      { service: "orders", name: "error_rate", from: 0.001, to: 0.8 },
      { service: "pg", name: "replication_role", from: 1, to: 0, at: 89, over: 1 },
      { service: "api", name: "error_rate", from: 0.001, to: 0.5, at: 91 },
    ],
    logs: [
      {
        service: "orders",
        level: "error",
        says: "could not connect to server: connection refused pg-primary:5432",
        at: 90,
      },
      {
        service: "pg",
        level: "warn",
        says: "failover: promoting replica pg-2, node pg-1 unreachable",
        at: 89.3,
        every: 10,
      },
    ],
    commits: [
      {
        id: "f6d",
        at: 60,
        says: "feat(orders): csv export",
        files: ["services/orders/export.go"],
        diff: "@@ export.go @@\n+func Export() error {\n+\treturn nil\n+}",
      },
    ],
    deploys: [{ at: 80, service: "orders", commit: "f6d" }],
    alert: { at: 93, service: "api", metric: "error_rate", summary: "api errors" },
    culprit: null,
  },
  {
    title: "memory that grew all day",
    calls: ["web>thumbs"],
    metrics: [
      { service: "thumbs", name: "heap_used_mb", from: 300, to: 1500, at: 10, over: 100 },
      { service: "thumbs", name: "gc_pause_ms", from: 20, to: 900, over: 10 },
      { service: "web", name: "latency_p95_ms", from: 100, to: 1200, at: 92 },
    ],
    logs: [{ service: "thumbs", level: "warn", says: "full gc took 900 ms, heap 97% used", at: 91 }],
    commits: [
      {
        id: "f7d",
        at: 70,
        says: "chore(web): bump css",
        files: ["services/web/app.css"],
        diff: "@@ app.css @@\n-color: red\n+color: blue",
      },
    ],
    deploys: [{ at: 84, service: "web", commit: "f7d" }],
    alert: { at: 95, service: "web", metric: "latency_p95_ms", summary: "web slow" },
    culprit: null,
  },
  {
    title: "a robot that reads everything",
    calls: ["edge>catalog", "catalog>db"],
    metrics: [
      { service: "edge", name: "requests_per_sec", from: 400, to: 3000 },
      { service: "catalog", name: "requests_per_sec", from: 350, to: 2700 },
      { service: "catalog", name: "cpu_utilization", from: 0.3, to: 0.97 },
      { service: "edge", name: "latency_p99_ms", from: 120, to: 2500, at: 91 },
    ],
    logs: [{ service: "edge", level: "warn", says: "worker queue saturated, shedding load", at: 92 }],
    commits: [
      {
        id: "f8d",
        at: 50,
        says: "feat(catalog): sort by price",
        files: ["services/catalog/sort.go"],
        diff: "@@ sort.go @@\n-\tsort.Slice(items, byName)\n+\tsort.Slice(items, byPrice)",
      },
    ],
    deploys: [{ at: 85, service: "catalog", commit: "f8d" }],
    alert: { at: 93, service: "edge", metric: "latency_p99_ms", summary: "edge slow" },
    culprit: null,
  },
  {
    title: "a store of files in the cloud that is down",
    calls: ["web>uploads", "web>avatars"],
    metrics: [
      { service: "uploads", name: "error_rate", from: 0.001, to: 0.9 },
      { service: "avatars", name: "error_rate", from: 0.001, to: 0.7 },
    ],
    logs: [
      {
        service: "uploads",
        level: "error",
        says: "PUT https://storage.example-cloud.com/bucket: 503 Service Unavailable",
        at: 90,
      },
      {
        service: "avatars",
        level: "error",
        says: "GET https://storage.example-cloud.com/avatars: 503 Service Unavailable",
        at: 90.2,
      },
    ],
    commits: [
      {
        id: "f9d",
        at: 78,
        says: "feat(uploads): larger files",
        files: ["services/uploads/limits.ts"],
        diff: "@@ limits.ts @@\n-export const MAX = 10_000_000\n+export const MAX = 20_000_000",
      },
    ],
    deploys: [{ at: 88, service: "uploads", commit: "f9d" }],
    alert: { at: 92, service: "uploads", metric: "error_rate", summary: "uploads fail" },
    culprit: null,
  },
  {
    title: "a nightly job that takes the database",
    calls: ["api>inv", "etl>db", "inv>db"],
    metrics: [
      { service: "db", name: "cpu_utilization", from: 0.2, to: 0.99 },
      { service: "inv", name: "latency_p99_ms", from: 60, to: 1500, at: 91 },
      { service: "etl", name: "rows_per_sec", from: 0, to: 90000 },
    ],
    logs: [{ service: "db", level: "warn", says: "checkpoints are occurring too frequently", at: 91 }],
    commits: [
      {
        id: "f14d",
        at: 60,
        says: "feat(inv): barcode field",
        files: ["services/inv/model.py"],
        diff: "@@ model.py @@\n+    barcode = Column(String)",
      },
    ],
    deploys: [{ at: 82, service: "inv", commit: "f14d" }],
    alert: { at: 95, service: "inv", metric: "latency_p99_ms", summary: "inv slow" },
    culprit: null,
  },
];
