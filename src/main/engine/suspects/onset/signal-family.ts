/** What a series measures, told by the field's common words in its name, and in which direction it is worse. */

export type SignalFamily = "errors" | "latency" | "traffic" | "saturation" | "other";

/** Order decides: "error_latency" is a latency, "requests_failed" are errors, "queue_requests" a queue. */
const FAMILIES: readonly (readonly [SignalFamily, RegExp])[] = [
  [
    "latency",
    /latenc|duration|response.?time|elapsed|(?:^|[^a-z0-9])p(?:50|75|9[059]|999)(?:[^0-9]|$)|wait|_lat(?:_|$)|rtt|ttfb|\blag\b|delay/iu,
  ],
  [
    "errors",
    /error|err_|fail|fault|[45]xx|http_[45]\d\d|status.?[45]\d\d|reject|exception|servfail|timeouts?(?:_|$)|dropp|unavailab|panic|crash|restart|oom|unauthori[sz]ed|denied|invalid|dead.?letter|retr(?:y|ies)(?:[^a-z]|$)/iu,
  ],
  [
    "saturation",
    /cpu|mem(?:ory)?|disk|heap|rss|(?<!work)load|swap|inode|fs_|in_use|used|usage|utili[sz]|connections?|conns|pool|queue|threads|goroutines|backlog|depth|fds?\b|handles|gc_|pause|buffer/iu,
  ],
  [
    "traffic",
    /requests?|workload|reqs?(?:_|$)|rps|qps|tps|throughput|calls|hits|visits|sessions|orders|messages|ops(?:[^a-z]|$)|(?:_|^)rate(?:_|$)|per_?sec|invocations|volume/iu,
  ],
];
/** Less of it is worse. */
const GOOD_WHEN_HIGH = /success|avail(?!able_)|healthy|hit_?(?:rate|ratio)|uptime|completed|processed/iu;

export function familyOf(name: string): SignalFamily {
  for (const [family, pattern] of FAMILIES) if (pattern.test(name)) return family;
  return "other";
}

export const isWorse = (
  name: string,
  { before, after }: { readonly before: number; readonly after: number },
): boolean => (GOOD_WHEN_HIGH.test(name) ? after < before : after > before);
