/** Failures that a caller makes, that come of an order of lines, or that somebody else's name stands in. */
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
