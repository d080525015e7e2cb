/**
 * Where the records stand in what services for logs answer, if that is not the one list of the answer: Splunk's has a list
 * of columns beside, https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch, Sumo Logic's has an object
 * around each, https://help.sumologic.com/docs/api/search-job/, and New Relic's lie in a list of answers,
 * https://docs.newrelic.com/docs/apis/insights-apis/query-insights-event-data-api/
 */
import type { Shape } from "../json/shape.ts";
import { arrayOf, isObject, type JsonObject, objectOf } from "../json/value.ts";

/** Null for any other document. */
export function exportShape(json: unknown): Shape | null {
  if (!isObject(json)) return null;
  const results = arrayOf(json, "results");
  if (results.length > 0 && Array.isArray(json["fields"]) && "preview" in json) return shape("results[*]", results);
  const messages = arrayOf(json, "messages");
  if (messages.some((message) => isObject(message) && isObject(message["map"])))
    return shape(
      "messages[*].map",
      messages.map((message) => (isObject(message) ? message["map"] : message)),
    );
  if (results.some((result) => isObject(result) && Array.isArray(result["events"])))
    return shape(
      "results[*].events[*]",
      results.flatMap((result) => (isObject(result) ? arrayOf(result, "events") : [])),
    );
  const nrql = nested(json, ["data", "actor", "account", "nrql"]);
  return nrql === undefined ? null : shape("data.actor.account.nrql.results[*]", arrayOf(nrql, "results"));
}

const nested = (json: JsonObject, keys: readonly string[]): JsonObject | undefined =>
  keys.reduce<JsonObject | undefined>((object, key) => object && objectOf(object, key), json);

function shape(path: string, list: readonly unknown[]): Shape {
  const objects = list.filter(isObject);
  return { path, objects, others: list.length - objects.length, wrapper: null };
}
