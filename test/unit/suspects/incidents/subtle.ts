/** Failures that speak little of their cause: no exception names it, or it was made in a place of another name. */
import type { Incident } from "./incident.ts";

export const SUBTLE: readonly Incident[] = [
  {
    title: "a policy of the mesh that callers do not meet",
    calls: ["web>orders", "orders>stock", "web>profile"],
    metrics: [
      { service: "orders", name: "error_ratio", from: 0.003, to: 0.7 },
      { service: "web", name: "error_ratio", from: 0.003, to: 0.5, at: 91 },
      { service: "profile", name: "error_ratio", from: 0.003, to: 0.6 },
    ],
    logs: [
      {
        service: "orders",
        level: "error",
        says: "upstream connect error: TLS handshake failed, peer did not return a certificate",
        at: 90,
      },
      {
        service: "profile",
        level: "error",
        says: "upstream connect error: TLS handshake failed, peer did not return a certificate",
        at: 90.1,
      },
    ],
    commits: [
      {
        id: "u1",
        at: 80,
        says: "chore: default peer authentication",
        files: ["platform/mesh/peer-authentication.yaml"],
        diff: "@@ platform/mesh/peer-authentication.yaml @@\n mtls:\n-  mode: PERMISSIVE\n+  mode: STRICT",
      },
      {
        id: "u1d",
        at: 82,
        says: "refactor(orders): extract address formatting",
        files: ["services/orders/address.go"],
        diff: '@@ services/orders/address.go @@\n-\treturn a.Street + ", " + a.City\n+\treturn formatAddress(a)\n+}\n+func formatAddress(a Address) string {\n+\treturn a.Street + ", " + a.City',
      },
    ],
    deploys: [
      { at: 89, service: "mesh-config", commit: "u1" },
      { at: 87, service: "orders", commit: "u1d" },
    ],
    alert: { at: 93, service: "orders", metric: "error_ratio", summary: "orders fails" },
    culprit: "u1",
  },
  {
    title: "one partition that gets everything",
    calls: ["api>events", "events>projector"],
    metrics: [
      { service: "projector", name: "consumer_lag_max", from: 40, to: 52_000, at: 89, over: 30 },
      { service: "projector", name: "cpu_utilization", from: 0.3, to: 0.32 },
    ],
    logs: [
      { service: "projector", level: "warn", says: "partition 7 is 41000 records behind, others are idle", at: 91 },
    ],
    commits: [
      {
        id: "w1",
        at: 70,
        says: "feat(events): keep the order of a tenant",
        files: ["services/events/publish.go"],
        diff: "@@ services/events/publish.go @@\n-\tkey := event.ID\n+\tkey := event.TenantID\n \tproducer.Send(topic, key, event)",
      },
      {
        id: "w1d",
        at: 79,
        says: "chore(projector): rename metrics",
        files: ["services/projector/metrics.go"],
        diff: '@@ services/projector/metrics.go @@\n-\tlag := gauge("lag")\n+\tlag := gauge("consumer_lag")',
      },
    ],
    deploys: [
      { at: 87, service: "events", commit: "w1" },
      { at: 85, service: "projector", commit: "w1d" },
    ],
    alert: { at: 98, service: "projector", metric: "consumer_lag_max", summary: "projector lags" },
    culprit: "w1",
  },
  {
    title: "pauses of a collector of garbage",
    calls: ["web>recommend", "recommend>features"],
    metrics: [
      { service: "recommend", name: "jvm_gc_pause_seconds_p99", from: 0.03, to: 2.4, at: 89 },
      { service: "recommend", name: "http_server_duration_p99_ms", from: 140, to: 2900 },
      { service: "web", name: "http_server_duration_p99_ms", from: 260, to: 3100, at: 91 },
    ],
    logs: [{ service: "web", level: "warn", says: "recommend answered after 2870 ms", at: 91 }],
    commits: [
      {
        id: "y1",
        at: 60,
        says: "chore: jvm options of all services in one place",
        files: ["deploy/recommend/values.yaml"],
        diff: '@@ deploy/recommend/values.yaml @@\n-javaOpts: "-XX:+UseG1GC -Xmx4g"\n+javaOpts: "-XX:+UseSerialGC -Xmx4g"',
      },
      {
        id: "y1d",
        at: 74,
        says: "feat(features): one more feature",
        files: ["services/features/catalog.yaml"],
        diff: "@@ services/features/catalog.yaml @@\n+- name: last_seen_days",
      },
    ],
    deploys: [
      { at: 88, service: "recommend", commit: "y1" },
      { at: 89, service: "features", commit: "y1d" },
    ],
    alert: { at: 95, service: "web", metric: "http_server_duration_p99_ms", summary: "web slow" },
    culprit: "y1",
  },
  {
    title: "a path that the ingress takes for another",
    calls: ["edge>api", "edge>assets"],
    metrics: [
      { service: "edge", name: "http_404_ratio", from: 0.01, to: 0.62 },
      { service: "api", name: "requests_per_sec", from: 520, to: 190 },
    ],
    logs: [{ service: "edge", level: "warn", says: "no route matches GET /v2/accounts/17", at: 90 }],
    commits: [
      {
        id: "z1",
        at: 81,
        says: "chore(edge): simplify routes",
        files: ["deploy/edge/ingress.yaml"],
        diff: "@@ deploy/edge/ingress.yaml @@\n-  path: /v(1|2)/accounts(/.*)?\n+  path: /v1/accounts(/.*)?",
      },
      {
        id: "z1d",
        at: 83,
        says: "perf(assets): smaller icons",
        files: ["services/assets/icons/logo.svg"],
        diff: "@@ services/assets/icons/logo.svg @@\n-<path d='a'/>\n+<path d='b'/>",
      },
    ],
    deploys: [
      { at: 89.5, service: "edge", commit: "z1" },
      { at: 88, service: "assets", commit: "z1d" },
    ],
    alert: { at: 93, service: "edge", metric: "http_404_ratio", summary: "edge answers 404" },
    culprit: "z1",
  },
  {
    title: "a breaker that opens too soon",
    calls: ["web>cart", "cart>pricing"],
    metrics: [
      { service: "cart", name: "error_ratio", from: 0.002, to: 0.4 },
      { service: "pricing", name: "error_ratio", from: 0.004, to: 0.004 },
      { service: "pricing", name: "requests_per_sec", from: 300, to: 120 },
    ],
    logs: [{ service: "cart", level: "error", says: "circuit breaker for pricing is open", at: 90 }],
    commits: [
      {
        id: "b1",
        at: 78,
        says: "chore(platform): resilience defaults",
        files: ["pkg/resilience/defaults.go"],
        diff: "@@ pkg/resilience/defaults.go @@\n-\tFailureThreshold: 0.5,\n+\tFailureThreshold: 0.005,",
      },
      {
        id: "b1d",
        at: 80,
        says: "refactor(pricing): name constants",
        files: ["services/pricing/tax.go"],
        diff: "@@ services/pricing/tax.go @@\n-\treturn net * rate\n+\treturn net * taxRate",
      },
    ],
    deploys: [
      { at: 86, service: "cart", commit: "b1" },
      { at: 89, service: "pricing", commit: "b1d" },
    ],
    alert: { at: 93, service: "cart", metric: "error_ratio", summary: "cart fails" },
    culprit: "b1",
  },
];

export const SUBTLE_OUTSIDE: readonly Incident[] = [
  {
    title: "a database that fails over for maintenance",
    calls: ["web>orders", "orders>orders-db", "web>search"],
    metrics: [
      { service: "orders-db", name: "failovers", from: 0, to: 1, over: 1 },
      { service: "orders-db", name: "error_ratio", from: 0.001, to: 0.9 },
      { service: "orders", name: "error_ratio", from: 0.002, to: 0.85, at: 91 },
    ],
    logs: [
      {
        service: "orders-db",
        level: "warn",
        says: "received shutdown request from the platform: scheduled maintenance",
        at: 89.9,
      },
      { service: "orders", level: "error", says: "the database system is shutting down", at: 90.2 },
    ],
    commits: [
      {
        id: "m9",
        at: 40,
        says: "perf(orders): batch inserts of 200",
        files: ["services/orders/store.go"],
        diff: "@@ services/orders/store.go @@\n-const batch = 50\n+const batch = 200",
      },
    ],
    deploys: [{ at: 52, service: "orders", commit: "m9" }],
    alert: { at: 94, service: "orders", metric: "error_ratio", summary: "orders fails" },
    culprit: null,
  },
  {
    title: "a partner who sends what nobody can read",
    calls: ["feeds>parser", "parser>catalog"],
    metrics: [{ service: "parser", name: "parse_failures_per_sec", from: 0.05, to: 22 }],
    logs: [
      {
        service: "parser",
        level: "error",
        says: "cannot parse feed of ftp.megasupply.com: unexpected byte 0xfe at offset 0",
        at: 90,
      },
    ],
    commits: [
      {
        id: "f9",
        at: 30,
        says: "refactor(parser): split reader and decoder",
        files: ["services/parser/reader.go"],
        diff: "@@ services/parser/reader.go @@\n-\tb := readAll(r)\n-\treturn decode(b)\n+\treturn decodeFrom(r)\n+}\n+func decodeFrom(r io.Reader) (Feed, error) {\n+\tb := readAll(r)\n+\treturn decode(b)",
      },
    ],
    deploys: [{ at: 45, service: "parser", commit: "f9" }],
    alert: { at: 95, service: "parser", metric: "parse_failures_per_sec", summary: "parser fails" },
    culprit: null,
  },
];
