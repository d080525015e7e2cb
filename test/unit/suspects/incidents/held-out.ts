/** Failures that no figure of the weighing was set on. */
import type { Incident } from "./incident.ts";

export const HELD_OUT: readonly Incident[] = [
  {
    title: "a limit that is divided by the number of instances",
    calls: ["web>search", "search>index"],
    metrics: [
      { service: "search", name: "http_429_ratio", from: 0.001, to: 0.4 },
      { service: "search", name: "latency_p95_ms", from: 80, to: 60 },
      { service: "web", name: "error_rate", from: 0.002, to: 0.3, at: 91 },
    ],
    logs: [{ service: "search", level: "warn", says: "rate limit exceeded for client web: 12 of 10 requests", at: 90 }],
    commits: [
      {
        id: "f1",
        at: 60,
        says: "perf(search): per-instance rate limiter",
        files: ["services/search/limit/limiter.go"],
        diff: "@@ limiter.go @@\n-\tlimit := rate.Limit(cfg.RequestsPerSecond)\n+\tlimit := rate.Limit(cfg.RequestsPerSecond / cfg.Replicas)",
      },
      {
        id: "f1d",
        at: 75,
        says: "feat(index): reindex command",
        files: ["services/index/cmd/reindex.go"],
        diff: "@@ reindex.go @@\n+func reindex(ctx context.Context) error {\n+\treturn run(ctx)\n+}",
      },
    ],
    deploys: [
      { at: 88, service: "search", commit: "f1" },
      { at: 86, service: "index", commit: "f1d" },
    ],
    alert: { at: 94, service: "web", metric: "error_rate", summary: "web error rate high" },
    culprit: "f1",
  },
  {
    title: "a time that is read in another zone",
    calls: ["shop>coupons", "coupons>db"],
    metrics: [
      { service: "coupons", name: "rejected_total", from: 3, to: 200 },
      { service: "shop", name: "checkout_conversion_pct", from: 4, to: 2 },
    ],
    logs: [
      { service: "coupons", level: "warn", says: "coupon SAVE10 rejected: expired at 2026-03-03T00:00:00", at: 90 },
    ],
    commits: [
      {
        id: "f2",
        at: 40,
        says: "refactor: use local time for coupon expiry",
        files: ["services/coupons/expiry.py"],
        diff: "@@ expiry.py @@\n-    return datetime.fromisoformat(value).astimezone(timezone.utc)\n+    return datetime.fromisoformat(value).replace(tzinfo=None)",
      },
      {
        id: "f2d",
        at: 50,
        says: "chore(shop): update banner copy",
        files: ["services/shop/banner.tsx"],
        diff: "@@ banner.tsx @@\n-  <b>Sale</b>\n+  <b>Big sale</b>",
      },
    ],
    deploys: [
      { at: 89, service: "coupons", commit: "f2" },
      { at: 89.5, service: "shop", commit: "f2d" },
    ],
    alert: { at: 97, service: "coupons", metric: "rejected_total", summary: "coupon rejections" },
    culprit: "f2",
  },
  {
    title: "a pool of workers that a tidy-up made small",
    calls: ["edge>users", "users>userdb"],
    metrics: [
      { service: "users", name: "latency_p99_ms", from: 90, to: 4000, over: 5 },
      { service: "users", name: "worker_threads_max", from: 64, to: 8, at: 87, over: 1 },
      { service: "edge", name: "latency_p99_ms", from: 140, to: 4100, at: 91 },
    ],
    logs: [{ service: "users", level: "error", says: "request queue full: 200 waiting for 8 workers", at: 91 }],
    commits: [
      {
        id: "f3",
        at: 80,
        says: "chore: tidy values for users",
        files: ["deploy/helm/users/values.yaml"],
        diff: "@@ values.yaml @@\n env:\n-  WORKERS: 64\n+  WORKERS: 8",
      },
      {
        id: "f3d",
        at: 82,
        says: "feat(edge): add header for tracing",
        files: ["services/edge/trace.go"],
        diff: '@@ trace.go @@\n+\treq.Header.Set("x-trace", id)',
      },
    ],
    deploys: [
      { at: 87, service: "users", commit: "f3" },
      { at: 89, service: "edge", commit: "f3d" },
    ],
    alert: { at: 95, service: "edge", metric: "latency_p99_ms", summary: "edge p99" },
    culprit: "f3",
  },
  {
    title: "a guard that is gone while a column may be empty",
    calls: ["api>billing", "billing>ledger"],
    metrics: [{ service: "billing", name: "http_5xx_ratio", from: 0.001, to: 0.22 }],
    logs: [
      {
        service: "billing",
        level: "error",
        says: "TypeError: Cannot read properties of null (reading 'currency') at invoiceTotal",
        at: 90,
      },
    ],
    commits: [
      {
        id: "f4",
        at: 70,
        says: "feat(billing): accounts without currency",
        files: ["services/billing/migrations/042_currency_nullable.sql", "services/billing/invoice.ts"],
        diff: "@@ 042_currency_nullable.sql @@\n+ALTER TABLE accounts ALTER COLUMN currency DROP NOT NULL;\n@@ invoice.ts @@\n-  if (!account.settings) return null;\n   return format(total, account.settings.currency);",
      },
      {
        id: "f4d",
        at: 84,
        says: "fix(ledger): rounding of cents",
        files: ["services/ledger/round.ts"],
        diff: "@@ round.ts @@\n-  return Math.round(x)\n+  return Math.floor(x + 0.5)",
      },
    ],
    deploys: [
      { at: 88.5, service: "billing", commit: "f4" },
      { at: 89.2, service: "ledger", commit: "f4d" },
    ],
    alert: { at: 93, service: "billing", metric: "http_5xx_ratio", summary: "billing 5xx" },
    culprit: "f4",
  },
  {
    title: "a consumer that takes too much at once",
    calls: ["web>queue", "queue>mailer"],
    metrics: [
      { service: "mailer", name: "memory_rss_mb", from: 300, to: 1900, over: 12 },
      { service: "mailer", name: "restarts_total", from: 0, to: 4, at: 96, over: 8 },
    ],
    logs: [{ service: "mailer", level: "error", says: "container killed: OOMKilled, restarting", at: 97, every: 3 }],
    commits: [
      {
        id: "f5",
        at: 76,
        says: "perf(mailer): fetch more messages at once",
        files: ["services/mailer/consumer.rb"],
        diff: "@@ consumer.rb @@\n-  channel.prefetch(20)\n+  channel.prefetch(5000)",
      },
      {
        id: "f5d",
        at: 80,
        says: "docs: runbook for mailer",
        files: ["docs/mailer.md"],
        diff: "@@ mailer.md @@\n+Restart it.",
      },
    ],
    deploys: [{ at: 89, service: "mailer", commit: "f5" }],
    alert: { at: 99, service: "mailer", metric: "restarts_total", summary: "mailer restarts" },
    culprit: "f5",
  },
  {
    title: "a certificate that lies elsewhere",
    calls: ["gw>auth"],
    metrics: [
      { service: "auth", name: "handshake_errors_per_sec", from: 0, to: 40 },
      { service: "gw", name: "http_502_ratio", from: 0.001, to: 0.95 },
    ],
    logs: [
      {
        service: "gw",
        level: "error",
        says: "upstream auth: tls: failed to load key pair: open /etc/certs/auth.pem: no such file or directory",
        at: 90,
      },
      { service: "auth", level: "error", says: "open /etc/certs/auth.pem: no such file or directory", at: 90 },
    ],
    commits: [
      {
        id: "f11",
        at: 81,
        says: "chore(auth): move certs",
        files: ["deploy/auth/config.yaml"],
        diff: "@@ config.yaml @@\n tls:\n-  cert: /etc/tls/auth.pem\n+  cert: /etc/certs/auth.pem",
      },
      {
        id: "f11d",
        at: 83,
        says: "feat(gw): request ids",
        files: ["services/gw/id.go"],
        diff: "@@ id.go @@\n+\tid := uuid.New()",
      },
    ],
    deploys: [
      { at: 89, service: "auth", commit: "f11" },
      { at: 88, service: "gw", commit: "f11d" },
    ],
    alert: { at: 91, service: "gw", metric: "http_502_ratio", summary: "502s" },
    culprit: "f11",
  },
  {
    title: "a sort that moved out of the database",
    calls: ["ui>reports", "reports>warehouse"],
    metrics: [
      { service: "reports", name: "cpu_usage_percent", from: 25, to: 98, over: 3 },
      { service: "reports", name: "latency_p95_seconds", from: 0.4, to: 9 },
      { service: "ui", name: "error_ratio", from: 0.002, to: 0.2, at: 92 },
    ],
    logs: [
      { service: "reports", level: "warn", says: "slow report: sorting 250000 rows took 8200 ms", at: 90 },
      { service: "ui", level: "error", says: "reports: context deadline exceeded", at: 92 },
    ],
    commits: [
      {
        id: "f12",
        at: 70,
        says: "refactor(reports): drop ORDER BY, sort rows in code",
        files: ["services/reports/query.java"],
        diff: '@@ query.java @@\n-    String sql = "SELECT * FROM facts WHERE day = ? ORDER BY amount LIMIT 100";\n+    String sql = "SELECT * FROM facts WHERE day = ?";\n+    rows.sort(comparing(Row::amount));',
      },
      {
        id: "f12d",
        at: 80,
        says: "feat(ui): dark mode",
        files: ["services/ui/theme.css"],
        diff: "@@ theme.css @@\n+body { background: black }",
      },
    ],
    deploys: [
      { at: 87, service: "reports", commit: "f12" },
      { at: 89, service: "ui", commit: "f12d" },
    ],
    alert: { at: 94, service: "ui", metric: "error_ratio", summary: "ui errors" },
    culprit: "f12",
  },
];
