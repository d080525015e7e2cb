/**
 * The service graph as Jaeger (`/api/dependencies`, https://www.jaegertracing.io/docs/latest/apis/) and Zipkin
 * (`/api/v2/dependencies`, https://zipkin.io/zipkin-api/#/default/get_dependencies) give it. Quirk: it has no time.
 */
import { Level } from "../../../../shared/model/level.ts";
import { firstOf, type JsonObject, numberOf, textOf } from "../support/json/value.ts";
import { objectFormat } from "../support/objects/object-format.ts";

function message(object: JsonObject): string {
  const calls = numberOf(firstOf(object, ["callCount"]));
  const errors = numberOf(firstOf(object, ["errorCount"]));
  const counts = [calls !== undefined && `${calls} calls`, errors !== undefined && `${errors} errors`].filter(Boolean);
  const graph = `${textOf(object, ["parent"]) ?? "?"} calls ${textOf(object, ["child"]) ?? "?"}`;
  return counts.length === 0 ? graph : `${graph} (${counts.join(", ")})`;
}

export default objectFormat({
  id: "dependencies-json",
  title: "Service dependencies (Jaeger, Zipkin)",
  version: 2,
  unit: "element",
  what: "calls of one service by another",
  confidence: 0.97,
  keys: ["callCount"],
  matches: (object) =>
    typeof firstOf(object, ["parent"]) === "string" &&
    typeof firstOf(object, ["child"]) === "string" &&
    firstOf(object, ["callCount"]) !== undefined,
  message,
  read(object) {
    const service = textOf(object, ["parent"]);
    const parentId = textOf(object, ["child"]);
    if (service === undefined || parentId === undefined) {
      return { reason: "no-services", message: "a dependency names a parent and a child; one is missing" };
    }
    return {
      kind: "dependency",
      time: null,
      level: Level.none,
      service,
      message: message(object),
      name: `${service} → ${parentId}`,
      value: numberOf(firstOf(object, ["callCount"])),
      parentId,
    };
  },
});
