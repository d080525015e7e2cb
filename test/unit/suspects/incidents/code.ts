/** Changes of code that break the service they are deployed to, or those that use what it shares. */
import type { Incident } from "./incident.ts";

export const CODE: readonly Incident[] = [
  {
    title: "a query for each row of a list",
    calls: ["web>orders", "orders>catalog", "web>basket"],
    metrics: [
      { service: "orders", name: "db_queries_per_request", from: 3.2, to: 46 },
      { service: "orders", name: "http_server_duration_p99_ms", from: 180, to: 2900 },
      { service: "web", name: "http_server_duration_p99_ms", from: 320, to: 3300, at: 91 },
      { service: "web", name: "requests_per_sec", from: 400, to: 400 },
    ],
    logs: [
      {
        service: "orders",
        level: "warn",
        says: "slow request: 48 statements on table line_items in 2710 ms",
        at: 90.2,
      },
      { service: "web", level: "error", says: "upstream orders timed out after 3000 ms", at: 91 },
    ],
    commits: [
      {
        id: "n1",
        at: 74,
        says: "feat(orders): show thumbnails in the order history",
        files: ["services/orders/history.go"],
        diff: '@@ services/orders/history.go @@\n \tfor _, order := range orders {\n+\t\timages, err := s.db.Query(ctx, "SELECT url FROM line_items WHERE order_id = $1", order.ID)\n+\t\tif err != nil { return nil, err }\n+\t\torder.Images = images\n \t\tout = append(out, order)',
      },
      {
        id: "n1d1",
        at: 80,
        says: "refactor(orders): extract response mapping",
        files: ["services/orders/mapping.go"],
        diff: "@@ services/orders/mapping.go @@\n-\tresp := OrderResponse{ID: o.ID, Total: o.Total}\n-\treturn resp\n+\treturn toResponse(o)\n+}\n+\n+func toResponse(o Order) OrderResponse {\n+\tresp := OrderResponse{ID: o.ID, Total: o.Total}\n+\treturn resp",
      },
      {
        id: "n1d2",
        at: 81,
        says: "feat(basket): remember the last coupon",
        files: ["services/basket/coupon.go"],
        diff: "@@ services/basket/coupon.go @@\n+func (b *Basket) Remember(code string) { b.coupon = code }",
      },
    ],
    deploys: [
      { at: 87, service: "orders", commit: "n1" },
      { at: 83, service: "orders", commit: "n1d1" },
      { at: 88.5, service: "basket", commit: "n1d2" },
    ],
    alert: { at: 95, service: "web", metric: "http_server_duration_p99_ms", summary: "web p99 above 1 s" },
    culprit: "n1",
  },
  {
    title: "a shared client that asks again at once",
    calls: ["web>checkout", "checkout>payments", "payments>ledger"],
    metrics: [
      { service: "ledger", name: "requests_per_sec", from: 210, to: 1040 },
      { service: "web", name: "requests_per_sec", from: 500, to: 500 },
      { service: "ledger", name: "cpu_utilization", from: 0.34, to: 0.99 },
      { service: "ledger", name: "error_ratio", from: 0.004, to: 0.41 },
      { service: "payments", name: "error_ratio", from: 0.003, to: 0.33, at: 91 },
      { service: "checkout", name: "error_ratio", from: 0.003, to: 0.2, at: 92 },
    ],
    logs: [
      {
        service: "payments",
        level: "warn",
        says: "call to ledger failed, attempt 6 of 6, retrying immediately",
        at: 90.1,
      },
      { service: "ledger", level: "error", says: "overloaded: rejecting call, 512 in flight", at: 90.3 },
    ],
    commits: [
      {
        id: "r1",
        at: 60,
        says: "chore(platform): make internal calls more robust",
        files: ["pkg/rpc/client.go"],
        diff: "@@ pkg/rpc/client.go @@\n-const maxAttempts = 2\n-var backoff = Exponential{Base: 200 * time.Millisecond, Jitter: true}\n+const maxAttempts = 6\n+var backoff = None{}",
      },
      {
        id: "r1d1",
        at: 79,
        says: "chore: update ledger dashboards",
        files: ["services/ledger/dashboards/ledger.json"],
        diff: '@@ services/ledger/dashboards/ledger.json @@\n-"title": "Ledger"\n+"title": "Ledger overview"',
      },
      {
        id: "r1d2",
        at: 82,
        says: "fix(checkout): round discounts half up",
        files: ["services/checkout/discount.go"],
        diff: "@@ services/checkout/discount.go @@\n-\treturn math.Floor(v)\n+\treturn math.Round(v)",
      },
    ],
    deploys: [
      { at: 86, service: "payments", commit: "r1" },
      { at: 84, service: "ledger", commit: "r1d1" },
      { at: 89, service: "checkout", commit: "r1d2" },
    ],
    alert: { at: 94, service: "ledger", metric: "error_ratio", summary: "ledger error ratio above 5%" },
    culprit: "r1",
  },
  {
    title: "memory that is never let go of",
    calls: ["web>sessions", "web>profile"],
    metrics: [
      { service: "sessions", name: "heap_used_mb", from: 210, to: 1020, at: 22, over: 68 },
      { service: "sessions", name: "restarts", from: 0, to: 1, at: 90, over: 1 },
      { service: "sessions", name: "error_ratio", from: 0.002, to: 0.38, at: 90 },
      { service: "web", name: "error_ratio", from: 0.002, to: 0.22, at: 90 },
    ],
    logs: [
      { service: "sessions", level: "error", says: "OutOfMemoryError: Java heap space", at: 90.1 },
      { service: "web", level: "error", says: "sessions answered 503", at: 90.6 },
    ],
    commits: [
      {
        id: "m1",
        at: 10,
        says: "feat(sessions): keep recent sessions for the device list",
        files: ["services/sessions/src/DeviceList.java"],
        diff: "@@ services/sessions/src/DeviceList.java @@\n+  private static final Map<String, Session> RECENT = new ConcurrentHashMap<>();\n+  void seen(Session s) { RECENT.put(s.id(), s); }",
      },
      {
        id: "m1d1",
        at: 76,
        says: "chore(sessions): tidy log output",
        files: ["services/sessions/src/Log.java"],
        diff: '@@ services/sessions/src/Log.java @@\n-  log.info("session " + id);\n+  log.info("session {}", id);',
      },
      {
        id: "m1d2",
        at: 77,
        says: "feat(profile): allow longer display names",
        files: ["services/profile/src/Name.java"],
        diff: "@@ services/profile/src/Name.java @@\n-  static final int MAX = 40;\n+  static final int MAX = 64;",
      },
    ],
    deploys: [
      { at: 20, service: "sessions", commit: "m1" },
      { at: 84, service: "sessions", commit: "m1d1" },
      { at: 86, service: "profile", commit: "m1d2" },
    ],
    alert: { at: 93, service: "sessions", metric: "restarts", summary: "sessions restarts: OOMKilled" },
    culprit: "m1",
  },
  {
    title: "connections that are not handed back",
    calls: ["web>invoices", "invoices>tax"],
    metrics: [
      { service: "invoices", name: "db_connections_in_use", from: 9, to: 40, at: 80, over: 10 },
      { service: "invoices", name: "http_server_duration_p99_ms", from: 140, to: 9800, at: 90 },
      { service: "invoices", name: "error_ratio", from: 0.003, to: 0.6, at: 90 },
      { service: "web", name: "error_ratio", from: 0.004, to: 0.15, at: 91 },
    ],
    logs: [
      {
        service: "invoices",
        level: "error",
        says: "could not acquire connection within 5000 ms: all 40 connections in use",
        at: 90,
      },
      { service: "web", level: "error", says: "invoices did not answer", at: 91.2 },
    ],
    commits: [
      {
        id: "c1",
        at: 70,
        says: "refactor(invoices): stream rows instead of collecting them",
        files: ["services/invoices/store/rows.go"],
        diff: "@@ services/invoices/store/rows.go @@\n \trows, err := s.db.QueryContext(ctx, listInvoices)\n \tif err != nil { return err }\n-\tdefer rows.Close()\n-\tall, err := collect(rows)\n+\treturn stream(rows, out)",
      },
      {
        id: "c1d1",
        at: 82,
        says: "chore(invoices): rename handler variables",
        files: ["services/invoices/http/handler.go"],
        diff: "@@ services/invoices/http/handler.go @@\n-\ti := h.store.Get(id)\n-\treturn i\n+\tinvoice := h.store.Get(id)\n+\treturn invoice",
      },
      {
        id: "c1d2",
        at: 83,
        says: "fix(tax): correct reduced rate of books",
        files: ["services/tax/rates.go"],
        diff: "@@ services/tax/rates.go @@\n-\tbooks: 0.19,\n+\tbooks: 0.07,",
      },
    ],
    deploys: [
      { at: 79, service: "invoices", commit: "c1" },
      { at: 87, service: "invoices", commit: "c1d1" },
      { at: 86, service: "tax", commit: "c1d2" },
    ],
    alert: { at: 94, service: "invoices", metric: "http_server_duration_p99_ms", summary: "invoices p99 above 2 s" },
    culprit: "c1",
  },
  {
    title: "a pattern that backtracks",
    calls: ["web>signup", "signup>mailer"],
    metrics: [
      { service: "signup", name: "cpu_utilization", from: 0.22, to: 0.98 },
      { service: "signup", name: "http_server_duration_p99_ms", from: 90, to: 7600 },
      { service: "web", name: "http_server_duration_p99_ms", from: 210, to: 7900, at: 91 },
    ],
    logs: [
      { service: "signup", level: "warn", says: "event loop blocked for 4210 ms in validateEmail", at: 90.4 },
      { service: "web", level: "error", says: "signup timed out", at: 91.5 },
    ],
    commits: [
      {
        id: "x1",
        at: 68,
        says: "feat(signup): accept plus addressing in emails",
        files: ["services/signup/src/validate.ts"],
        diff: "@@ services/signup/src/validate.ts @@\n-const EMAIL = /^[^@]+@[^@]+$/;\n+const EMAIL = /^(([a-z0-9]+[.+-]?)+)+@([a-z0-9-]+\\.)+[a-z]+$/i;\n export function validateEmail(text: string) {",
      },
      {
        id: "x1d1",
        at: 75,
        says: "feat(mailer): new footer of the welcome mail",
        files: ["services/mailer/templates/welcome.html"],
        diff: "@@ services/mailer/templates/welcome.html @@\n-<p>Thanks</p>\n+<p>Thank you</p>",
      },
    ],
    deploys: [
      { at: 88, service: "signup", commit: "x1" },
      { at: 89, service: "mailer", commit: "x1d1" },
    ],
    flags: [{ at: 86, flag: "signup_new_banner", service: "web" }],
    alert: { at: 95, service: "web", metric: "http_server_duration_p99_ms", summary: "web p99 above 2 s on /signup" },
    culprit: "x1",
  },
  {
    title: "a default that is gone",
    calls: ["app>pricing", "app>search"],
    metrics: [
      { service: "pricing", name: "http_5xx_per_sec", from: 0.2, to: 38 },
      { service: "app", name: "error_ratio", from: 0.004, to: 0.24, at: 91 },
    ],
    logs: [
      {
        service: "pricing",
        level: "error",
        says: "panic: runtime error: invalid memory address or nil pointer dereference [signal SIGSEGV] pricing.(*Engine).Quote region.go:88",
        at: 90,
      },
      { service: "app", level: "error", says: "pricing answered 500", at: 91 },
    ],
    commits: [
      {
        id: "d1",
        at: 71,
        says: "refactor(pricing): simplify lookup of regions",
        files: ["services/pricing/region.go"],
        diff: "@@ services/pricing/region.go @@\n-\tregion, ok := e.regions[code]\n-\tif !ok {\n-\t\tregion = e.fallback\n-\t}\n+\tregion := e.regions[code]\n \treturn region.Quote(item)",
      },
      {
        id: "d1d1",
        at: 78,
        says: "feat(pricing): add a histogram of quotes",
        files: ["services/pricing/metrics.go"],
        diff: '@@ services/pricing/metrics.go @@\n+var quotes = prometheus.NewHistogram(prometheus.HistogramOpts{Name: "quotes"})',
      },
      {
        id: "d1d2",
        at: 80,
        says: "feat(search): boost exact matches",
        files: ["services/search/rank.go"],
        diff: "@@ services/search/rank.go @@\n-\tscore := base\n+\tscore := base * 1.2",
      },
    ],
    deploys: [
      { at: 85, service: "pricing", commit: "d1" },
      { at: 89, service: "pricing", commit: "d1d1" },
      { at: 88, service: "search", commit: "d1d2" },
    ],
    alert: { at: 93, service: "pricing", metric: "http_5xx_per_sec", summary: "pricing 5xx above 5 per second" },
    culprit: "d1",
  },
  {
    title: "a field that the reader knows by another name",
    calls: ["web>orders", "orders>shipping"],
    metrics: [
      { service: "shipping", name: "messages_failed_per_sec", from: 0.1, to: 44 },
      { service: "shipping", name: "dead_letter_depth", from: 2, to: 2600, at: 91, over: 29 },
    ],
    logs: [
      {
        service: "shipping",
        level: "error",
        says: 'cannot decode event OrderPlaced: missing required field "postalCode"',
        at: 90,
      },
    ],
    commits: [
      {
        id: "f1",
        at: 66,
        says: "chore(orders): consistent naming in events",
        files: ["services/orders/events/order_placed.go"],
        diff: '@@ services/orders/events/order_placed.go @@\n-\tPostalCode string `json:"postalCode"`\n+\tPostalCode string `json:"postal_code"`',
      },
      {
        id: "f1d1",
        at: 82,
        says: "refactor(shipping): split decoding into a helper",
        files: ["services/shipping/decode.go"],
        diff: "@@ services/shipping/decode.go @@\n-\tvar ev Event\n-\tif err := json.Unmarshal(raw, &ev); err != nil {\n-\t\treturn err\n-\t}\n+\tev, err := decodeEvent(raw)\n+\tif err != nil {\n+\t\treturn err\n+\t}\n+}\n+\n+func decodeEvent(raw []byte) (Event, error) {\n+\tvar ev Event\n+\terr := json.Unmarshal(raw, &ev)\n+\treturn ev, err",
      },
    ],
    deploys: [
      { at: 89, service: "orders", commit: "f1" },
      { at: 85, service: "shipping", commit: "f1d1" },
    ],
    alert: {
      at: 94,
      service: "shipping",
      metric: "messages_failed_per_sec",
      summary: "shipping cannot process events",
    },
    culprit: "f1",
  },
  {
    title: "a flag that wakes code of last week",
    calls: ["app>feed", "feed>ranker", "app>profile"],
    metrics: [
      { service: "ranker", name: "http_server_duration_p99_ms", from: 60, to: 2400 },
      { service: "feed", name: "error_ratio", from: 0.004, to: 0.31, at: 91 },
    ],
    logs: [
      { service: "ranker", level: "warn", says: "embedding lookup took 2210 ms", at: 90.2 },
      { service: "feed", level: "error", says: "ranker deadline exceeded", at: 91 },
    ],
    commits: [
      {
        id: "g1",
        at: -4300,
        says: "feat(ranker): rank by embeddings behind ranker-embeddings",
        files: ["services/ranker/rank.py"],
        diff: '@@ services/ranker/rank.py @@\n+    if flags.on("ranker-embeddings"):\n+        for item in items:\n+            item.vector = store.get_embedding(item.id)',
      },
      {
        id: "g1d1",
        at: 80,
        says: "chore(feed): drop unused import",
        files: ["services/feed/feed.py"],
        diff: "@@ services/feed/feed.py @@\n-import sys\n",
      },
      {
        id: "g1d2",
        at: 79,
        says: "feat(profile): cache avatars for 10 minutes",
        files: ["services/profile/avatar.py"],
        diff: "@@ services/profile/avatar.py @@\n-CACHE_SECONDS = 60\n+CACHE_SECONDS = 600",
      },
    ],
    deploys: [
      { at: -4200, service: "ranker", commit: "g1" },
      { at: 84, service: "feed", commit: "g1d1" },
      { at: 87, service: "profile", commit: "g1d2" },
    ],
    flags: [
      { at: 89, flag: "ranker-embeddings", service: "ranker" },
      { at: 60, flag: "profile-dark-mode", service: "profile" },
    ],
    alert: { at: 95, service: "feed", metric: "error_ratio", summary: "feed errors above 5%" },
    culprit: "g1",
  },
];
