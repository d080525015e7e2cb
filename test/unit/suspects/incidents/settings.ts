/** Changes of settings, limits and schemas. */
import type { Incident } from "./incident.ts";

export const SETTINGS: readonly Incident[] = [
  {
    title: "a cache that forgets too soon",
    calls: ["web>catalog", "catalog>stock"],
    metrics: [
      { service: "catalog", name: "cache_hit_ratio", from: 0.95, to: 0.21 },
      { service: "catalog", name: "http_server_duration_p99_ms", from: 120, to: 1900, at: 91 },
      { service: "catalog", name: "db_cpu_utilization", from: 0.31, to: 0.97, at: 91 },
      { service: "web", name: "http_server_duration_p99_ms", from: 260, to: 2200, at: 92 },
    ],
    logs: [
      {
        service: "catalog",
        level: "warn",
        says: "product read from the database took 1450 ms after a cache miss",
        at: 90.8,
      },
    ],
    commits: [
      {
        id: "t1",
        at: 72,
        says: "chore: unify values of all environments",
        files: ["deploy/catalog/values.yaml"],
        diff: "@@ deploy/catalog/values.yaml @@\n cache:\n-  ttlSeconds: 3600\n+  ttlSeconds: 15\n   engine: lru",
      },
      {
        id: "t1d1",
        at: 80,
        says: "chore: bump cache client",
        files: ["services/catalog/go.mod"],
        diff: "@@ services/catalog/go.mod @@\n-\texample.org/cache v4.2.0\n+\texample.org/cache v4.2.1",
      },
    ],
    deploys: [
      { at: 88, service: "catalog", commit: "t1" },
      { at: 83, service: "catalog", commit: "t1d1" },
    ],
    alert: { at: 96, service: "catalog", metric: "http_server_duration_p99_ms", summary: "catalog p99 above 1 s" },
    culprit: "t1",
  },
  {
    title: "a table that is locked while it changes",
    calls: ["web>accounts", "web>reports"],
    metrics: [
      { service: "accounts", name: "db_lock_wait_seconds_p99", from: 0.01, to: 28 },
      { service: "accounts", name: "error_ratio", from: 0.002, to: 0.55 },
      { service: "web", name: "error_ratio", from: 0.003, to: 0.2, at: 91 },
    ],
    logs: [
      {
        service: "accounts",
        level: "error",
        says: "canceling statement due to lock timeout: UPDATE customers SET last_seen",
        at: 90,
      },
    ],
    commits: [
      {
        id: "l1",
        at: 75,
        says: "feat(accounts): loyalty tier of customers",
        files: ["services/accounts/migrations/0042_loyalty.sql"],
        diff: "@@ services/accounts/migrations/0042_loyalty.sql @@\n+ALTER TABLE customers ADD COLUMN tier text NOT NULL DEFAULT 'none';\n+CREATE INDEX customers_tier ON customers (tier);",
      },
      {
        id: "l1d1",
        at: 81,
        says: "feat(reports): monthly totals",
        files: ["services/reports/totals.py"],
        diff: "@@ services/reports/totals.py @@\n+def totals(rows):\n+    return sum(r.total for r in rows)",
      },
    ],
    deploys: [
      { at: 89.5, service: "accounts", commit: "l1" },
      { at: 87, service: "reports", commit: "l1d1" },
    ],
    alert: { at: 94, service: "accounts", metric: "error_ratio", summary: "accounts error ratio above 5%" },
    culprit: "l1",
  },
  {
    title: "an index that is gone",
    calls: ["portal>billing", "portal>auth"],
    metrics: [
      { service: "billing", name: "db_rows_examined_per_sec", from: 4_000, to: 900_000, at: 89 },
      { service: "billing", name: "http_server_duration_p95_ms", from: 80, to: 4100 },
      { service: "portal", name: "http_server_duration_p95_ms", from: 150, to: 4300, at: 91 },
    ],
    logs: [
      {
        service: "billing",
        level: "warn",
        says: "slow query 3900 ms: SELECT * FROM statements WHERE account_ref = $1 (Seq Scan)",
        at: 90.1,
      },
    ],
    commits: [
      {
        id: "i1",
        at: 60,
        says: "chore(billing): remove unused indexes",
        files: ["db/migrations/20260303_cleanup.sql"],
        diff: "@@ db/migrations/20260303_cleanup.sql @@\n+DROP INDEX statements_account_ref_idx;",
      },
      {
        id: "i1d1",
        at: 78,
        says: "refactor(auth): inline helper",
        files: ["services/auth/login.py"],
        diff: "@@ services/auth/login.py @@\n-    return check(user)\n+    return user is not None and user.active",
      },
    ],
    deploys: [
      { at: 88, service: "billing", commit: "i1" },
      { at: 89, service: "auth", commit: "i1d1" },
    ],
    alert: { at: 97, service: "portal", metric: "http_server_duration_p95_ms", summary: "portal slow" },
    culprit: "i1",
  },
  {
    title: "a secret that the other side does not know",
    calls: ["mobile>gateway", "gateway>tokens", "gateway>rides"],
    metrics: [
      { service: "gateway", name: "http_401_ratio", from: 0.006, to: 0.93 },
      { service: "rides", name: "requests_per_sec", from: 310, to: 22, at: 90 },
    ],
    logs: [
      {
        service: "gateway",
        level: "error",
        says: "token rejected: signature verification failed for kid 2026-02",
        at: 90,
      },
    ],
    commits: [
      {
        id: "s1",
        at: 83,
        says: "chore(tokens): rotate signing key",
        files: ["deploy/tokens/keys.yaml"],
        diff: "@@ deploy/tokens/keys.yaml @@\n signing:\n-  kid: 2026-01\n+  kid: 2026-02",
      },
      {
        id: "s1d1",
        at: 80,
        says: "style(gateway): reformat routes",
        files: ["services/gateway/routes.go"],
        diff: '@@ services/gateway/routes.go @@\n-\tr.Get("/rides",rides)\n+\tr.Get("/rides", rides)',
      },
    ],
    deploys: [
      { at: 89, service: "tokens", commit: "s1" },
      { at: 86, service: "gateway", commit: "s1d1" },
    ],
    alert: { at: 93, service: "gateway", metric: "http_401_ratio", summary: "gateway rejects tokens" },
    culprit: "s1",
  },
  {
    title: "an address that leads nowhere",
    calls: ["web>notify", "notify>templates"],
    metrics: [{ service: "notify", name: "send_failures_per_sec", from: 0.1, to: 60 }],
    logs: [
      {
        service: "notify",
        level: "error",
        says: "dial tcp 10.4.0.17:6380: connect: connection refused (queue-primary)",
        at: 90,
      },
    ],
    commits: [
      {
        id: "a1",
        at: 79,
        says: "chore: move notify to the new queue",
        files: ["deploy/notify/config.yaml"],
        diff: "@@ deploy/notify/config.yaml @@\n queue:\n-  host: queue-primary:6379\n+  host: queue-primary:6380",
      },
      {
        id: "a1d1",
        at: 82,
        says: "feat(templates): add a plain text variant",
        files: ["services/templates/plain.py"],
        diff: "@@ services/templates/plain.py @@\n+def plain(html):\n+    return strip(html)",
      },
    ],
    deploys: [
      { at: 89, service: "notify", commit: "a1" },
      { at: 88, service: "templates", commit: "a1d1" },
    ],
    alert: { at: 93, service: "notify", metric: "send_failures_per_sec", summary: "notify fails to send" },
    culprit: "a1",
  },
  {
    title: "a limit that is too low",
    calls: ["web>gateway", "gateway>quotes"],
    metrics: [
      { service: "gateway", name: "http_429_per_sec", from: 0.4, to: 310 },
      { service: "quotes", name: "requests_per_sec", from: 480, to: 50 },
    ],
    logs: [
      { service: "gateway", level: "warn", says: "request refused: rate limit of 50 per second exceeded", at: 90 },
    ],
    commits: [
      {
        id: "q1",
        at: 77,
        says: "chore(gateway): align limits with the contract",
        files: ["deploy/gateway/limits.yaml"],
        diff: "@@ deploy/gateway/limits.yaml @@\n-requestsPerSecond: 500\n+requestsPerSecond: 50",
      },
      {
        id: "q1d1",
        at: 81,
        says: "chore(gateway): group routes by team",
        files: ["services/gateway/routes.yaml"],
        diff: "@@ services/gateway/routes.yaml @@\n-quotes: /quotes\n-orders: /orders\n+# team a\n+orders: /orders\n+# team b\n+quotes: /quotes",
      },
    ],
    deploys: [
      { at: 85, service: "gateway", commit: "q1" },
      { at: 88, service: "gateway", commit: "q1d1" },
    ],
    alert: { at: 94, service: "gateway", metric: "http_429_per_sec", summary: "gateway refuses requests" },
    culprit: "q1",
  },
  {
    title: "a time limit that is too short",
    calls: ["web>checkout", "checkout>fraud"],
    metrics: [
      { service: "checkout", name: "error_ratio", from: 0.004, to: 0.36 },
      { service: "fraud", name: "http_server_duration_p99_ms", from: 640, to: 640 },
      { service: "web", name: "error_ratio", from: 0.004, to: 0.12, at: 91 },
    ],
    logs: [
      {
        service: "checkout",
        level: "error",
        says: "fraud check failed: context deadline exceeded after 300ms",
        at: 90,
      },
    ],
    commits: [
      {
        id: "o1",
        at: 70,
        says: "perf(checkout): fail fast",
        files: ["services/checkout/fraud/client.go"],
        diff: "@@ services/checkout/fraud/client.go @@\n-\tTimeout: 2000 * time.Millisecond,\n+\tTimeout: 300 * time.Millisecond,",
      },
      {
        id: "o1d1",
        at: 80,
        says: "fix(fraud): log the score with two digits",
        files: ["services/fraud/log.go"],
        diff: '@@ services/fraud/log.go @@\n-\tlog.Printf("score %f", s)\n+\tlog.Printf("score %.2f", s)',
      },
    ],
    deploys: [
      { at: 87, service: "checkout", commit: "o1" },
      { at: 89, service: "fraud", commit: "o1d1" },
    ],
    alert: { at: 93, service: "checkout", metric: "error_ratio", summary: "checkout fails" },
    culprit: "o1",
  },
  {
    title: "a container with too little memory",
    calls: ["web>images"],
    metrics: [
      { service: "images", name: "container_memory_limit_mb", from: 1024, to: 256, at: 88, over: 1 },
      { service: "images", name: "restarts", from: 0, to: 2, at: 90, over: 1 },
      { service: "images", name: "error_ratio", from: 0.004, to: 0.5 },
    ],
    logs: [{ service: "images", level: "error", says: "container images was OOMKilled, exit code 137", at: 90 }],
    commits: [
      {
        id: "p1",
        at: 60,
        says: "chore: save cost on idle workloads",
        files: ["deploy/images/deployment.yaml"],
        diff: "@@ deploy/images/deployment.yaml @@\n limits:\n-  memory: 1024Mi\n+  memory: 256Mi",
      },
      {
        id: "p1d1",
        at: 80,
        says: "feat(images): support avif",
        files: ["services/images/formats.go"],
        diff: '@@ services/images/formats.go @@\n+\t"avif": decodeAvif,',
      },
    ],
    deploys: [
      { at: 88, service: "images", commit: "p1" },
      { at: 84, service: "images", commit: "p1d1" },
    ],
    alert: { at: 93, service: "images", metric: "restarts", summary: "images restarts" },
    culprit: "p1",
  },
  {
    title: "a stream that is read too slowly",
    calls: ["ingest>enrich", "enrich>geo"],
    metrics: [
      { service: "enrich", name: "consumer_lag", from: 120, to: 90_000, at: 84, over: 30 },
      { service: "enrich", name: "records_processed_per_sec", from: 1400, to: 130, at: 84 },
    ],
    logs: [
      {
        service: "enrich",
        level: "warn",
        says: "consumer group rebalanced: member exceeded max.poll.interval",
        at: 86,
        every: 2,
      },
    ],
    commits: [
      {
        id: "k1",
        at: 62,
        says: "feat(enrich): look up the owner of each record",
        files: ["services/enrich/consumer.py"],
        diff: "@@ services/enrich/consumer.py @@\n     for record in poll():\n+        record.owner = http.get(owners_url + record.id).json()\n         publish(record)",
      },
      {
        id: "k1d1",
        at: 70,
        says: "chore(geo): refresh the database of places",
        files: ["services/geo/data/places.csv"],
        diff: null,
      },
    ],
    deploys: [
      { at: 83, service: "enrich", commit: "k1" },
      { at: 81, service: "geo", commit: "k1d1" },
    ],
    alert: { at: 96, service: "enrich", metric: "consumer_lag", summary: "enrich lags behind" },
    culprit: "k1",
  },
  {
    title: "too few of them",
    calls: ["web>search", "web>basket"],
    metrics: [
      { service: "search", name: "replicas", from: 10, to: 2, at: 86, over: 1 },
      { service: "search", name: "cpu_utilization", from: 0.3, to: 0.99, at: 88 },
      { service: "search", name: "http_server_duration_p99_ms", from: 130, to: 5200, at: 90 },
      { service: "web", name: "http_server_duration_p99_ms", from: 220, to: 5400, at: 91 },
      { service: "web", name: "requests_per_sec", from: 600, to: 600 },
    ],
    logs: [{ service: "search", level: "warn", says: "request queued for 4100 ms, all workers busy", at: 90 }],
    commits: [
      {
        id: "h1",
        at: 66,
        says: "chore: autoscaling defaults",
        files: ["charts/search/values.yaml"],
        diff: "@@ charts/search/values.yaml @@\n autoscaling:\n-  minReplicas: 10\n+  minReplicas: 2",
      },
      {
        id: "h1d1",
        at: 82,
        says: "refactor(search): extract scoring into a function",
        files: ["services/search/score.go"],
        diff: "@@ services/search/score.go @@\n-\ts := tf * idf\n-\treturn s * boost\n+\treturn score(tf, idf, boost)\n+}\n+func score(tf, idf, boost float64) float64 {\n+\ts := tf * idf\n+\treturn s * boost",
      },
    ],
    deploys: [
      { at: 85.5, service: "search", commit: "h1" },
      { at: 87, service: "search", commit: "h1d1" },
    ],
    alert: { at: 95, service: "web", metric: "http_server_duration_p99_ms", summary: "web slow" },
    culprit: "h1",
  },
];
