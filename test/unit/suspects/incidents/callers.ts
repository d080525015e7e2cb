/**
 * Failures that a caller makes, that come of an order of lines, or that somebody else's name stands in; and some of
 * which nobody knows who calls whom.
 */
import type { Incident } from "./incident.ts";

export const CALLERS: readonly Incident[] = [
  {
    title: "a client that repeats every call at once",
    calls: ["web>orders", "orders>pricing", "cart>pricing"],
    metrics: [
      { service: "pricing", name: "requests_per_sec", from: 400, to: 2600, at: 91, over: 4 },
      { service: "pricing", name: "p99_latency_ms", from: 40, to: 1900, at: 91, over: 4 },
      { service: "orders", name: "client_retries_per_sec", from: 1, to: 900 },
      { service: "orders", name: "http_5xx_per_sec", from: 0.2, to: 40, at: 92 },
      { service: "web", name: "requests_per_sec", from: 300, to: 300 },
    ],
    logs: [
      { service: "orders", level: "warn", says: "retrying pricing call attempt 4 of 6", at: 90 },
      { service: "orders", level: "error", says: "pricing call failed: context deadline exceeded", at: 92 },
    ],
    commits: [
      {
        id: "again",
        at: 50,
        says: "chore(httpx): tune client resilience defaults",
        files: ["pkg/httpx/client.go"],
        diff: "@@ client.go @@\n-const maxRetries = 1\n+const maxRetries = 6",
      },
      {
        id: "rules",
        at: 70,
        says: "refactor(pricing): extract discount rules",
        files: ["services/pricing/discount/rules.go"],
        diff: "@@ rules.go @@\n+func applyRules(c Cart) Cart {\n+\treturn rules.Apply(c)\n+}",
      },
    ],
    deploys: [
      { at: 86, service: "orders", commit: "again" },
      { at: 88.5, service: "pricing", commit: "rules" },
    ],
    alert: { at: 95, service: "orders", metric: "http_5xx_per_sec", summary: "orders 5xx above 5/s" },
    culprit: "again",
  },
  {
    title: "a lock that is held across a remote call",
    calls: ["store>inventory", "inventory>supplier-api"],
    metrics: [
      { service: "inventory", name: "p99_latency_ms", from: 30, to: 6100, at: 91, over: 5 },
      { service: "inventory", name: "lock_wait_ms", from: 1, to: 3900, over: 4 },
      { service: "supplier-api", name: "p99_latency_ms", from: 180, to: 180 },
    ],
    logs: [{ service: "inventory", level: "warn", says: "waited 3400 ms for stock mutex", at: 90 }],
    commits: [
      {
        id: "held",
        at: 44,
        says: "fix(inventory): refresh stock from supplier atomically",
        files: ["services/inventory/stock.go"],
        diff: "@@ stock.go @@\n-\tlevels := supplier.Fetch(ctx)\n \ts.mu.Lock()\n \tdefer s.mu.Unlock()\n+\tlevels := supplier.Fetch(ctx)",
      },
      {
        id: "waits",
        at: 71,
        says: "feat(inventory): metrics for mutex waits",
        files: ["services/inventory/metrics.go"],
        diff: '@@ metrics.go @@\n+var lockWait = prometheus.NewHistogram(opts("lock_wait_ms"))',
      },
    ],
    deploys: [
      { at: 78, service: "inventory", commit: "waits" },
      { at: 87, service: "inventory", commit: "held" },
    ],
    alert: { at: 97, service: "store", metric: "p99_latency_ms", summary: "store is slow" },
    culprit: "held",
  },
  {
    title: "a job that asks without a pause",
    calls: ["sync>crm-api", "ui>crm-api"],
    metrics: [
      { service: "crm-api", name: "requests_per_sec", from: 50, to: 3200 },
      { service: "crm-api", name: "latency_p95_ms", from: 60, to: 2900, at: 91 },
      { service: "ui", name: "latency_p95_ms", from: 90, to: 3000, at: 91 },
      { service: "ui", name: "requests_per_sec", from: 40, to: 40 },
    ],
    logs: [{ service: "crm-api", level: "warn", says: "request queue length 800", at: 90 }],
    commits: [
      {
        id: "pause",
        at: 68,
        says: "refactor(sync): interval from config",
        files: ["services/sync/poller.py"],
        diff: '@@ poller.py @@\n-    time.sleep(INTERVAL)\n+    time.sleep(config.get("interval", 0))',
      },
      {
        id: "mail",
        at: 77,
        says: "feat(crm-api): search by email",
        files: ["services/crm-api/search.py"],
        diff: "@@ search.py @@\n+    q = q.filter(email=email)",
      },
    ],
    deploys: [
      { at: 85, service: "crm-api", commit: "mail" },
      { at: 89, service: "sync", commit: "pause" },
    ],
    alert: { at: 95, service: "ui", metric: "latency_p95_ms", summary: "ui is slow" },
    culprit: "pause",
  },
  {
    title: "a message that is acknowledged before the work",
    calls: ["orders>mq", "mailer>mq"],
    metrics: [
      { service: "mailer", name: "emails_missing_per_min", from: 0.2, to: 30 },
      { service: "mailer", name: "panics_total", from: 0, to: 40, over: 20 },
    ],
    logs: [
      {
        service: "mailer",
        level: "error",
        says: "panic while rendering, message already acknowledged",
        at: 90,
      },
    ],
    commits: [
      {
        id: "early",
        at: 66,
        says: "perf(mailer): acknowledge early",
        files: ["services/mailer/consume.go"],
        diff: "@@ consume.go @@\n+\tmsg.Ack()\n \tsend(render(msg))\n-\tmsg.Ack()",
      },
      {
        id: "footer",
        at: 73,
        says: "feat(mailer): footer text",
        files: ["services/mailer/footer.go"],
        diff: '@@ footer.go @@\n-const footer = "Bye for now"\n+const footer = "See you soon again"',
      },
    ],
    deploys: [
      { at: 86, service: "mailer", commit: "early" },
      { at: 88, service: "mailer", commit: "footer" },
    ],
    alert: { at: 95, service: "mailer", metric: "emails_missing_per_min", summary: "missing emails" },
    culprit: "early",
  },
  {
    title: "a list that asks once for each item, of unknown callers",
    calls: [],
    metrics: [
      { service: "billingdb", name: "queries_per_sec", from: 300, to: 9800, over: 4 },
      { service: "billing", name: "p99_latency_ms", from: 110, to: 3100, over: 4 },
      { service: "app", name: "p99_latency_ms", from: 200, to: 3300, at: 91, over: 4 },
    ],
    logs: [{ service: "billing", level: "warn", says: "invoice list took 2900 ms (412 queries)", at: 90 }],
    commits: [
      {
        id: "each",
        at: 61,
        says: "refactor(billing): simplify invoice queryset",
        files: ["billing/views/invoices.py"],
        diff: '@@ invoices.py @@\n-    qs = Invoice.objects.select_related("customer").all()\n+    qs = Invoice.objects.all()',
      },
    ],
    deploys: [{ at: 85, service: "billing", commit: "each" }],
    alert: { at: 95, service: "app", metric: "p99_latency_ms", summary: "app p99 over 2s" },
    culprit: "each",
  },
  {
    title: "an index that is dropped at a database that nobody is known to call",
    calls: [],
    metrics: [
      { service: "orders", name: "p99_latency_ms", from: 60, to: 5200, over: 6 },
      { service: "ordersdb", name: "rows_read_per_sec", from: 900, to: 880_000, over: 5 },
      { service: "api", name: "http_5xx_per_sec", from: 0.1, to: 20, at: 94 },
    ],
    logs: [
      {
        service: "ordersdb",
        level: "warn",
        says: "slow query 4200 ms: SELECT * FROM orders WHERE customer_id = 5512 (seq scan)",
        at: 90,
        every: 1,
      },
    ],
    commits: [
      {
        id: "drop",
        at: 55,
        says: "chore(db): remove unused indexes",
        files: ["db/migrations/0142_cleanup.sql"],
        diff: "@@ 0142_cleanup.sql @@\n+DROP INDEX idx_orders_customer_id;",
      },
      {
        id: "sort",
        at: 80,
        says: "feat(orders): sort the list of a customer",
        files: ["services/orders/list.go"],
        diff: '@@ list.go @@\n+\tif sort == "total" { q = q.OrderBy("total") }',
      },
    ],
    deploys: [
      { at: 86, service: "orders", commit: "sort" },
      { at: 89, service: "ordersdb", commit: "drop" },
    ],
    alert: { at: 95, service: "orders", metric: "p99_latency_ms", summary: "orders p99 above 2s" },
    culprit: "drop",
  },
  {
    title: "a message that grows beyond what is taken",
    calls: ["ingest>kafka", "enrich>kafka"],
    metrics: [{ service: "ingest", name: "produce_errors_per_sec", from: 0.01, to: 22 }],
    logs: [{ service: "ingest", level: "error", says: "message was too large, server has max 1048576 bytes", at: 90 }],
    commits: [
      {
        id: "embed",
        at: 69,
        says: "feat(ingest): embed raw payload in event",
        files: ["services/ingest/event.go"],
        diff: "@@ event.go @@\n+\tEvent.Raw = body",
      },
      {
        id: "once",
        at: 81,
        says: "fix(ingest): retry produce once",
        files: ["services/ingest/produce.go"],
        diff: "@@ produce.go @@\n+\tif err != nil { err = p.Send(msg) }",
      },
    ],
    deploys: [
      { at: 83, service: "ingest", commit: "once" },
      { at: 89, service: "ingest", commit: "embed" },
    ],
    alert: { at: 95, service: "ingest", metric: "produce_errors_per_sec", summary: "produce errors" },
    culprit: "embed",
  },
];

export const OTHERS: readonly Incident[] = [
  {
    title: "a provider under a name of no common domain",
    calls: ["checkout>payments"],
    metrics: [
      { service: "payments", name: "http_5xx_per_sec", from: 0.1, to: 30 },
      { service: "checkout", name: "http_5xx_per_sec", from: 0.1, to: 28, at: 90.5 },
    ],
    logs: [
      {
        service: "payments",
        level: "error",
        says: "POST https://api.cardnet.example/v1/charges: 503 Service Unavailable",
        at: 90,
      },
    ],
    commits: [
      {
        id: "idempotent",
        at: 75,
        says: "feat(payments): add idempotency key to charges",
        files: ["services/payments/client.go"],
        diff: '@@ client.go @@\n+\treq.Header.Set("Idempotency-Key", key)',
      },
    ],
    deploys: [{ at: 84, service: "payments", commit: "idempotent" }],
    reports: [{ at: 97, component: "Cardnet API", status: "major_outage", says: "Elevated errors on charges" }],
    alert: { at: 95, service: "checkout", metric: "http_5xx_per_sec", summary: "checkout errors" },
    culprit: null,
  },
  {
    title: "a clock that runs away",
    calls: ["gateway>auth"],
    metrics: [
      { service: "auth", name: "token_rejects_per_sec", from: 0.1, to: 40 },
      { service: "gateway", name: "http_401_per_sec", from: 0.5, to: 44 },
    ],
    logs: [
      { service: "auth", level: "error", says: "token used before issued: iat is 305 s in the future", at: 90 },
      { service: "auth", level: "warn", says: "chronyd: can't synchronise: no selectable sources", at: 88, every: 4 },
    ],
    commits: [
      {
        id: "body",
        at: 68,
        says: "feat(gateway): clearer 401 body",
        files: ["services/gateway/errors.go"],
        diff: '@@ errors.go @@\n-\twrite(w, "unauthorized")\n+\twrite(w, "token was rejected")',
      },
    ],
    deploys: [{ at: 87, service: "gateway", commit: "body" }],
    alert: { at: 94, service: "gateway", metric: "http_401_per_sec", summary: "401 spike" },
    culprit: null,
  },
];
