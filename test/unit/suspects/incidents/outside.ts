/** Incidents that no change caused, with innocent deploys close by. */
import type { CommitSpec, Incident } from "./incident.ts";

const tidy = (id: string, at: number, service: string): CommitSpec => ({
  id,
  at,
  says: `refactor(${service}): tidy request decoding`,
  files: [`services/${service}/http/decode.go`],
  diff: `@@ services/${service}/http/decode.go @@\n-\tvar req Request\n-\tif err := json.NewDecoder(r.Body).Decode(&req); err != nil {\n-\t\thttp.Error(w, "bad request", 400)\n-\t\treturn\n-\t}\n+\treq, err := decodeRequest(r)\n+\tif err != nil {\n+\t\twriteError(w, 400, err)\n+\t\treturn\n+\t}`,
});
const feature = (id: string, at: number, service: string): CommitSpec => ({
  id,
  at,
  says: `feat(${service}): show a hint on empty pages`,
  files: [`services/${service}/hints.go`],
  diff: `@@ services/${service}/hints.go @@\n+func hint(page Page) string {\n+\treturn page.Title\n+}`,
});
const tuning = (id: string, at: number, service: string): CommitSpec => ({
  id,
  at,
  says: `chore(${service}): page size of exports`,
  files: [`services/${service}/export.go`],
  diff: `@@ services/${service}/export.go @@\n-const pageSize = 100\n+const pageSize = 200`,
});

export const OUTSIDE: readonly Incident[] = [
  {
    title: "a payment provider that is down",
    calls: ["web>checkout", "checkout>payments", "web>basket"],
    metrics: [
      { service: "payments", name: "outbound_error_ratio", from: 0.004, to: 0.82 },
      { service: "checkout", name: "error_ratio", from: 0.003, to: 0.6, at: 91 },
      { service: "web", name: "requests_per_sec", from: 410, to: 410 },
    ],
    logs: [
      {
        service: "payments",
        level: "error",
        says: "charge failed: api.paywise.com answered 503 Service Unavailable",
        at: 90,
      },
      { service: "checkout", level: "error", says: "payments answered 502", at: 91 },
    ],
    commits: [tidy("o1a", 70, "payments"), feature("o1b", 75, "basket")],
    deploys: [
      { at: 86, service: "payments", commit: "o1a" },
      { at: 84, service: "basket", commit: "o1b" },
    ],
    alert: { at: 94, service: "payments", metric: "outbound_error_ratio", summary: "payments cannot charge" },
    culprit: null,
  },
  {
    title: "a zone that is gone",
    calls: ["web>orders", "web>stock", "mobile>chat"],
    metrics: [
      { service: "orders", name: "error_ratio", from: 0.003, to: 0.34 },
      { service: "stock", name: "error_ratio", from: 0.003, to: 0.33 },
      { service: "chat", name: "error_ratio", from: 0.004, to: 0.35 },
      { service: "node-pool-b", name: "nodes_not_ready", from: 0, to: 14, over: 1 },
    ],
    logs: [
      { service: "orders", level: "error", says: "dial tcp 10.2.14.9:5432: no route to host", at: 90 },
      { service: "stock", level: "error", says: "dial tcp 10.2.14.22:6379: no route to host", at: 90.1 },
      { service: "chat", level: "error", says: "lost connection to broker 10.2.15.3: host is unreachable", at: 90.2 },
    ],
    commits: [tuning("o2a", 60, "orders"), tidy("o2b", 77, "stock")],
    deploys: [
      { at: 82, service: "orders", commit: "o2a" },
      { at: 87, service: "stock", commit: "o2b" },
    ],
    reports: [{ at: 92, component: "zone-b", status: "outage", says: "network of zone b is unreachable" }],
    alert: { at: 94, service: "orders", metric: "error_ratio", summary: "orders fails" },
    culprit: null,
  },
  {
    title: "a sale that more people came to than ever",
    calls: ["edge>catalog", "edge>basket", "basket>stock"],
    metrics: [
      { service: "edge", name: "requests_per_sec", from: 800, to: 5200, at: 89, over: 4 },
      { service: "catalog", name: "requests_per_sec", from: 600, to: 3900, at: 89, over: 4 },
      { service: "basket", name: "requests_per_sec", from: 200, to: 1300, at: 89, over: 4 },
      { service: "edge", name: "cpu_utilization", from: 0.35, to: 0.99 },
      { service: "edge", name: "http_server_duration_p99_ms", from: 180, to: 3800 },
      { service: "catalog", name: "http_server_duration_p99_ms", from: 90, to: 1500, at: 91 },
    ],
    logs: [{ service: "edge", level: "warn", says: "queue is full, shedding load", at: 90.5 }],
    commits: [tidy("o3a", 70, "edge"), feature("o3b", 76, "catalog")],
    deploys: [
      { at: 86, service: "edge", commit: "o3a" },
      { at: 80, service: "catalog", commit: "o3b" },
    ],
    flags: [{ at: 85, flag: "sale_banner", service: "edge" }],
    alert: { at: 94, service: "edge", metric: "http_server_duration_p99_ms", summary: "edge p99 above 1 s" },
    culprit: null,
  },
  {
    title: "a certificate that ran out",
    calls: ["web>partners", "web>orders"],
    metrics: [{ service: "partners", name: "outbound_error_ratio", from: 0.002, to: 1 }],
    logs: [
      {
        service: "partners",
        level: "error",
        says: "tls: failed to verify certificate: x509: certificate has expired: feed.acme-partners.com valid until 2026-03-03T10:30:00Z",
        at: 90,
      },
    ],
    commits: [tuning("o4a", 50, "partners"), feature("o4b", 76, "orders")],
    deploys: [
      { at: 66, service: "partners", commit: "o4a" },
      { at: 87, service: "orders", commit: "o4b" },
    ],
    alert: { at: 93, service: "partners", metric: "outbound_error_ratio", summary: "partners feed fails" },
    culprit: null,
  },
  {
    title: "a quota that is used up",
    calls: ["app>geocode", "app>routes"],
    metrics: [{ service: "geocode", name: "outbound_error_ratio", from: 0.003, to: 0.97 }],
    logs: [
      {
        service: "geocode",
        level: "error",
        says: "maps.placely.com answered 429: daily quota exceeded for this key",
        at: 90,
      },
    ],
    commits: [feature("o5a", 70, "geocode"), tidy("o5b", 78, "routes")],
    deploys: [
      { at: 80, service: "geocode", commit: "o5a" },
      { at: 88, service: "routes", commit: "o5b" },
    ],
    alert: { at: 95, service: "geocode", metric: "outbound_error_ratio", summary: "geocode fails" },
    culprit: null,
  },
  {
    title: "a disk that fails under a database",
    calls: ["web>orders", "orders>orders-db", "web>search"],
    metrics: [
      { service: "orders-db", name: "disk_io_latency_ms", from: 2.1, to: 480, at: 89 },
      { service: "orders-db", name: "commit_latency_p99_ms", from: 9, to: 2900 },
      { service: "orders", name: "http_server_duration_p99_ms", from: 120, to: 3400, at: 91 },
      { service: "web", name: "http_server_duration_p99_ms", from: 200, to: 3600, at: 91 },
    ],
    logs: [
      {
        service: "orders-db",
        level: "warn",
        says: "I/O error on device nvme1n1, sector 88231, resetting controller",
        at: 89.5,
      },
      { service: "orders", level: "error", says: "commit took 2710 ms", at: 91 },
    ],
    commits: [feature("o6a", 66, "search"), tidy("o6b", 78, "orders")],
    deploys: [
      { at: 80, service: "search", commit: "o6a" },
      { at: 85, service: "orders", commit: "o6b" },
    ],
    alert: { at: 96, service: "web", metric: "http_server_duration_p99_ms", summary: "web slow" },
    culprit: null,
  },
  {
    title: "a login page that is attacked",
    calls: ["edge>login", "edge>shop", "login>users"],
    metrics: [
      { service: "edge", name: "requests_per_sec", from: 700, to: 3100, at: 89, over: 3 },
      { service: "login", name: "requests_per_sec", from: 40, to: 2400, at: 89, over: 3 },
      { service: "shop", name: "requests_per_sec", from: 600, to: 600 },
      { service: "login", name: "cpu_utilization", from: 0.2, to: 1 },
      { service: "login", name: "failed_logins_per_sec", from: 1.2, to: 2300, at: 90 },
    ],
    logs: [{ service: "login", level: "warn", says: "too many failed attempts from 203.0.113.77", at: 89.8 }],
    commits: [tidy("o7a", 70, "login"), tuning("o7b", 76, "shop")],
    deploys: [
      { at: 78, service: "login", commit: "o7a" },
      { at: 87, service: "shop", commit: "o7b" },
    ],
    alert: { at: 94, service: "login", metric: "failed_logins_per_sec", summary: "login is saturated" },
    culprit: null,
  },
  {
    title: "services that nobody touched",
    calls: ["web>reviews", "web>media", "reviews>store"],
    metrics: [
      { service: "reviews", name: "error_ratio", from: 0.003, to: 0.25 },
      { service: "web", name: "error_ratio", from: 0.003, to: 0.08, at: 91 },
    ],
    logs: [
      { service: "reviews", level: "error", says: "replica is 340 s behind its primary, refusing stale read", at: 90 },
    ],
    commits: [feature("o8a", 70, "media"), tidy("o8b", 77, "media")],
    deploys: [
      { at: 84, service: "media", commit: "o8a" },
      { at: 88, service: "media", commit: "o8b" },
    ],
    alert: { at: 94, service: "reviews", metric: "error_ratio", summary: "reviews fails" },
    culprit: null,
  },
];
