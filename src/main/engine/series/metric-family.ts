/** What a metric measures, told by its name: families differ in what is abnormal and in which direction. */

export type MetricFamily = "latency" | "errorRate" | "resource" | "other";

/** Order decides: "error_latency" is a latency, "cpu_errors" are errors. */
const FAMILIES: readonly (readonly [MetricFamily, RegExp])[] = [
  [
    "latency",
    /latenc|duration|response.?time|elapsed|(?:^|[^a-z0-9])p(?:50|9[059]|999)(?:[^0-9]|$)|wait_(?:seconds|ms)|_lat(?:_|$)|rtt/i,
  ],
  [
    "errorRate",
    /error|err_|fail|fault|[45]xx|http_[45]\d\d|reject|exception|servfail|timeouts?(?:_|$)|drop|unavailab/i,
  ],
  ["resource", /cpu|mem(?:ory)?|disk|heap|rss|load|swap|inode|fs_|in_use|connections|pool|queue|threads/i],
];

export function familyOf(name: string): MetricFamily {
  for (const [family, pattern] of FAMILIES) if (pattern.test(name)) return family;
  return "other";
}

/** Falling latencies and fewer errors are no incident. */
export const onlyUpwards = (family: MetricFamily): boolean => family === "latency" || family === "errorRate";
