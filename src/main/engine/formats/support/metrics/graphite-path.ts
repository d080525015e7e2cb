/**
 * Names of Graphite's series: a path of dots, and tags behind semicolons,
 * https://graphite.readthedocs.io/en/latest/tags.html#carbon
 */
import type { JsonObject } from "../json/value.ts";

export function graphiteSeries(target: string): { name: string; labels: JsonObject } {
  const [name = "", ...tags] = target.split(";");
  const pairs = tags.map(
    (tag) => [tag.slice(0, Math.max(tag.indexOf("="), 0)), tag.slice(tag.indexOf("=") + 1)] as const,
  );
  // What is no tag belongs to the name, as in a function that was asked for.
  if (pairs.some(([key]) => key === "")) return { name: target, labels: {} };
  return { name, labels: Object.fromEntries(pairs) };
}
