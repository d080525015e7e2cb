/** Where the elements of OTLP JSON stand that records are made of. */

export type Kind = "log" | "span" | "sample";
const POINTS = ["gauge", "sum", "histogram", "exponentialHistogram", "summary"];

/** Where the records of each kind stand, in an export request and in what other tools make of it. */
type Place = readonly [kind: Kind, resources: string, scopes: string, items: string];
export const PLACES: readonly [Place, ...Place[]] = [
  ["log", "resourceLogs", "scopeLogs", "logRecords"],
  ["log", "resourceLogs", "instrumentationLibraryLogs", "logRecords"],
  ["span", "resourceSpans", "scopeSpans", "spans"],
  ["span", "resourceSpans", "instrumentationLibrarySpans", "spans"],
  // Tempo's answer to a query by id.
  ["span", "batches", "scopeSpans", "spans"],
  ["sample", "resourceMetrics", "scopeMetrics", "metrics"],
];

type Role = Kind | "resource" | "scope" | "metric" | "metric-type" | "metric-part" | "resource-end" | "scope-end";
/** By the path of an element; those that the format asks for. */
export const ROLES = new Map<string, Role>();
/** An export request, a list of them, and what Tempo (v2) and Jaeger (v3) put around one. */
export const WRAPPERS = ["trace", "result"] as const;
for (const prefix of ["", "[*].", ...WRAPPERS.map((key) => `${key}.`)]) {
  for (const [kind, resources, scopes, items] of PLACES) {
    const resource = `${prefix}${resources}[*]`;
    const scope = `${resource}.${scopes}[*]`;
    const item = `${scope}.${items}[*]`;
    ROLES.set(resource, "resource-end").set(`${resource}.resource`, "resource");
    ROLES.set(scope, "scope-end").set(`${scope}.scope`, "scope").set(`${scope}.instrumentationLibrary`, "scope");
    if (kind !== "sample") {
      ROLES.set(item, kind);
      continue;
    }
    ROLES.set(item, "metric");
    for (const part of ["name", "unit", "description"]) ROLES.set(`${item}.${part}`, "metric-part");
    for (const type of POINTS) {
      ROLES.set(`${item}.${type}.dataPoints[*]`, "sample");
      for (const part of ["isMonotonic", "aggregationTemporality"]) ROLES.set(`${item}.${type}.${part}`, "metric-part");
    }
  }
}
